"""What people and groups are called, by their ids. Kept a few seconds: a list names the same ones in each row."""

from __future__ import annotations

import time
from typing import Literal

from flask import current_app

from engine.queries import NameOf
from webapp.context import query

SECONDS = 15.0
KEPT = 5_000


class Names:
    """Names as they were a moment ago."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[float, str]] = {}

    def get(self, kind: Literal["user", "group"], id: str) -> str:
        kept, at = self._kept.get((kind, id)), time.monotonic()
        if kept is not None and at - kept[0] < SECONDS:
            return kept[1]
        name = query(NameOf(kind, id)) or id
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[kind, id] = (at, name)
        return name


def person(id: str) -> str:
    """The name of a user; their id where there is none, as of a program that acts by itself."""
    return _names().get("user", id)


def team(id: str) -> str:
    """The name of a group, or its id."""
    return _names().get("group", id)


def _names() -> Names:
    found: Names = current_app.extensions["procession-names"]
    return found
