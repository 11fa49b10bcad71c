"""Process definitions: what can be started, in which versions, and by what else than a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Response
from pydantic import Field

from engine.commands import SetDefinitionState
from engine.queries import DefinitionDetail, DefinitionList, Resource, StartEvents, TokenCounts
from engine.queries.definitions import DefinitionRow, StartEventRow
from engine.queries.instance import VisitRow
from webapp.api.answers import answer, download, listed, plain, versioned
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Id, Paged, Text, file, many, one
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("definitions", "Processes in their versions. The files behind them never change.")


class Wanted(Paged):
    key: Text | None = Field(None, description="All versions of this process.")
    latest: bool = Field(True, description="Only the latest version of each; without effect with `key`.")
    search: Text = Field("", description="In name and key.")
    state: Literal["active", "suspended"] | None = None
    sort: Literal["key", "name", "newest", "oldest"] = "key"


class State(Body):
    state: Literal["active", "suspended"]


@dataclass(frozen=True, slots=True)
class Starts:
    """Start events that wait for a message, a signal or a time."""

    items: tuple[StartEventRow, ...]


@dataclass(frozen=True, slots=True)
class RestingTokens:
    """Tokens that rest at each element, over all running instances."""

    items: tuple[VisitRow, ...]


@subject.get("/definitions", many(DefinitionRow))
def list_all(query: Wanted) -> Response:
    """Definitions by key, the newest version first"""
    return listed(ask(DefinitionList(**query.model_dump())))


@subject.get("/definitions/<id>", one(DefinitionRow, versioned=True))
def get(path: Id) -> Response:
    """One version of a process"""
    return versioned(ask(DefinitionDetail(path.id)))


@subject.get("/definitions/<id>/resource", file())
def resource(path: Id) -> Response:
    """The file it came in, byte by byte"""
    found = ask(Resource(definition_id=path.id))
    return download(found.content, found.name)


@subject.get("/definitions/<id>/starts", one(Starts))
def starts(path: Id) -> Response:
    """What else than a person starts it"""
    ask(DefinitionDetail(path.id))
    return answer({"items": plain(ask(StartEvents(path.id)))})


@subject.get("/definitions/<id>/counts", one(RestingTokens), needs="operate")
def counts(path: Id) -> Response:
    """How many tokens rest where"""
    ask(DefinitionDetail(path.id))
    return answer({"items": plain(ask(TokenCounts(path.id)))})


@subject.put("/definitions/<id>/state", DONE, needs="operate", versioned=True)
def set_state(path: Id, body: State) -> Response:
    """Suspend it, so that nothing starts it, or let it be started again"""
    return done(SetDefinitionState(path.id, body.state), question=DefinitionDetail(path.id))
