"""Somebody who never saw the application: reads what stands there, finds things by what they are called, in time.

The seconds are those of a person: reading at 240 words a minute, and the keystroke-level model of Card, Moran and
Newell: 0.28 seconds a key (40 words a minute), 1.2 to reach and press something, 1.35 to decide. With
CALCINOSIS_WALK=live they are really waited, so that what the page does meanwhile is in the way as it would be.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

WORDS_A_SECOND, KEY, PRESS, DECIDE = 4.0, 0.28, 1.2, 1.35
LIVE = os.environ.get("CALCINOSIS_WALK") == "live"


@dataclass
class NewUser:
    """A person at a page, and the seconds that went by; ``took`` says how many each step needed.

    ``program`` are the seconds that the application took meanwhile, which depend on the computer.
    """

    page: Page
    seconds: float = 0.0
    program: float = 0.0
    took: dict[str, float] = field(default_factory=dict)

    def step(self, name: str) -> None:
        """Begin to count for a step."""
        self.took[name] = -self.seconds

    def done(self) -> None:
        """Note what the last step took."""
        name = next(reversed(self.took))
        self.took[name] += self.seconds

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.seconds += seconds
        if LIVE:
            time.sleep(seconds)

    def read(self, found: Locator) -> None:
        """Read what is visible of something."""
        for one in found.all():
            self.wait(len(one.inner_text().split()) / WORDS_A_SECOND)

    def press(self, found: Locator) -> None:
        """Reach something and press it; the program's own time counts too."""
        self.wait(PRESS)
        start = time.perf_counter()
        found.click()
        self.program += time.perf_counter() - start

    def type(self, label: str, text: str) -> None:
        """Reach a field by its label and type."""
        found = self.page.get_by_label(label, exact=True)
        self.press(found)
        found.press_sequentially(text, delay=1000 * KEY if LIVE else 0)
        self.seconds += len(text) * KEY

    def answer(self, question: str, word: str) -> None:
        """Answer a question by pressing a word beside it."""
        self.wait(DECIDE)
        asked = self.page.get_by_role("group", name=question)
        self.press(asked.locator("label", has_text=word).first)

    def choose(self, label: str, word: str) -> None:
        """Open a list by its label and choose a word."""
        self.wait(2 * PRESS)
        self.page.get_by_label(label, exact=True).select_option(word)

    def tick(self, name: str) -> None:
        """Tick a box by its label."""
        self.press(self.page.locator("label", has=self.page.get_by_role("checkbox", name=name, exact=True)))

    def add(self, label: str, text: str) -> None:
        """Type a name, add it with Enter, and see that it is added: the field is empty again."""
        self.wait(DECIDE)
        self.type(label, text)
        self.wait(KEY)
        start = time.perf_counter()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label(label, exact=True)).to_have_value("")
        self.program += time.perf_counter() - start
