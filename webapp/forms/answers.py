"""What a person sent with a form: the values, and what is wrong with them beside each field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.forms.field import PREFIX, Field, Unreadable, read

MORE_NAME, MORE_VALUE = "field.more.name", "field.more.value"


@dataclass(slots=True)
class Answers:
    """`values` by variable name, `errors` by field name, `typed` the texts as they were, to be shown again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def read_answers(fields: Iterable[Field], form: Mapping[str, str]) -> Answers:
    """Read every writable field. An optional one left empty is None where there was a value, else not written."""
    answers = Answers()
    for asked in fields:
        if not asked.writable:
            continue
        text = form.get(PREFIX + asked.name, "")
        answers.typed[asked.name] = text
        try:
            value = read(asked, text)
        except Unreadable as wrong:
            answers.errors[asked.name] = str(wrong)
            continue
        if value is None and asked.required:
            answers.errors[asked.name] = "This is needed."
        elif value is not None or asked.value is not None or asked.required:
            answers.values[asked.name] = value
    return answers


def read_more(form: Mapping[str, str], answers: Answers) -> None:
    """What a person added by name: yes and no, numbers and JSON mean what they look like, all else is text."""
    name, text = form.get(MORE_NAME, "").strip(), form.get(MORE_VALUE, "").strip()
    if name:
        answers.values[name] = meaning(text)


def meaning(text: str) -> Any:
    words = {"yes": True, "true": True, "no": False, "false": False, "": None}
    if text.lower() in words:
        return words[text.lower()]
    try:
        return json.loads(text, parse_constant=str)
    except (ValueError, RecursionError):
        return text
