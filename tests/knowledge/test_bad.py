"""One broken file for each mistake, beside the message that its writer must get."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.library.load import read_library
from tests.unit.small_library import write_knowledge

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def expected(mistake: Path) -> tuple[str, str]:
    """Return the place in the knowledge where a broken file belongs, and the message about it."""
    message = mistake.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    return message.partition(":")[0], message


@pytest.mark.parametrize("mistake", BAD, ids=lambda path: path.stem)
def test_one_mistake_one_message(mistake: Path, tmp_path: Path) -> None:
    """The folder with this one file has exactly this problem, in this file, on this line, in these words."""
    place, message = expected(mistake)
    folder = write_knowledge(tmp_path, {place: mistake.read_text(encoding="utf-8")})
    _, problems = read_library(folder)
    assert "\n".join(map(str, problems)) == message


def test_there_is_a_message_for_each_mistake() -> None:
    """No message without its file, and no file without its message."""
    messages = {path.stem for path in (Path(__file__).parent / "bad").glob("*.txt")}
    assert messages == {path.stem for path in BAD}
    assert len(BAD) > 40


def test_the_folder_without_a_broken_file_has_no_problem(tmp_path: Path) -> None:
    """What is reported comes from the broken file alone."""
    assert read_library(write_knowledge(tmp_path))[1] == []
