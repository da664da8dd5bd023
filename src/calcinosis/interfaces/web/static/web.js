// What a page does beyond forms and links: drop a file anywhere, send a chosen file at once, print, add with Enter.
// All works without it.
"use strict";

const drop = document.getElementById("drop");
const print = document.getElementById("print");

if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

if (drop) {
  const input = drop.querySelector("input[type=file]");
  const send = () => {
    if (input.files.length > 1) drop.action = "/many";
    drop.requestSubmit();
  };
  input.addEventListener("change", () => input.files.length && send());
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      drop.classList.add("over");
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove("over");
    input.files = event.dataTransfer.files;
    send();
  });
}

// A mark of a note is struck through when every fact that it gave is struck out.
const facts = document.getElementById("facts");
if (facts) {
  const strike = () => facts.querySelectorAll("[data-facts]").forEach((mark) => {
    const boxes = mark.dataset.facts.split(" ").map((number) => document.getElementById(`k-${number}`));
    mark.classList.toggle("struck", boxes.every((box) => !box.checked));
  });
  facts.addEventListener("change", strike);
  window.addEventListener("pageshow", strike);
}

// On a phone the long parts of a result open on demand; on paper they are always open.
if (matchMedia("(max-width: 46rem)").matches) {
  document.querySelectorAll("details.fold:not(.kept)").forEach((part) => { part.open = false; });
}
const showTarget = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", showTarget);
if (location.hash) showTarget();

// A list of what is wrong takes the focus.
document.getElementById("problems")?.focus();

// Enter in a field that adds a name adds it; in another field it does not send the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("#answers input:not([type=checkbox], [type=radio])")) return;
  event.preventDefault();
  if (!event.target.closest(".combo")) return;
  event.target.dataset.sent = event.target.value;
  event.target.parentElement.querySelector("button").click();
});

// A change that is sent already is not sent again: of a field that makes room for an empty one while it still has the
// focus, and of a number, which is sent while it is typed. A button pressed next would lose its request to it.
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches(".qty input") || target.dataset.sent === target.value) event.stopPropagation();
}, true);

// Back keeps the answers: they stand in the history of this tab, never in an address or on a disk.
const answers = document.getElementById("answers");
if (answers && location.pathname === "/form") {
  const fields = () => [...new FormData(document.getElementById("answers"))].filter(([, value]) => typeof value === "string");
  addEventListener("pagehide", () => history.replaceState({ answers: fields() }, ""));
  if (history.state?.answers && !document.getElementById("problems")) {
    fetch("/form", { method: "POST", body: new URLSearchParams(history.state.answers) })
      .then((answer) => answer.text())
      .then((text) => {
        const page = new DOMParser().parseFromString(text, "text/html");
        answers.parentElement.parentElement.replaceWith(page.querySelector(".with-rail"));
        htmx.process(document.querySelector(".with-rail"));
      });
  }
}

// What was typed for a name is done with when a suggestion is pressed.
document.addEventListener("click", (event) => {
  const pressed = event.target.closest(".suggested button");
  if (pressed) pressed.closest(".combo").querySelector("input").value = "";
}, true);
