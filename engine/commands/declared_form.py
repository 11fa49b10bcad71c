"""The form that a model declares for a task, and the refusal of values that contradict it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bpmn.dialects.camunda_forms import form_fields
from engine.errors import Invalid
from engine.forms import contradictions

if TYPE_CHECKING:
    from bpmn.model.execution import FormField
    from engine.persistence.user_tasks import UserTask
    from engine.unitofwork import UnitOfWork


class FormContradicted(Invalid):
    """The values contradict the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        said = " ".join(f"{name}: {problem}" for name, problem in problems.items())
        super().__init__(f"What was entered does not fit the form. {said}", fix="Correct it and send it again.")


def check_against_form(uow: UnitOfWork, task: UserTask, variables: Mapping[str, Any]) -> None:
    """Raise FormContradicted, unless the actor operates: who mends a process may give what it needs."""
    if uow.actor.may("operate") or not task.form:
        return
    problems = contradictions(_fields(uow, task, task.form), variables)
    if problems:
        raise FormContradicted(problems)


def _fields(uow: UnitOfWork, task: UserTask, form: Mapping[str, Any]) -> list[dict[str, Any]]:
    if form.get("fields"):
        return list(form["fields"])
    name = form_name(form)
    if name is None:
        return []
    instance = uow.instances.get(task.instance_id)
    definition = uow.definitions.get(instance.definition_id) if instance else None
    if definition is None:
        return []
    files = {each.name: each.content for each in uow.deployments.resources(definition.deployment_id)}
    document = find_form(files, name)
    return [as_kept(field) for field in form_fields(document)] if document else []


def form_name(form: Mapping[str, Any]) -> str | None:
    """The form deployed beside the model that a task names: by its id, or as `camunda-forms:deployment:<file>`."""
    if form.get("ref"):
        return str(form["ref"])
    key = str(form.get("key") or "")
    for prefix in ("camunda-forms:deployment:", "camunda-forms:/", "deployment:"):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key if key.endswith((".form", ".json")) else None


def find_form(files: Mapping[str, bytes], name: str) -> str | None:
    """The form-js document of that file name, or of that id, among the files of a deployment."""
    for file, content in files.items():
        if not file.lower().endswith((".form", ".json")):
            continue
        document = content.decode("utf-8", "replace")
        if file == name or file.rsplit("/", 1)[-1] == name or _id_of(document) == name:
            return document
    return None


def _id_of(document: str) -> str | None:
    try:
        form = json.loads(document)
    except (ValueError, RecursionError):
        return None
    return form.get("id") if isinstance(form, dict) and isinstance(form.get("id"), str) else None


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
