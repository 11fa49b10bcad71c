"""Bindings: who or what does an element that this installation cannot know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask import Response
from pydantic import Field

from engine.commands import Bind, Unbind
from engine.queries import BindingList, Bindings
from engine.queries.deployments import BindingView
from engine.services.binding import Binding
from webapp.api import story
from webapp.api.answers import listed, versioned
from webapp.api.carry_out import done
from webapp.api.schemas import DONE, Body, Name, Paged, Text, example, many, one
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("bindings", "Kept beside a process, for all its versions, until they are changed.")


class Key(Body):
    key: Name = Field(description="Of the process.")


class Where(Key):
    subject: Name = Field(description="An element's id, or `topic:<name>` or `class:<name>`.")


Kind = Literal["python", "http", "external", "person"]


class Wanted(Paged):
    key: Text | None = Field(None, description="Of the process.")
    subject: Text | None = None
    kind: Kind | None = None
    sort: Literal["key", "subject", "target"] = "key"


class Bound(Body):
    model_config = example(kind="http", target="https://example.org/payments", options={"method": "POST"})

    kind: Kind
    target: Text = Field(examples=["https://example.org/orders"])
    options: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BindingRow:
    subject: str
    kind: str
    target: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BindingsOfProcess:
    """All of them, by subject, as one thing with a version. They may hold secrets, and are shown to who may deploy."""

    bindings: tuple[BindingRow, ...]


BINDING = BindingView(story.KEY, "pay_invoice", "http", "https://example.org/payments", {"method": "POST"})
BINDINGS = BindingsOfProcess((BindingRow("pay_invoice", "http", "https://example.org/payments", {"method": "POST"}),))


@subject.get("/bindings", many(BINDING), needs="deploy")
def list_of_all(query: Wanted) -> Response:
    """Bindings of all processes"""
    return listed(ask(BindingList(**query.model_dump())))


@subject.get("/bindings/<key>", one(BINDINGS, versioned=True), needs="deploy")
def list_all(path: Key) -> Response:
    """The bindings of a process"""
    found = ask(Bindings(path.key))
    rows = [BindingRow(name, each.kind, each.target, each.options) for name, each in found.items()]
    return versioned(BindingsOfProcess(tuple(rows)), of=found)


@subject.put("/bindings/<key>/<path:subject>", DONE, needs="deploy", versioned=True)
def bind(path: Where, body: Bound) -> Response:
    """Bind an element, or all elements of a topic or class"""
    binding = Binding.from_dict({"kind": body.kind, "target": body.target, "options": body.options})
    return done(Bind(path.key, path.subject, binding), question=Bindings(path.key))


@subject.delete("/bindings/<key>/<path:subject>", DONE, needs="deploy", versioned=True)
def unbind(path: Where) -> Response:
    """Take a binding away"""
    return done(Unbind(path.key, path.subject), question=Bindings(path.key))
