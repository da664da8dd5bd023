"""Data of knowledge files, which pydantic checks, and how the fields of a class of data are written."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs


class FromFile(Struct, frozen=True):
    """Data of a knowledge file: every key is a field, and every value of the type of its field."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: Any) -> Any:
        """Return what pydantic checks of a mapping before the class is called with it."""
        from pydantic_core import core_schema

        fields = {
            field.name: core_schema.typed_dict_field(handler.generate_schema(field.type), required=field.required)
            for field in structs.fields(cls)
        }
        checked = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        return core_schema.no_info_after_validator_function(lambda found: cls(**found), checked)


def written_types(kind: type[Struct]) -> dict[str, str]:
    """Return the type of each field of a class as it is written."""
    written: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        written |= vars(one).get("__annotations__", {})
    return {name: written[name] for name in kind.__struct_fields__}
