"""The fields of a task for whoever answers in the terminal."""

from __future__ import annotations

from dataclasses import replace

from engine.queries.user_task import TaskView
from webapp.cli.together import Models
from webapp.forms.field import Field
from webapp.forms.needed import needed_fields
from webapp.forms.task import form_of


def fields_to_fill(task: TaskView, models: Models) -> tuple[Field, ...]:
    """What the model declares; else what its next decision reads, and again when it comes by again."""
    model = models.model(task.task.definition_key)
    form = form_of(task, model, models.form)
    if form.declared or model is None:
        return tuple(each for each in form.asked if each.writable)
    asked = needed_fields(model.definitions, task.task.element_id, {})
    return tuple(replace(each, value=task.variables.get(each.name)) for each in asked)
