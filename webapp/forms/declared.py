"""Fields that a model declares, and fields made of variables where it declares none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bpmn.model.execution import FormField
from engine.forms import kind_of
from webapp.forms.field import Field


def from_fields(fields: Iterable[FormField]) -> list[Field]:
    """The fields of a start form. A default that is an expression is left to the engine."""
    return [_model_field(each) for each in fields if each.readable]


def _model_field(declared: FormField) -> Field:
    rules = dict(declared.constraints)
    default = declared.default.text if declared.default and declared.default.language == "text" else None
    kind = kind_of(declared.type, declared.options)
    return Field(
        name=declared.variable or declared.id,
        label=declared.label or spoken(declared.id),
        kind=kind,
        value=default == "true" if kind == "boolean" else default,
        required=declared.required or "required" in rules,
        writable=declared.writable and "readonly" not in rules,
        options=declared.options,
        rules=rules,
    )


def from_variables(variables: Mapping[str, Any]) -> list[Field]:
    """A field for each variable, of the kind that its value is."""
    return [
        Field(name=name, label=spoken(name), kind=_kind_of_value(value), value=value)
        for name, value in variables.items()
    ]


def _kind_of_value(value: Any) -> str:
    if isinstance(value, str):
        return "multiline" if "\n" in value or len(value) > 80 else "text"
    # bool is an int and datetime a date: the narrower kind comes first.
    for type, kind in (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (Decimal, "decimal"),
        (datetime, "datetime"),
        (date, "date"),
    ):
        if isinstance(value, type):
            return kind
    return "json"


def spoken(name: str) -> str:
    """`invoice_number`, `invoiceNumber` → `Invoice number`."""
    words = re.sub(r"(?<=[a-z0-9])([A-Z])(?![A-Z])", lambda found: f" {found[1].lower()}", name)
    words = " ".join(words.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or name
