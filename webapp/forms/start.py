"""The form that a process is started with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn.dialects.camunda_forms import form_fields
from engine.forms import contradictions
from engine.forms.documents import constant_form
from webapp.engine_words import told
from webapp.forms.declared import from_fields
from webapp.forms.field import Field
from webapp.forms.task import FormSource, TaskForm
from webapp.models import Model


def start_form_of(model: Model | None, process_id: str, deployed: FormSource) -> TaskForm:
    """The fields of the start event's form."""
    form = model.start_form(process_id) if model else None
    if form is None:
        return TaskForm(declared=True)
    wanted = None if form.document or form.fields else constant_form(form)
    document = deployed(wanted) if wanted is not None else form.document
    fields = form.fields or form_fields(document or "")
    missing = wanted.name if wanted is not None and document is None else None
    return TaskForm(tuple(from_fields(fields)), declared=True, document=document, missing=missing)


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
