"""What a program remembers, and a record whose every text and date can be told apart from what it knew before."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from calcinosis.compiled import knowledge

SECRET = "Wilhelmina"
_OF_THE_RECORD = re.compile(rf"(?i){SECRET}|1931-05-06|1987-02-03|9\.876")


def remembered() -> Iterator[str]:
    """Yield every text that the program remembers between records, in the knowledge and the caches of its functions."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("calcinosis")]
    caches = [one for module in modules for one in vars(module).values() if hasattr(one, "cache_info")]
    waiting: list[object] = [knowledge(), *(kept for one in caches for kept in gc.get_referents(one))]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, type | FunctionType | ModuleType):
            continue
        seen.add(id(found))
        if isinstance(found, str):
            yield found
        else:
            waiting += gc.get_referents(found)


def remembered_of_the_record() -> list[str]:
    """Return what the program remembers of ``secret_record``."""
    return [kept for kept in remembered() if _OF_THE_RECORD.search(kept)]


def secret_record() -> dict[str, Any]:
    """Return a record that names its person in every text that is read."""
    condition = {
        "resourceType": "Condition",
        "id": "c1",
        "code": {"text": f"Calcinosis cutis, {SECRET} clinic", "coding": [{"code": "L94.2", "display": SECRET}]},
        "onsetDateTime": "1987-02-03",
        "note": [{"text": SECRET}],
    }
    patient = {"resourceType": "Patient", "id": "p1", "birthDate": "1931-05-06", "name": [{"family": SECRET}]}
    calcium = {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "17861-6"}]},
        "valueQuantity": {"value": 9.876, "system": "http://unitsofmeasure.org", "code": f"mg/dL{{{SECRET}}}"},
    }
    entries = [{"resource": one} for one in (patient, condition, calcium)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
