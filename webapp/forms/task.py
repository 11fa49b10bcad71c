"""The form of a task: declared fields or variables; a gateway's question and its answers; an event to be reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.dialects.camunda_forms import form_fields
from engine.commands.declared_form import as_kept
from engine.forms import kind_of
from engine.forms.documents import find_form, form_name
from webapp.forms.answers import Answers
from webapp.forms.declared import from_variables, spoken
from webapp.forms.field import Field
from webapp.forms.needed import needed_fields
from webapp.language import _
from webapp.models import Model


@dataclass(frozen=True, slots=True)
class TaskForm:
    """`asked` are the fields to fill in: those the model declares (`declared`), else what its next decision reads.

    `known` are fields for the variables the task sees, where it declares none. `options` are a question's answers
    by flow id; `several` says whether more than one may be chosen. `document` is a form-js form that asks for the
    fields in a manner of its own.
    """

    asked: tuple[Field, ...] = ()
    known: tuple[Field, ...] = ()
    declared: bool = False
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False
    document: str | None = None


def form_of(view: Any, model: Model | None, files: Callable[[], Mapping[str, bytes]] = dict) -> TaskForm:
    """The form of a task as it is now. `files` gives what was deployed beside the model, asked for only if needed."""
    given = view.form or {}
    options = tuple((each["id"], each["name"] or _("Go on")) for each in given.get("options", ()))
    document = document_of(given, files)
    fields = given.get("fields") or [as_kept(field) for field in form_fields(document or "")]
    declared = tuple(_declared(each, view.variables) for each in fields if each.get("readable", True))
    if declared:
        return TaskForm(declared, (), True, options, bool(given.get("multiple")), document)
    asked = needed_fields(model.definitions, view.task.element_id, view.variables) if model and not options else []
    known = from_variables(view.variables)
    return TaskForm(tuple(asked), tuple(known), False, options, bool(given.get("multiple")))


def document_of(given: Mapping[str, Any], files: Callable[[], Mapping[str, bytes]]) -> str | None:
    """The form-js form of a task: written into the model, or deployed beside it."""
    if given.get("document"):
        return str(given["document"])
    name = form_name(given)
    return find_form(files(), name) if name else None


def _declared(said: Mapping[str, Any], variables: Mapping[str, Any]) -> Field:
    """A field as the engine keeps it with the task; what is empty there is left out."""
    options = tuple((value, label) for value, label in said.get("options", ()))
    rules = said.get("constraints", {})
    label = said.get("label", said["id"])
    name = said.get("variable", said["id"])
    return Field(
        name=name,
        label=label if label != said["id"] else spoken(label),
        kind=kind_of(said.get("type", "string"), options),
        value=variables.get(name, said.get("value")),
        required=bool(said.get("required")) or "required" in rules,
        writable=said.get("writable", True) and "readonly" not in rules,
        options=options,
        rules=rules,
    )


def outcome_of(form: TaskForm, chosen: list[str], answers: Answers) -> list[str]:
    """The flows a question was answered with; what is wrong goes into `answers`."""
    if not form.options:
        return []
    known = [id for id, _ in form.options if id in chosen]
    if not known:
        answers.errors["outcome"] = _("Choose at least one answer.") if form.several else _("Choose an answer.")
    elif len(known) > 1 and not form.several:
        answers.errors["outcome"] = _("Choose one answer.")
    return known
