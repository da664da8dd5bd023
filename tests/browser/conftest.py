"""A running application, and a browser that notes every error and every request that leaves the host."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parent.parent.parent
expect.set_options(timeout=15_000)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SCREENSHOTS = os.environ.get("CALCINOSIS_SCREENSHOTS", "")
"""The folder for pictures of the docs; none are made without it."""
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""The rules that colours decide: a dark page is held to them alone, at a desk, for nothing else of it changes."""


@dataclass
class Visit:
    """A page, where the application is, and what went wrong on the way."""

    page: Page
    base: str
    size: str
    axe: Axe
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the application."""
        self.page.goto(self.base + path)

    def check(self, name: str = "") -> None:
        """Hold the loaded page against the rules of accessibility in light and dark, and against sideways scrolling."""
        self.page.wait_for_load_state("load")
        for scheme, rules in (("dark", COLOURS), ("light", RULES)):
            if scheme == "dark" and self.size == "phone":
                continue
            self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = self.axe.run(self.page, options=rules).response["violations"]
            told = [
                f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in found for node in one["nodes"]
            ]
            assert not told, f"{self.page.url} in {scheme}:\n" + "\n".join(told[:6])
        self.is_not_wide()
        if name and SCREENSHOTS:
            path = Path(SCREENSHOTS) / f"{name}-{self.size}.png"
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=path, caret="initial")

    def is_not_wide(self) -> None:
        """Hold that the page does not scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """The address of an application that runs as its users start it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "calcinosis", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert f":{port}/" in line, line
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        rest = process.stderr.read()
    assert rest == "", "the application wrote to its log"


@pytest.fixture(params=list(SIZES))
def visit(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Visit]:
    """A new visitor at a desk or on a phone; at the end nothing must have gone wrong."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=request.param == "phone", locale="en-GB"
    )
    page = context.new_page()
    found = Visit(page, base, request.param, Axe())
    page.on(
        "console", lambda message: found.wrong.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: found.wrong.append(str(error)))
    page.on(
        "request", lambda sent: None if sent.url.startswith(base) else found.wrong.append(f"left the host: {sent.url}")
    )
    yield found
    context.close()
    assert found.wrong == []
