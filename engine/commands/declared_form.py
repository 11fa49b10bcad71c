"""The form that a model declares for a task or a start, and the refusal of values that contradict it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bpmn.dialects.camunda_forms import form_fields
from engine.errors import Invalid
from engine.forms import contradictions, without_blanks
from engine.forms.documents import FormWanted, constant_form, fixed_when_begun, form_wanted

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
    wanted = form_wanted(form)
    instance = uow.instances.get(task.instance_id) if wanted else None
    definition = uow.definitions.get(instance.definition_id) if instance else None
    return _deployed(uow, definition, wanted, task.created_at) if definition and wanted else []


def _start_document(uow: UnitOfWork, definition: ProcessDefinition, form: Form) -> list[dict[str, Any]]:
    if form.document:
        return [as_kept(field) for field in form_fields(form.document)]
    wanted = constant_form(form)
    return _deployed(uow, definition, wanted) if wanted else []


def _deployed(
    uow: UnitOfWork, definition: ProcessDefinition, wanted: FormWanted, begun: datetime | None = None
) -> list[dict[str, Any]]:
    """The fields of a form that was deployed, with the model or apart."""
    at = begun if begun is not None and fixed_when_begun(definition.dialect) else None
    document = uow.deployments.form(wanted, definition.deployment_id, at)
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
