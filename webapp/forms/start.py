"""The form that a process is started with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.dialects.camunda_forms import form_fields
from bpmn.model.execution import Form
from engine.forms import contradictions
from engine.forms.documents import constant_form_name, find_form
from webapp.engine_words import told
from webapp.forms.declared import from_fields
from webapp.forms.field import Field
from webapp.forms.task import TaskForm
from webapp.models import Model


def start_form_of(model: Model | None, process_id: str, files: Callable[[], Mapping[str, bytes]]) -> TaskForm:
    """The fields of the start event's form; `files` gives what was deployed beside the model."""
    form = model.start_form(process_id) if model else None
    if form is None:
        return TaskForm(declared=True)
    document = form.document or _beside(form, files)
    fields = form.fields or form_fields(document or "")
    return TaskForm(tuple(from_fields(fields)), declared=True, document=document)


def _beside(form: Form, files: Callable[[], Mapping[str, bytes]]) -> str | None:
    name = constant_form_name(form)
    return find_form(files(), name) if name else None


def problems_of(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, str]:
    """What contradicts the form, by field; for a task the engine says so."""
    kept = [
        {
            "id": field.name,
            "type": field.kind,
            "required": field.required,
            "writable": field.writable,
            "options": field.options,
            "constraints": field.rules,
            "value": field.value,
        }
        for field in fields
    ]
    return {name: told(problem) for name, problem in contradictions(kept, values).items()}
