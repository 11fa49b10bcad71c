"""What a person sent with a form: the values, and what is wrong with them beside each field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from engine.forms import NEEDED
from webapp.engine_words import told
from webapp.forms.field import PREFIX, Field, Unreadable, read, read_several
from webapp.language import _

MORE_NAME, MORE_VALUE = "field.more.name", "field.more.value"


@dataclass(slots=True)
class Answers:
    """`values` by variable name, `errors` by field name, `typed` what was sent for each, to be shown again."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)


def read_answers(fields: Iterable[Field], form: Mapping[str, str], *, changed_only: bool = False) -> Answers:
    """Read every writable field. An optional one left empty is None where there was a value, else not written;
    one that was not sent at all is left alone.

    What comes back as it was shown keeps its value: an input shows less than a value may hold (seconds, say).
    `changed_only` leaves such a field out, so that what others wrote meanwhile stays.
    """
    answers = Answers()
    for asked in fields:
        if asked.writable and asked.kind == "choices":
            _read_several(asked, form, answers)
        elif asked.writable and asked.kind != "file":
            _read_one(asked, form.get(PREFIX + asked.name), answers, changed_only)
    return answers


def _read_one(asked: Field, text: str | None, answers: Answers, changed_only: bool) -> None:
    if text is None:
        if asked.required:
            answers.errors[asked.name] = told(NEEDED)
        return
    answers.typed[asked.name] = text
    if asked.kind != "boolean" and asked.value is not None and _lines(text) == _lines(asked.shown):
        if not changed_only:
            answers.values[asked.name] = asked.value
        return
    try:
        value = read(asked, text)
    except Unreadable as wrong:
        answers.errors[asked.name] = str(wrong)
        return
    if changed_only and asked.kind == "boolean" and value is asked.value:
        return
    if value is None and asked.required:
        answers.errors[asked.name] = told(NEEDED)
    elif value is not None or asked.value is not None or asked.required:
        answers.values[asked.name] = value


def _read_several(asked: Field, form: Mapping[str, str], answers: Answers) -> None:
    """Ticked boxes come each under the same name; an empty one says that the field was there at all."""
    name = PREFIX + asked.name
    texts = form.getlist(name) if isinstance(form, MultiDict) else [form[name]] if name in form else []
    ticked = [text for text in texts if text]
    if texts:
        answers.typed[asked.name] = ticked
    try:
        value = read_several(asked, ticked)
    except Unreadable as wrong:
        answers.errors[asked.name] = str(wrong)
        return
    if value is None and asked.required:
        answers.errors[asked.name] = told(NEEDED)
    elif texts and (value is not None or asked.value is not None):
        answers.values[asked.name] = value or []


def read_files(fields: Iterable[Field], files: Mapping[str, FileStorage], answers: Answers) -> dict[str, FileStorage]:
    """The files that were chosen, by variable name. One that was left before stays unless another comes."""
    chosen = {}
    for asked in fields:
        if asked.kind != "file" or not asked.writable:
            continue
        file = files.get(PREFIX + asked.name)
        if file is not None and file.filename:
            chosen[asked.name] = file
        elif asked.required and not asked.value:
            answers.errors[asked.name] = told(NEEDED)
    return chosen


def read_document(fields: Iterable[Field], text: str) -> Answers:
    """What a form-js form sent: an object by field. What the form does not declare is not taken."""
    answers = Answers(typed={"document": text})
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        answers.errors["document"] = _("The form did not arrive whole. Send it again.")
        return answers
    for asked in fields:
        if asked.writable and asked.name in sent:
            try:
                answers.values[asked.name] = _as_meant(asked, sent[asked.name])
            except Unreadable as wrong:
                answers.errors[asked.name] = str(wrong)
    return answers


def _as_meant(asked: Field, value: Any) -> Any:
    """JSON has no dates and no whole numbers that are not also others."""
    if asked.kind in {"date", "datetime"} and isinstance(value, str):
        return read(asked, value)
    return value


def _lines(text: str) -> str:
    """Browsers end lines in their own way."""
    return text.replace("\r\n", "\n")


def read_more(form: Mapping[str, str], answers: Answers) -> None:
    """What a person added by name: yes and no, numbers and JSON mean what they look like, all else is text."""
    name, text = form.get(MORE_NAME, "").strip(), form.get(MORE_VALUE, "").strip()
    if name:
        answers.values[name] = meaning(text)


def meaning(text: str) -> Any:
    words = {"yes": True, "true": True, "no": False, "false": False, "": None, _("yes"): True, _("no"): False}
    if text.lower() in words:
        return words[text.lower()]
    try:
        return json.loads(text, parse_constant=str)
    except (ValueError, RecursionError):
        return text
