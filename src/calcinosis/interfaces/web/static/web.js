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
  event.target.closest(".combo")?.querySelector("button").click();
});

// A number is sent while it is typed: leaving its field does not send it again, nor does leaving the field of a name for
// its own button or suggestions.
let pressedOn = null;
document.addEventListener("change", (event) => {
  const combo = event.target.closest(".combo");
  if (event.target.matches(".qty input") || (combo && combo.contains(pressedOn))) event.stopPropagation();
}, true);

// A button of the form that is pressed (a unit that is meant, a name to add) is part of the form until an answer to it
// is shown: whatever is sent meanwhile, also the form itself, carries it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("#answers button[hx-post]");
  if (!button) return;
  const field = button.closest(".field").querySelector("input");
  const isName = Boolean(button.closest(".combo"));
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.className = "pressed";
  pressed.name = isName ? field.name.replace("add_", "pick_") : button.name;
  pressed.value = button.name === "step" ? field.value : button.value;
  pressed.dataset.field = field.id;
  pressed.dataset.typed = field.value;
  if (isName && button.name !== "step") field.value = "";
  if (pressed.value.trim()) button.form.append(pressed);
  if (button.matches(":focus-visible")) field.focus({ preventScroll: true });
}, true);

// An answer is put in when no finger, button of the mouse or key is down, and only the newest of its kind. What the
// pointer is about to press, or else what has the focus, stays where it is.
const newest = new Map();
let held = [], moved = -Infinity;
const aiming = 1500, untilClick = 60;
const put = (context) => { if (newest.get(context.request.action) === context) htmx.swap(context); };
const release = () => setTimeout(() => {
  pressedOn = null;
  held.splice(0).forEach(put);
}, untilClick);
const isPress = (event) => event.key === " " || event.key === "Enter";
addEventListener("pointerdown", (event) => { pressedOn = event.target; }, true);
addEventListener("pointermove", () => { moved = performance.now(); }, true);
addEventListener("keydown", (event) => { if (isPress(event) && event.target.matches("button")) pressedOn = event.target; }, true);
addEventListener("keyup", (event) => isPress(event) && release(), true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);
addEventListener("blur", (event) => event.target === window && release());
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.closest("#answers")) return;
  newest.set(ctx.request.action, ctx);
  ctx.pressed = ctx.request.action.endsWith("/progress") ? [...document.querySelectorAll("#answers .pressed")] : [];
});
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!ctx.pressed) return;
  if (pressedOn) {
    event.preventDefault();
    held.push(ctx);
    return;
  }
  const isAiming = performance.now() - moved < aiming;
  const still = isAiming ? [...document.querySelectorAll(":hover")].pop() : document.activeElement;
  if (still?.closest("#answers")) ctx.still = { element: still, top: still.getBoundingClientRect().top };
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  for (const pressed of ctx.pressed ?? []) {
    const field = document.getElementById(pressed.dataset.field);
    const said = field?.closest(".combo")?.querySelector(".error-text");
    if (said && !said.textContent.trim() && field.value === pressed.dataset.typed) field.value = "";
    pressed.remove();
  }
  if (!ctx.still?.element.isConnected) return;
  scrollBy({ top: ctx.still.element.getBoundingClientRect().top - ctx.still.top, behavior: "instant" });
});

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
