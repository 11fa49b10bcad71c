"""Values held against the fields that a model declares, before a task is completed with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.forms.kinds import KINDS, NUMBERS, kind_of
from engine.forms.rules import NEEDED, UNREADABLE, rules_of

NOT_TEXT = NUMBERS | {"boolean", "date", "datetime"}
FIXED = "This cannot be changed here."


def contradictions(fields: Iterable[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by variable name. `fields` are as a task keeps them; what was not given keeps its value."""
    wrong = {}
    for field in fields:
        name = field.get("variable", field["id"])
        if name in given:
            problem = _problem(field, given[name])
        else:
            problem = NEEDED if _required(field) and field.get("value") in (None, "") else None
        if problem is not None:
            wrong[name] = problem
    return wrong


def without_blanks(fields: Iterable[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with null for what was left blank in a field whose values are no texts (as in Camunda)."""
    kinds = {field.get("variable", field["id"]): kind_of(field.get("type", "string")) for field in fields}
    return {name: None if value == "" and kinds.get(name) in NOT_TEXT else value for name, value in given.items()}


def _required(field: Mapping[str, Any]) -> bool:
    return bool(field.get("required")) and field.get("writable", True) and field.get("readable", True)


def _problem(field: Mapping[str, Any], value: Any) -> str | None:
    if not field.get("writable", True):
        return None if _same(value, field.get("value")) else FIXED
    if value is None or value == "":
        return NEEDED if _required(field) else None
    options = [option[0] for option in field.get("options", ())]
    declared = field.get("type", "string")
    kind = kind_of(declared, options)
    if (options or declared.lower() in KINDS) and not _fits(kind, value, options):
        return UNREADABLE[kind]
    broken = (rule for rule in rules_of(kind, field.get("constraints", {})) if rule.broken_by(value))
    return next((rule.message for rule in broken), None)


def _same(value: Any, kept: Any) -> bool:
    """The task keeps moments as text."""
    return bool(value == kept) or (isinstance(value, date) and value.isoformat() == kept)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return _is_whole(value) or (isinstance(value, Decimal) and value.is_finite())


def _reads_as(read: Callable[[str], Any], value: Any) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_date(value: Any) -> bool:
    """A date, a moment, or either as ISO 8601 writes it: programs send text."""
    if isinstance(value, str):
        return _reads_as(datetime.fromisoformat, value)
    return isinstance(value, date)


def _fits(kind: str, value: Any, options: list[str]) -> bool:
    if kind == "choice":
        # A choice whose answers come from elsewhere has none to be held against.
        return not options or value in options
    if kind == "choices":
        return isinstance(value, list | tuple) and (not options or all(each in options for each in value))
    return _kinds[kind](value) if kind in _kinds else True


_kinds: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "multiline": lambda value: isinstance(value, str),
    "integer": _is_whole,
    "number": _is_number,
    "decimal": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_date,
    "datetime": _is_date,
}
