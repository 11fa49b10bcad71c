"""What is in an instance: variables, history, tokens; and all of it as one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request
from pydantic import Field

from engine.commands import RemoveVariables, SetVariables, TriggerToken
from engine.commands.transfer import ExportInstance, ImportInstance
from engine.queries import History, InstanceDetail
from engine.queries.history import EventRow
from engine.queries.instance import TokenRow
from engine.queries.variables import ScopeRow
from webapp.api.answers import answer, download, listed, plain
from webapp.api.carry_out import done, made
from webapp.api.schemas import DONE, Body, Id, Name, Paged, Text, Variables, file, many, one
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import execute
from webapp.context import query as ask

subject = Subject("instance-data", "What an instance holds, and what happened in it.")


class Change(Body):
    """`local`: in that very scope; otherwise where the name is found, from there outwards."""

    set: Variables = Field(default_factory=dict)
    local: bool = False


class Remove(Body):
    names: list[Name] = Field(min_length=1, max_length=1000)
    local: bool = False


class Happened(Body):
    variables: Variables = Field(default_factory=dict)


class Past(Paged):
    kind: Text | None = Field(None, description="Only events of this kind, such as `task-completed`.")
    called_too: bool = Field(False, description="With what it called, of a root.")
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Scopes:
    """By scope, outer before inner; of an ended instance as they were last."""

    items: tuple[ScopeRow, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    items: tuple[TokenRow, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The instance that was taken in."""

    id: str


@subject.get("/instances/<id>/variables", one(Scopes))
def variables(path: Id) -> Response:
    """The variables of an instance"""
    return answer({"items": plain(ask(InstanceDetail(path.id)).scopes)})


@subject.patch("/instances/<id>/variables", DONE, needs="operate", versioned=True)
def set_variables(path: Id, body: Change) -> Response:
    """Set variables of an instance, or of a token in it"""
    return done(SetVariables(path.id, body.set, body.local), question=InstanceDetail(path.id), root=path.id)


@subject.post("/instances/<id>/variables/remove", DONE, needs="operate", versioned=True)
def remove_variables(path: Id, body: Remove) -> Response:
    """Take variables out"""
    command = RemoveVariables(path.id, tuple(body.names), body.local)
    return done(command, question=InstanceDetail(path.id), root=path.id)


@subject.get("/instances/<id>/tokens", one(Tokens))
def tokens(path: Id) -> Response:
    """Where it stands: its tokens at rest"""
    return answer({"items": plain(ask(InstanceDetail(path.id)).tokens)})


@subject.post("/tokens/<id>/trigger", DONE, needs="operate")
def trigger(path: Id, body: Happened) -> Response:
    """Let what the token waits for have happened"""
    return done(TriggerToken(path.id, body.variables))


@subject.get("/instances/<id>/history", many(EventRow))
def history(path: Id, query: Past) -> Response:
    """What happened, in order"""
    kinds = (query.kind,) if query.kind is not None else ()
    return listed(ask(History(path.id, kinds=kinds, **query.model_dump(exclude={"kind"}))))


@subject.get("/instances/<id>/document", file("application/json"), needs="operate")
def export(path: Id) -> Response:
    """The whole of a root instance as one document: definitions, files, state, history"""
    return download(execute(ExportInstance(path.id)).encode(), f"{path.id}.json", "application/json")


DOCUMENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "description": "As exported."}}},
    }
}


@subject.post("/documents", new(Taken), needs="administer", more=DOCUMENT)
def take_in() -> Response:
    """Take in an instance from its document; it goes on where it stood"""
    text = request.get_data(as_text=True)
    return made(ImportInstance(text), lambda id: {"id": id}, "/api/v1/instances/{id}")
