"""What every page needs of the request: the engine, who asks, and a command or query said in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, current_app, g

from engine.identity import NOBODY, Actor
from engine.processengine import ProcessEngine
from engine.queries.sessions import Profile
from engine.queries.tapes import Tapes
from webapp.batches import Batches
from webapp.recent import Recent
from webapp.settings import WebSettings


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person who signed in, as pages name them."""

    actor: Actor
    name: str
    profile: Profile | None = None
    must_change: bool = False

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2])


def engine() -> ProcessEngine:
    found: ProcessEngine = current_app.extensions["procession"]
    return found


def settings() -> WebSettings:
    found: WebSettings = current_app.extensions["procession-settings"]
    return found


def batches() -> Batches:
    found: Batches = current_app.extensions["procession-batches"]
    return found


def tapes() -> Tapes:
    found: Tapes = current_app.extensions["procession-tapes"]
    return found


def recent() -> Recent:
    found: Recent = current_app.extensions["procession-recent"]
    return found


def now() -> datetime:
    return engine().clock.now()


def visitor() -> Visitor | None:
    found: Visitor | None = g.get("visitor")
    return found


def actor() -> Actor:
    who = visitor()
    return who.actor if who else NOBODY


def profile() -> Profile:
    """How the reader wants to be called and shown things."""
    who = visitor()
    return who.profile if who and who.profile else Profile(None, None, None, None, None)


def page_size() -> int:
    """The rows of a list on one page: as the reader chose, else as it is set for all."""
    return profile().page_size or settings().page_size


def execute(command: Any) -> Any:
    return engine().execute(command, actor())


def query(question: Any) -> Any:
    return engine().query(question, actor())


def need(permission: str, key: str | None = None) -> None:
    """A page that the reader may not see is not there for them. `key`: of the process that it is about."""
    who = actor() if key is None else actor().within(key)
    if not who.may(permission):
        abort(404)
