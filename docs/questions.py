"""Writes docs/questions.md, answers to common questions; `python docs/questions.py`, `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.report.lines import author_and_year
from calcinosis.words.en import answers as words

PAGE = Path(__file__).parent / "questions.md"
FOUNDING = (
    "How do you treat calcinosis cutis?",
    "What is a calcinosis cutis?",
    "How is dystrophic calcification treated?",
    "What is dystrophic calcinosis?",
    "Does calcinosis cutis go away?",
    "How do you treat calcinosis cutis at home?",
    "Is dystrophic calcification normal?",
    "What is the difference between dystrophic and metastatic calcification?",
    "Does calcinosis go away?",
    "Can you get rid of calcinosis?",
    "How do you treat calcinosis cutis naturally?",
    "What is the best treatment for calcinosis cutis?",
    "What is the prognosis of calcinosis cutis?",
    "What causes idiopathic calcinosis cutis?",
    "What causes Iatrogenic calcinosis cutis?",
)
"""The questions of the founding documents, as they stand there."""
COMMON = (
    "What does calcinosis look like?",
    "Does calcinosis hurt?",
    "Is calcinosis contagious?",
    "Is calcinosis inherited?",
    "How is calcinosis cutis diagnosed?",
    "What blood tests are needed for calcinosis cutis?",
    "When should I see a doctor about a calcium lump?",
    "Why does white chalky stuff come out of my finger?",
    "May I dig the calcium out?",
    "Do wax baths help calcinosis?",
    "How long does a finger ulcer with calcium take to heal?",
    "Should I avoid milk and cheese?",
    "Should I stop vitamin D if I have calcinosis?",
    "Can vinegar dissolve calcium deposits under the skin?",
    "Does smoking make calcinosis worse?",
    "How common is calcinosis in scleroderma?",
    "Does calcinosis mean that my disease is active?",
    "Can calcium deposits be removed by surgery?",
    "Do calcium deposits come back after surgery?",
    "Does diltiazem help calcinosis?",
    "Does minocycline work for calcinosis?",
    "Does topical sodium thiosulfate work?",
    "Is warfarin a treatment for calcinosis?",
    "Can calcinosis in juvenile dermatomyositis be prevented?",
    "Do JAK inhibitors work for calcinosis in dermatomyositis?",
    "What is calciphylaxis?",
    "Is calciphylaxis always fatal?",
    "Can I take warfarin if I had calciphylaxis?",
    "Will my baby's heel calcium lumps go away?",
    "Is scrotal calcinosis dangerous?",
)
"""Questions that many people ask, on pages with questions, in forums and at the doctor's."""


def page() -> str:
    """Return the page as it would be written now."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield "# Questions and answers"
    yield ""
    yield "What `calcinosis ask` answers to the fifteen questions of the founding documents and to thirty that many"
    yield "people ask, in the words for patients. Written by `python docs/questions.py`, no line of it by hand."
    yield words.REVIEW
    for title, questions in (("The founding documents", FOUNDING), ("Often asked", COMMON)):
        yield from ("", f"## {title}")
        for question in questions:
            yield from _answer(question)


def _answer(question: str) -> Iterator[str]:
    library = knowledge().library
    found = calcinosis.ask(question, "patient")
    yield from ("", f"### {question}", "")
    if found.urgent is not None:
        yield from (f"**{words.URGENCY[found.urgent.urgency]}** {found.urgent.says}", "")
    if found.reason:
        yield from (found.reason, "")
    yield from (f"- {one.says}" for one in found.answer)
    cited = dict.fromkeys(name for one in found.answer for name in one.cite)
    if cited:
        listed = dict.fromkeys(author_and_year(library.sources[name]) for name in cited)
        yield from ("", f"*{words.SOURCES}: {'; '.join(listed)}.*")


def main() -> None:
    """Write the page, or with ``--check`` say whether it is as it should be."""
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
