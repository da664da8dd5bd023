"""Arrow without pandas: it loads pandas, where that is installed, to make its first array, and that is half a start."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType

_PANDAS = "pandas"


class _Hidden:
    """What finds no pandas."""

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None) -> None:
        """Find nothing, as a finder of modules does; raise ModuleNotFoundError for pandas."""
        if name == _PANDAS:
            raise ModuleNotFoundError(name=name)


def start_without_pandas() -> None:
    """Make an array where Arrow finds no pandas: it does not look again, and who asks for pandas later finds it."""
    import pyarrow as pa

    if _PANDAS in sys.modules:
        return
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(hidden)
