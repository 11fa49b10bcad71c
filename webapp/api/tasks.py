"""Tasks of people: found, looked at with their form, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response
from pydantic import Field, model_validator

from engine.queries import TaskCounts, TaskDetail, TaskList
from engine.queries.user_task import TaskView
from engine.queries.user_tasks import Counts, Sort, TaskRow, View
from webapp.api import story
from webapp.api.answers import listed, shown, versioned
from webapp.api.schemas import Id, Moment, Paged, Text, many, name_and_value, one
from webapp.api.subject import Subject
from webapp.context import query as ask
from webapp.definitions import deployed_form, model_of
from webapp.forms.field import Field as FormField
from webapp.forms.task import form_of

subject = Subject(
    "tasks", "Work of people. Everybody sees what is theirs, what they may take and what they answer for."
)


class Wanted(Paged):
    view: View = Field("all", description="Mine, what I may take, where I am mentioned, or all that I see.")
    search: Text = Field("", description="In task, process and business key.")
    definition_key: Text | None = None
    instance_id: Text | None = None
    assignee: Text | None = None
    candidate_group: Text | None = None
    due_before: Moment | None = None
    due_after: Moment | None = None
    follow_up_before: Moment | None = None
    variable: Text | None = Field(None, description="The name of a variable that its case has, with `value`.")
    value: Text | None = Field(None, description="As a person writes it: `12` finds the number and the text.")
    least_priority: int | None = Field(None, ge=0, le=100)
    sort: Sort = "created"

    _both = model_validator(mode="after")(name_and_value)


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One question. `kind` is what is typed: text, number, date ...; `options` are values with their labels."""

    name: str
    label: str
    kind: str
    value: Any
    required: bool
    writable: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out of a gateway's question; `id` is what `outcome` names."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class FormShown:
    """`fields` to be filled in, `declared` by the model or found from what it reads next; `choices` of a question."""

    fields: tuple[FieldShown, ...]
    declared: bool
    choices: tuple[Choice, ...]
    several: bool


TASK = TaskRow(
    id=story.TASK,
    name="Record invoice",
    kind="task",
    element_id="record_invoice",
    instance_id=story.INSTANCE,
    root_id=story.INSTANCE,
    definition_id=story.DEFINITION,
    definition_key=story.KEY,
    definition_name=story.NAME,
    business_key=story.NUMBER,
    created_at=story.BEGAN,
    assignee=None,
    owner=None,
    delegation=None,
    candidate_users=(),
    candidate_groups=("Clerk",),
    lane="Clerk",
    due_at=story.DUE,
    follow_up_at=None,
    priority=50,
    loop_counter=None,
)
DECLARED = {"fields": [{"id": "amount", "label": "Amount", "type": "double", "required": True, "variable": "amount"}]}
VIEW = TaskView(TASK, DECLARED, {"supplier": "ACME"}, frozenset({"claim", "complete"}))
FORM = FormShown((FieldShown("amount", "Amount", "number", None, True, True, ()),), True, (), False)


@subject.get("/tasks", many(TASK))
def list_all(query: Wanted) -> Response:
    """Tasks that the reader may see"""
    held = (query.variable, query.value or "") if query.variable is not None else None
    return listed(ask(TaskList(variable=held, **query.model_dump(exclude={"variable", "value"}))))


@subject.get("/tasks/counts", one(Counts(mine=3, candidate=12, all=40, overdue=2)))
def counts() -> Response:
    """How many tasks each view has"""
    return shown(ask(TaskCounts()))


@subject.get("/tasks/<id>", one(VIEW, versioned=True))
def get(path: Id) -> Response:
    """A task with the variables it sees and what the reader may do with it"""
    return versioned(ask(TaskDetail(path.id)))


@subject.get("/tasks/<id>/form", one(FORM))
def form(path: Id) -> Response:
    """What is asked of whoever does it"""
    view = ask(TaskDetail(path.id))
    made = form_of(
        view, model_of(view.task.definition_id), deployed_form(view.task.definition_id, view.task.created_at)
    )
    fields = tuple(_field(each) for each in made.asked)
    choices = tuple(Choice(id, label) for id, label in made.options)
    return shown(FormShown(fields, made.declared, choices, made.several))


def _field(field: FormField) -> FieldShown:
    return FieldShown(
        field.name, field.label, field.kind, field.value, field.required, field.writable, tuple(field.options)
    )
