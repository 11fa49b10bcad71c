"""Grants, each a part in one process for a user, a group or everybody; and what was done to the installation."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from engine.commands import GrantProcess, RevokeGrant
from engine.persistence.act_chain import ActFinding, ActLink
from engine.queries import ActChain, ActList, GrantList
from engine.queries.acts import ActRow, ChainState
from engine.queries.grants import GrantRow
from webapp.api import story
from webapp.api.answers import listed, shown
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Asked, Body, Moment, Name, Paged, Text, many, one
from webapp.api.subject import Subject
from webapp.chain_words import anchor
from webapp.context import query as ask

subject = Subject("grants", "Who may start, see, work on or operate one process; and what administrators did.")

Given = Literal["start", "see", "work", "operate"]
Kind = Literal["user", "group", "all"]


class Place(Body):
    key: Name
    grant: Given
    kind: Kind
    subject: Name


class ForAll(Body):
    key: Name
    grant: Given


class Granted(Paged):
    key: Text | None = None
    kind: Kind | None = None
    subject: Text | None = None
    sort: Literal["key", "subject", "newest"] = "key"


class Done(Paged):
    act: Text | None = None
    subject: Text | None = None
    actor: Text | None = None
    since: Moment | None = None
    until: Moment | None = None
    sort: Literal["newest", "oldest"] = "newest"


class Known(Asked):
    anchor: str | None = Field(
        None,
        max_length=80,
        pattern=r"^[0-9]{1,9}:[0-9a-f]{64}$",
        description="An entry that was `last` before, as NUMBER:DIGEST: has it stayed the same?",
    )


GRANT = GrantRow(story.KEY, "see", "group", "Clerk", story.BEGAN, "otto")
ACT = ActRow(
    number=12,
    id=story.OTHER,
    at=story.BEGAN,
    actor="otto",
    act="grant",
    subject=story.KEY,
    data={"grant": "see", "kind": "group", "subject": "Clerk"},
    digest=story.DIGEST,
)
CHAIN = ChainState(
    intact=False,
    entries=41,
    last=ActLink(42, story.DIGEST),
    intact_until=4,
    intact_at=story.BEGAN,
    found=1,
    findings=(ActFinding("missing", 5, 5),),
)


@subject.get("/grants", many(GRANT), needs="administer")
def list_all(query: Granted) -> Response:
    """Grants by process, or those of one user or group"""
    return listed(ask(GrantList(**query.model_dump())))


@subject.put("/grants/<key>/<grant>/all", DONE, needs="administer")
def give_to_all(path: ForAll) -> Response:
    """Give everybody a part in a process"""
    return done(GrantProcess(path.key, path.grant, "all"))


@subject.delete("/grants/<key>/<grant>/all", DONE, needs="administer")
def take_from_all(path: ForAll) -> Response:
    """Take back what everybody was given"""
    return done(RevokeGrant(path.key, path.grant, "all"))


@subject.put("/grants/<key>/<grant>/<kind>/<subject>", DONE, needs="administer")
def give(path: Place) -> Response:
    """Give a user or a group a part in a process. The first `start` keeps the process for those who have one"""
    return done(GrantProcess(path.key, path.grant, path.kind, path.subject))


@subject.delete("/grants/<key>/<grant>/<kind>/<subject>", DONE, needs="administer")
def take_back(path: Place) -> Response:
    """Take a grant back"""
    return done(RevokeGrant(path.key, path.grant, path.kind, path.subject))


@subject.get("/acts", many(ACT), needs="administer")
def acts(query: Done) -> Response:
    """What was done to the installation, by whom and when, the newest first"""
    return listed(ask(ActList(**query.model_dump())))


@subject.get("/acts/chain", one(CHAIN), needs="administer")
def chain(query: Known) -> Response:
    """Whether the record of what was done is still the one that was written: every entry is looked at"""
    return shown(ask(ActChain(anchor(query.anchor) if query.anchor else None)))
