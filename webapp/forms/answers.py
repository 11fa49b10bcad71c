"""What a person sent with a form: the values, and what is wrong with them beside each field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.forms.field import PREFIX, Field, Unreadable, read

NEEDED = "This is needed."
MORE_NAME, MORE_VALUE = "field.more.name", "field.more.value"


@dataclass(slots=True)
class Answers:
    """`values` by variable name, `errors` by field name, `typed` the texts as they were, to be shown again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def read_answers(fields: Iterable[Field], form: Mapping[str, str], *, changed_only: bool = False) -> Answers:
    """Read every writable field. An optional one left empty is None where there was a value, else not written;
    one that was not sent at all is left alone.

    What comes back as it was shown keeps its value: an input shows less than a value may hold (seconds, say).
    `changed_only` leaves such a field out, so that what others wrote meanwhile stays.
    """
    answers = Answers()
    for asked in fields:
        text = form.get(PREFIX + asked.name)
        if text is None and asked.required and asked.writable:
            answers.errors[asked.name] = NEEDED
        if text is None or not asked.writable:
            continue
        answers.typed[asked.name] = text
        if asked.kind != "boolean" and asked.value is not None and _lines(text) == _lines(asked.shown):
            if not changed_only:
                answers.values[asked.name] = asked.value
            continue
        try:
            value = read(asked, text)
        except Unreadable as wrong:
            answers.errors[asked.name] = str(wrong)
            continue
        if changed_only and asked.kind == "boolean" and value is asked.value:
            continue
        if value is None and asked.required:
            answers.errors[asked.name] = NEEDED
        elif value is not None or asked.value is not None or asked.required:
            answers.values[asked.name] = value
    return answers


def _lines(text: str) -> str:
    """Browsers end lines in their own way."""
    return text.replace("\r\n", "\n")


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
