"""Known advisories against the packages of the lock file, from a checkout of the Python advisory database (CC-BY-4.0).

`python benchmarks/advisories.py CHECKOUT` writes `locks/advisories.json`: the day of the snapshot, and for each locked
package that was ever named the ids and the versions that they affect. A test holds the lock file against it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
_PINNED = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)


def git(checkout: str, *arguments: str) -> str:
    """Return what git prints of a checkout."""
    return subprocess.run(["git", "-C", checkout, *arguments], capture_output=True, text=True, check=True).stdout


def affected(advisory: dict[str, Any], package: str) -> list[dict[str, str]]:
    """Return the ranges of versions of a package that an advisory names, each with where it begins and is fixed."""
    found = []
    for one in advisory.get("affected", ()):
        if one["package"]["name"].lower() != package:
            continue
        for events in (kind["events"] for kind in one.get("ranges", ()) if kind["type"] == "ECOSYSTEM"):
            begun: dict[str, str] = {}
            for event in events:
                begun |= {key: str(value) for key, value in event.items()}
                if "introduced" not in event:
                    found.append(begun)
                    begun = {}
            found += [begun] if begun else []
    return found


def main(checkout: str) -> None:
    """Write the advisories of the locked packages."""
    pinned = sorted(set(_PINNED.findall((ROOT / "locks" / "dev.txt").read_text(encoding="utf-8"))))
    day = git(checkout, "log", "-1", "--format=%cs").strip()
    packages: dict[str, dict[str, list[dict[str, str]]]] = {}
    reader = YAML(typ="safe")
    for package in pinned:
        for path in git(checkout, "ls-tree", "-r", "--name-only", "HEAD", f"vulns/{package}/").split():
            advisory = reader.load(git(checkout, "show", f"HEAD:{path}"))
            if ranges := affected(advisory, package):
                packages.setdefault(package, {})[advisory["id"]] = ranges
    kept = {"source": "Python Packaging Advisory Database, CC-BY-4.0", "snapshot": day, "packages": packages}
    (ROOT / "locks" / "advisories.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(map(len, packages.values()))} advisories of {len(packages)} packages, as of {day}")


if __name__ == "__main__":
    main(sys.argv[1])
