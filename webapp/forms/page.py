"""What a form's page tells the scripts in it: what each field asks, and the values a form-js form begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.forms import NEEDED
from webapp.engine_words import told
from webapp.forms.answers import Answers
from webapp.forms.field import Field
from webapp.forms.task import TaskForm


def field_check(field: Field) -> str:
    """The field's rules with their sentences, the very ones the server would answer with."""
    asked = {
        "kind": field.kind,
        "needed": told(NEEDED)
        if field.required and field.writable and not (field.kind == "file" and field.value)
        else None,
        "unreadable": field.unreadable,
        "rules": [{"name": rule.name, "bound": rule.bound, "message": told(rule.message)} for rule in field.checks],
    }
    return json.dumps({name: value for name, value in asked.items() if value})


def _needs(field: Field) -> bool:
    """A file that was left before need not come again."""
    return field.required and field.writable and not (field.kind == "file" and field.value)


def shown_values(form: TaskForm, variables: Mapping[str, Any], answers: Answers) -> str:
    """What was typed before, else the variables: as JSON for the form-js form."""
    typed = answers.typed.get("document")
    if typed:
        return str(typed)
    values = {**variables, **{field.name: field.value for field in form.asked if field.value is not None}}
    return json.dumps(values, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
