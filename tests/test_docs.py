"""What the pages show is what the program prints, and every command is documented."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest
from docs import examples, questions

from calcinosis.interfaces.cli.main import app

ROOT = Path(__file__).parent.parent


def test_console_examples_print_what_is_shown() -> None:
    """Each console block of README and docs shows the real output; `python docs/examples.py` updates them."""
    different = [str(page.relative_to(ROOT)) for page, text, now in examples.pages_now() if text != now]
    assert not different, f"run python docs/examples.py: {different}"


def test_the_page_of_questions_is_what_is_answered() -> None:
    """docs/questions.md holds the answers of now; `python docs/questions.py` writes them anew."""
    assert len(questions.FOUNDING) == 15
    assert len(questions.COMMON) == 30
    assert questions.PAGE.read_text(encoding="utf-8") == questions.page(), "run python docs/questions.py"


@pytest.mark.parametrize(("page", "code"), list(examples.python_blocks()), ids=lambda value: str(value)[-30:])
def test_python_examples_run(page: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Python block runs as it stands."""
    monkeypatch.chdir(ROOT)
    exec(compile(code, str(page), "exec"), {})


def test_every_command_is_documented_and_has_help() -> None:
    """Each command has a sentence of help and is named in the README or the docs."""
    told = "".join(page.read_text(encoding="utf-8") for page in examples.PAGES)
    context = click.Context(app)
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert f"calcinosis {name}" in told, name


def test_readme_links_exist() -> None:
    """Every relative link of the pages leads to a file."""
    for page in examples.PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert os.path.exists(page.parent / target), f"{page.name}: {target}"


def test_every_folder_and_module_that_the_map_names_exists() -> None:
    """The rooms drawn in the concepts, and the files named where to change what, are there."""
    source = ROOT / "src" / "calcinosis"
    drawn = re.findall(r"\b((?:[a-z]+/)+)(?=\s|$)", (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8"))
    assert len(set(drawn)) > 10
    for folder in drawn:
        assert (source / folder).is_dir(), folder
    page = (ROOT / "docs" / "where-to-change.md").read_text(encoding="utf-8")
    for path in re.findall(r"`([a-z_-]+/[\w./-]+)`", page):
        at_top = ROOT / path if path.startswith(("tests/", "src/")) else source / path
        assert at_top.exists() or "ID" in path or "NAME" in path, path
