"""The fields of a form-js document, the JSON that Camunda's modeller writes into models and `.form` files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bpmn.dialects.language import feel_value
from bpmn.model.execution import Code, FormField

TYPES: dict[str, str] = {
    "textfield": "string",
    "textarea": "multiline",
    "number": "double",
    "checkbox": "boolean",
    "datetime": "date",
    "select": "enum",
    "radio": "enum",
    "checklist": "list",
    "taglist": "list",
    "filepicker": "file",
}


def form_fields(document: str) -> tuple[FormField, ...]:
    """The input fields of a form-js document; none where the text is no such document."""
    try:
        form = json.loads(document)
    except (ValueError, RecursionError):
        return ()
    return tuple(_field(component) for component in _components(form) if component.get("type") in TYPES)


def _components(form: Any) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [form]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("key"), str):
            yield item
        inner = item.get("components")
        waiting.extend(reversed(inner) if isinstance(inner, list) else ())


def _field(component: dict[str, Any]) -> FormField:
    rules = component.get("validate")
    rules = rules if isinstance(rules, dict) else {}
    kind = TYPES[component["type"]]
    if kind == "date" and component.get("subtype") == "datetime":
        kind = "datetime"
    label = component.get("label") or component.get("dateLabel")
    return FormField(
        id=component["key"],
        label=str(label) if label else None,
        type=kind,
        default=_default(component.get("defaultValue")),
        required=rules.get("required") is True,
        writable=not (component.get("readonly") is True or component.get("disabled") is True),
        options=tuple(_options(component)),
        constraints=tuple((name.lower(), str(rule)) for name, rule in rules.items() if name != "required"),
    )


def _default(written: Any) -> Code | None:
    if written is None or written == "":
        return None
    return feel_value(written) if isinstance(written, str) else Code(json.dumps(written), "feel")


def _options(component: dict[str, Any]) -> Iterator[tuple[str, str]]:
    values = component.get("values")
    for option in values if isinstance(values, list) else ():
        if isinstance(option, dict) and "value" in option:
            yield str(option["value"]), str(option.get("label") or option["value"])
