"""The form that a model declares for a task or a start, and the refusal of values that contradict it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bpmn.dialects.camunda_forms import form_fields
from engine.errors import Invalid
from engine.forms import contradictions, without_blanks
from engine.forms.documents import constant_form_name, find_form, form_name

if TYPE_CHECKING:
    from bpmn.model.execution import Form, FormField
    from engine.persistence.definitions import ProcessDefinition
    from engine.persistence.user_tasks import UserTask
    from engine.unitofwork import UnitOfWork


class FormContradicted(Invalid):
    """The values contradict the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        said = " ".join(f"{name}: {problem}" for name, problem in problems.items())
        super().__init__(f"What was entered does not fit the form. {said}", fix="Correct it and send it again.")


def entered(uow: UnitOfWork, task: UserTask, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the form takes them.

    Raises FormContradicted, unless the actor operates: who mends a process may give what it needs.
    """
    if not task.form or not _to_look_at(uow, variables):
        return dict(variables)
    return _held_against(_fields(uow, task, task.form), uow, variables)


def entered_at_start(uow: UnitOfWork, definition: ProcessDefinition, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The same for what a process is started with. A field with a default may be left out."""
    form = uow.definition_spec(definition.id).start_form if _to_look_at(uow, variables) else None
    if form is None:
        return dict(variables)
    fields = [as_kept(field) | ({"value": field.default.text} if field.default else {}) for field in form.fields]
    return _held_against(fields or _start_document(uow, definition, form), uow, variables)


def _to_look_at(uow: UnitOfWork, variables: Mapping[str, Any]) -> bool:
    """Whether the form may say anything of these values."""
    return not uow.actor.may("operate") or "" in variables.values()


def _held_against(fields: list[dict[str, Any]], uow: UnitOfWork, variables: Mapping[str, Any]) -> dict[str, Any]:
    problems = {} if uow.actor.may("operate") else contradictions(fields, variables)
    if problems:
        raise FormContradicted(problems)
    return without_blanks(fields, variables)


def _fields(uow: UnitOfWork, task: UserTask, form: Mapping[str, Any]) -> list[dict[str, Any]]:
    if form.get("fields"):
        return list(form["fields"])
    if form.get("document"):
        return [as_kept(field) for field in form_fields(str(form["document"]))]
    name = form_name(form)
    instance = uow.instances.get(task.instance_id) if name else None
    definition = uow.definitions.get(instance.definition_id) if instance else None
    return _beside(uow, definition, name) if definition and name else []


def _start_document(uow: UnitOfWork, definition: ProcessDefinition, form: Form) -> list[dict[str, Any]]:
    if form.document:
        return [as_kept(field) for field in form_fields(form.document)]
    name = constant_form_name(form)
    return _beside(uow, definition, name) if name else []


def _beside(uow: UnitOfWork, definition: ProcessDefinition, name: str) -> list[dict[str, Any]]:
    """The fields of a form that was deployed with the model."""
    files = {each.name: each.content for each in uow.deployments.resources(definition.deployment_id)}
    document = find_form(files, name)
    return [as_kept(field) for field in form_fields(document)] if document else []


def as_kept(field: FormField) -> dict[str, Any]:
    """A field as a task keeps it."""
    return {
        "id": field.id,
        "label": field.label or field.id,
        "type": field.type,
        "required": field.required,
        "readable": field.readable,
        "writable": field.writable,
        "options": [list(option) for option in field.options],
        "constraints": dict(field.constraints),
        "variable": field.variable or field.id,
    }
