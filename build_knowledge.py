"""Build hook: compiles the knowledge, so that an installed package loads it in milliseconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``knowledge.pickle`` and what is compiled beside it before the wheel is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the YAML files; a wrong file stops the build with every problem."""
        if self.target_name != "wheel":
            return
        stamp = None if version == "editable" else ""  # a wheel carries no path or time of the machine
        code = (
            "from calcinosis.compiled import write_compiled; from calcinosis.published import write_compiled_cases; "
            "from calcinosis.answers.compiled_parts import write_compiled_parts; "
            f"known = write_compiled(stamp={stamp!r}); write_compiled_cases(known, stamp={stamp!r}); "
            f"write_compiled_parts(known, stamp={stamp!r})"
        )
        # What the build needs stands on the path of the process that builds, in a folder of its own.
        source = os.pathsep.join((str(Path(self.root, "src")), *filter(None, sys.path)))
        # Sets are written in the order of their hashes: without a seed no two builds would have the same bytes.
        environment = {**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
