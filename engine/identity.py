"""Who acts: a person with groups and permissions, or the engine itself."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ANYTHING = "*"

# Small letters of other scripts that are drawn like Latin ones, each above the one it is taken for.
_DRAWN_ALIKE = str.maketrans(
    "аеорсухіїјѕһԁԛԝкмтαορνικυτıɑɡ",
    "aeopcyxiijshdqwkmtaopvikutiag",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command or asks a query. Without a permission nothing is allowed; `*` allows everything."""

    user: str | None
    groups: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        return permission in self.permissions or ANYTHING in self.permissions


SYSTEM = Actor(user=None, permissions=frozenset({ANYTHING}))
"""The engine: timers that fire, jobs that run, messages that are delivered."""

NOBODY = Actor(user=None)
"""Somebody who has not signed in."""


def read_alike(name: str) -> str:
    """The same for two names that a person takes for one: other case, other widths, letters of another script."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in plain.translate(_DRAWN_ALIKE) if unicodedata.category(each) != "Cf").strip()
