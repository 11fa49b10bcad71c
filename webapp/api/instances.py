"""Process instances: started, found, looked at, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask import Response
from pydantic import Field, model_validator

from engine.commands import CancelInstance, StartProcess
from engine.queries import InstanceDetail, InstanceList
from engine.queries.instance import InstanceView, TokenRow
from engine.queries.instances import InstanceRow, Sort, Written
from engine.queries.variables import ScopeRow
from webapp.api import story
from webapp.api.answers import listed, versioned
from webapp.api.carry_out import done, made
from webapp.api.schemas import DONE, Body, Id, Moment, Paged, Text, Variables, example, many, name_and_value, one
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("instances", "Processes that run, or ran. Everybody sees what they started or have work in.")


class Start(Body):
    """By `key` the latest version or `version`, or by `definition_id`."""

    model_config = example(key=story.KEY, business_key=story.NUMBER, variables=story.VARIABLES)

    key: Text | None = None
    version: int | None = Field(None, ge=1, le=2_147_483_647)
    definition_id: Text | None = None
    variables: Variables = Field(default_factory=dict)
    business_key: Text | None = None
    start_element: Text | None = Field(None, description="A start event other than the plain one.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Start:
        if (self.key is None) == (self.definition_id is None):
            raise ValueError("name the process by key or by definition_id")
        return self


class Wanted(Paged):
    key: Text | None = Field(None, description="Of the process.")
    version: int | None = Field(None, ge=1, le=2_147_483_647)
    definition_id: Text | None = None
    started_by: Text | None = None
    waiting_at: Text | None = Field(None, description="The id of an element where a token rests.")
    state: Literal["running", "completed", "failed", "cancelled"] | None = None
    business_key: Text | None = None
    search: Text = Field("", description="In business key, key and name of the process; or an id.")
    variable: Text | None = Field(None, description="The name of a variable that a running one has, with `value`.")
    value: Text | None = Field(None, description="As a person writes it: `12` finds the number and the text.")
    with_incident: bool = False
    called_too: bool = Field(False, description="Also those that a call activity started.")
    started_after: Moment | None = None
    started_before: Moment | None = None
    sort: Sort = Field("newest", description="`ended` shows only those that have.")

    _both = model_validator(mode="after")(name_and_value)


class Reason(Body):
    model_config = example(reason="The supplier withdrew it.")

    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The new instance, which waits or has ended already."""

    id: str


INSTANCE = InstanceRow(
    id=story.INSTANCE,
    root_id=story.INSTANCE,
    parent_id=None,
    definition_id=story.DEFINITION,
    key=story.KEY,
    version=1,
    name=story.NAME,
    business_key=story.NUMBER,
    state="running",
    started_at=story.BEGAN,
    started_by="clara",
    ended_at=None,
    end_reason=None,
    incidents=0,
)
VIEW = InstanceView(
    instance=INSTANCE,
    may=frozenset({"see", "work"}),
    tokens=(TokenRow(f"{story.INSTANCE}-4", 4, "approve_as_manager", "READY", 1, 2),),
    scopes=(ScopeRow(1, story.INSTANCE, None, 2, {"supplier": "ACME", "amount": 1200}),),
    called=(),
)


@subject.post("/instances", new(Started(story.INSTANCE)), needs="start")
def start(body: Start) -> Response:
    """Start a process"""
    return made(StartProcess(**body.model_dump()), _started, "/api/v1/instances/{id}")


@subject.get("/instances", many(INSTANCE))
def list_all(query: Wanted) -> Response:
    """Instances, the newest first"""
    held = Written(query.variable, query.value or "") if query.variable is not None else None
    return listed(ask(InstanceList(variable=held, **query.model_dump(exclude={"variable", "value"}))))


@subject.get("/instances/<id>", one(VIEW, versioned=True))
def get(path: Id) -> Response:
    """An instance with its tokens, its variables by scope, and what it called"""
    return versioned(ask(InstanceDetail(path.id)))


@subject.post("/instances/<id>/cancel", DONE, needs="operate", versioned=True)
def cancel(path: Id, body: Reason) -> Response:
    """End an instance with all that goes on in it"""
    return done(CancelInstance(path.id, body.reason), question=InstanceDetail(path.id), root=path.id)


def _started(id: str) -> dict[str, Any]:
    return {"id": id}
