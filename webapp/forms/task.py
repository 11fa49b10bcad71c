"""The form of a task: declared fields or variables; a gateway's question and its answers; an event to be reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from webapp.forms.answers import Answers
from webapp.forms.declared import from_variables, kind_of_type, spoken
from webapp.forms.field import Field
from webapp.forms.needed import needed_fields
from webapp.models import Model


@dataclass(frozen=True, slots=True)
class TaskForm:
    """`asked` are the fields to fill in: those the model declares (`declared`), else what its next decision reads.

    `known` are fields for the variables the task sees, where it declares none. `options` are a question's answers
    by flow id; `several` says whether more than one may be chosen.
    """

    asked: tuple[Field, ...] = ()
    known: tuple[Field, ...] = ()
    declared: bool = False
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False


def form_of(view: Any, model: Model | None) -> TaskForm:
    given = view.form or {}
    options = tuple((each["id"], each["name"] or "Go on") for each in given.get("options", ()))
    declared = [_declared(each) for each in given.get("fields", ()) if each.get("readable", True)]
    if declared:
        return TaskForm(tuple(declared), (), True, options, bool(given.get("multiple")))
    asked = needed_fields(model.definitions, view.task.element_id, view.variables) if model and not options else []
    known = from_variables(view.variables)
    return TaskForm(tuple(asked), tuple(known), False, options, bool(given.get("multiple")))


def _declared(said: dict[str, Any]) -> Field:
    """A field as the engine keeps it with the task; what is empty there is left out."""
    options = tuple((value, label) for value, label in said.get("options", ()))
    rules = said.get("constraints", {})
    label = said.get("label", said["id"])
    return Field(
        name=said.get("variable", said["id"]),
        label=label if label != said["id"] else spoken(label),
        kind=kind_of_type(said.get("type", "string"), options),
        value=said.get("value"),
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
        answers.errors["outcome"] = "Choose at least one answer." if form.several else "Choose an answer."
    elif len(known) > 1 and not form.several:
        answers.errors["outcome"] = "Choose one answer."
    return known
