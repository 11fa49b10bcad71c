"""Process definitions: what can be started, in which versions, and by what else than a person."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from engine.commands import SetDefinitionState
from engine.queries import DefinitionDetail, DefinitionList, Resource
from engine.queries.definitions import DefinitionRow, StartEventRow
from engine.queries.instance import VisitRow
from engine.queries.parts import RestingList, StartList
from webapp.api import story
from webapp.api.answers import download, listed, versioned
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Id, Paged, Text, example, file, many, one
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("definitions", "Processes in their versions. The files behind them never change.")


class Wanted(Paged):
    key: Text | None = Field(None, description="All versions of this process.")
    latest: bool = Field(True, description="Only the latest version of each; without effect with `key`.")
    search: Text = Field("", description="In name and key.")
    state: Literal["active", "suspended"] | None = None
    sort: Literal["key", "name", "newest", "oldest"] = "key"


class WantedStarts(Paged):
    kind: Text | None = Field(None, description="`message`, `signal`, `timer` ...")
    name: Text | None = Field(None, description="Of the message or the signal.")
    sort: Literal["element", "kind"] = "element"


class WantedCounts(Paged):
    least: int = Field(1, ge=1, le=2_147_483_647, description="Only elements where that many rest.")
    sort: Literal["element", "most"] = "element"


class State(Body):
    model_config = example(state="suspended")

    state: Literal["active", "suspended"]


DEFINITION = DefinitionRow(
    id=story.DEFINITION,
    key=story.KEY,
    version=1,
    version_tag=None,
    name=story.NAME,
    deployment_id=story.DEPLOYMENT,
    resource=story.FILE,
    process_id=story.KEY,
    guided=False,
    dialect="camunda7",
    latest=True,
    state="active",
    verdict={"worst": "runs", "sentence": "Runs. 10 steps run by themselves, 7 ask a person."},
    deployed_at=story.BEGAN,
    deployed_by="mona",
    running=1,
    incidents=0,
)
START = StartEventRow(story.DEFINITION, "invoice_received", "message", "invoice-received", None)
RESTING = VisitRow("approve_as_manager", 12)


@subject.get("/definitions", many(DEFINITION))
def list_all(query: Wanted) -> Response:
    """Definitions by key, the newest version first"""
    return listed(ask(DefinitionList(**query.model_dump())))


@subject.get("/definitions/<id>", one(DEFINITION, versioned=True))
def get(path: Id) -> Response:
    """One version of a process"""
    return versioned(ask(DefinitionDetail(path.id)))


@subject.get("/definitions/<id>/resource", file("<?xml version='1.0'?> ..."))
def resource(path: Id) -> Response:
    """The file it came in, byte by byte"""
    found = ask(Resource(definition_id=path.id))
    return download(found.content, found.name)


@subject.get("/definitions/<id>/starts", many(START))
def starts(path: Id, query: WantedStarts) -> Response:
    """What else than a person starts it: a message, a signal, a time"""
    return listed(ask(StartList(path.id, **query.model_dump())))


@subject.get("/definitions/<id>/counts", many(RESTING), needs="operate")
def counts(path: Id, query: WantedCounts) -> Response:
    """How many tokens of its running instances rest where"""
    return listed(ask(RestingList(path.id, **query.model_dump())))


@subject.put("/definitions/<id>/state", DONE, needs="operate", versioned=True)
def set_state(path: Id, body: State) -> Response:
    """Suspend it, so that nothing starts it, or let it be started again"""
    return done(SetDefinitionState(path.id, body.state), question=DefinitionDetail(path.id))
