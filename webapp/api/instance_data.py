"""What is in an instance: variables, history, tokens; and all of it as one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Response, request
from pydantic import Field

from engine.commands import RemoveVariables, SetVariables, TriggerToken
from engine.commands.transfer import ExportInstance, ImportInstance
from engine.queries import History, InstanceDetail
from engine.queries.held import ScopeList, VariableList, VariableRow
from engine.queries.history import EventRow
from engine.queries.instance import TokenRow
from engine.queries.parts import RestingTokens
from engine.queries.variables import ScopeRow
from webapp.api import story
from webapp.api.answers import download, listed
from webapp.api.carry_out import done, made
from webapp.api.schemas import DONE, Body, Gives, Id, Moment, Name, Paged, Text, Variables, example, many
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import execute
from webapp.context import query as ask

subject = Subject("instance-data", "What an instance holds, and what happened in it.")


class Change(Body):
    """`local`: in that very scope; otherwise where the name is found, from there outwards."""

    model_config = example(set={"amount": 1250})

    set: Variables = Field(default_factory=dict)
    local: bool = False


class Remove(Body):
    model_config = example(names=["amount"])

    names: list[Name] = Field(min_length=1, max_length=1000)
    local: bool = False


class Happened(Body):
    model_config = example(variables={"paid": True})

    variables: Variables = Field(default_factory=dict)


class WantedVariables(Paged):
    name: Text | None = None
    value: Text | None = Field(None, description="As a person writes it: `12` finds the number and the text.")
    instance_id: Text | None = Field(None, description="Of a root: with what it called.")
    definition_key: Text | None = None
    business_key: Text | None = None
    sort: Literal["oldest", "newest"] = Field("oldest", description="By the instance that has them.")


class WantedScopes(Paged):
    holding: Text | None = Field(None, description="Only scopes with a variable of this name.")
    token: int | None = Field(None, ge=0, le=2_147_483_647, description="Only the scope of this token.")
    sort: Literal["outer", "inner"] = Field("outer", description="Which come first.")


class WantedTokens(Paged):
    element_id: Text | None = None
    state: Text | None = None
    sort: Literal["oldest", "newest", "element"] = "oldest"


class Past(Paged):
    kind: Text | None = Field(None, description="Only events of this kind, such as `task-completed`.")
    element_id: Text | None = None
    actor: Text | None = Field(None, description="Who did it.")
    since: Moment | None = None
    until: Moment | None = None
    called_too: bool = Field(False, description="With what it called, of a root.")
    sort: Literal["oldest", "newest"] = "oldest"


@dataclass(frozen=True, slots=True)
class Taken:
    """The instance that was taken in."""

    id: str


VARIABLE = VariableRow(story.INSTANCE, story.INSTANCE, story.KEY, story.NUMBER, 1, 2, "amount", 1200)
SCOPE = ScopeRow(1, story.INSTANCE, None, 2, {"supplier": "ACME", "amount": 1200})
TOKEN = TokenRow(f"{story.INSTANCE}-4", 4, "approve_as_manager", "READY", 1, 2)
EVENT = EventRow(
    number=15,
    instance_id=story.INSTANCE,
    at=story.BEGAN,
    kind="variable-set",
    element_id=None,
    token=None,
    scope=1,
    name="amount",
    data=None,
    value=1200,
    actor="clara",
)
EXPORTED = {"format": "procession-instance", "version": 1, "root": story.INSTANCE, "rows": {}}
AS_EXPORTED = {"application/json": {"schema": {"type": "object"}, "example": EXPORTED}}


@subject.get("/variables", many(VARIABLE))
def find(query: WantedVariables) -> Response:
    """Variables over all running instances that one may see"""
    return listed(ask(VariableList(**query.model_dump())))


@subject.get("/instances/<id>/variables", many(SCOPE))
def variables(path: Id, query: WantedScopes) -> Response:
    """The variables of an instance by scope, outer before inner; of one that has ended as they were last"""
    return listed(ask(ScopeList(path.id, **query.model_dump())))


@subject.patch("/instances/<id>/variables", DONE, needs="operate", versioned=True)
def set_variables(path: Id, body: Change) -> Response:
    """Set variables of an instance, or of a token in it"""
    return done(SetVariables(path.id, body.set, body.local), question=InstanceDetail(path.id), root=path.id)


@subject.post("/instances/<id>/variables/remove", DONE, needs="operate", versioned=True)
def remove_variables(path: Id, body: Remove) -> Response:
    """Take variables out"""
    command = RemoveVariables(path.id, tuple(body.names), body.local)
    return done(command, question=InstanceDetail(path.id), root=path.id)


@subject.get("/instances/<id>/tokens", many(TOKEN))
def tokens(path: Id, query: WantedTokens) -> Response:
    """Where it stands: its tokens at rest"""
    return listed(ask(RestingTokens(path.id, **query.model_dump())))


@subject.post("/tokens/<id>/trigger", DONE, needs="operate")
def trigger(path: Id, body: Happened) -> Response:
    """Let what the token waits for have happened"""
    return done(TriggerToken(path.id, body.variables))


@subject.get("/instances/<id>/history", many(EVENT))
def history(path: Id, query: Past) -> Response:
    """What happened, in order"""
    kinds = (query.kind,) if query.kind is not None else ()
    wanted = query.model_dump(exclude={"kind", "sort"})
    return listed(ask(History(path.id, kinds=kinds, newest_first=query.sort == "newest", **wanted)))


@subject.get(
    "/instances/<id>/document", Gives(200, {"description": "As a file.", "content": AS_EXPORTED}), needs="operate"
)
def export(path: Id) -> Response:
    """The whole of a root instance as one document: definitions, files, state, history"""
    return download(execute(ExportInstance(path.id)).encode(), f"{path.id}.json", "application/json")


@subject.post(
    "/documents",
    new(Taken(story.INSTANCE)),
    needs="administer",
    more={"requestBody": {"required": True, "content": AS_EXPORTED}},
)
def take_in() -> Response:
    """Take in an instance from its document; it goes on where it stood"""
    text = request.get_data(as_text=True)
    return made(ImportInstance(text), lambda id: {"id": id}, "/api/v1/instances/{id}")
