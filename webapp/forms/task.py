"""The form of a task: declared fields or variables; a gateway's question and its answers; an event to be reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.dialects.camunda_forms import form_fields
from engine.commands.declared_form import as_kept
from engine.forms import kind_of
from engine.forms.documents import FormWanted, form_wanted
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
    fields in a manner of its own; `missing` is the name of one that the model asks for and that is not there.
    """

    asked: tuple[Field, ...] = ()
    known: tuple[Field, ...] = ()
    declared: bool = False
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False
    document: str | None = None
    missing: str | None = None


FormSource = Callable[[FormWanted], str | None]
"""Gives the form-js document of a form that was deployed, None where it is not there."""


def form_of(view: Any, model: Model | None, deployed: FormSource) -> TaskForm:
    """The form of a task as it is now."""
    given = view.form or {}
    options = tuple((each["id"], each["name"] or _("Go on")) for each in given.get("options", ()))
    wanted = None if given.get("document") or given.get("fields") else form_wanted(given)
    document = deployed(wanted) if wanted is not None else given.get("document")
    missing = wanted.name if wanted is not None and document is None else None
    fields = given.get("fields") or [as_kept(field) for field in form_fields(document or "")]
    declared = tuple(_declared(each, view.variables) for each in fields if each.get("readable", True))
    if declared:
        return TaskForm(declared, (), True, options, bool(given.get("multiple")), document)
    asked = needed_fields(model.definitions, view.task.element_id, view.variables) if model and not options else []
    known = from_variables(view.variables)
    return TaskForm(tuple(asked), tuple(known), False, options, bool(given.get("multiple")), missing=missing)


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
