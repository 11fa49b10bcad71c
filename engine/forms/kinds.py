"""The kinds of fields there are, whatever a vendor calls them."""

from __future__ import annotations

from collections.abc import Collection

KINDS = {
    "string": "text",
    "text": "text",
    "multiline": "multiline",
    "textarea": "multiline",
    "long": "integer",
    "int": "integer",
    "integer": "integer",
    "double": "number",
    "float": "number",
    "number": "number",
    "decimal": "decimal",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "date",
    "datetime": "datetime",
    "enum": "choice",
    "dropdown": "choice",
    "choice": "choice",
    "list": "choices",
    "choices": "choices",
    "file": "file",
    "json": "json",
    "object": "json",
}
TEXTS = {"text", "multiline"}
NUMBERS = {"integer", "number", "decimal"}


def kind_of(type: str, options: Collection[object] = ()) -> str:
    """The kind of a field of that type; one of a type nobody knows is a text, with options a choice."""
    kind = KINDS.get(type.lower(), "text")
    return "choice" if options and kind != "choices" else kind
