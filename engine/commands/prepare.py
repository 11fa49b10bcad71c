"""What of a command takes long, such as hashing a password, is done before its transaction begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.queries.query import Query

Ask = Callable[[Query[Any]], Any]
"""Answers a question as the engine itself."""


def prepared(command: Any, ask: Ask) -> Any:
    """The command that is left for the transaction: most are so from the beginning."""
    prepare = getattr(command, "prepare", None)
    return command if prepare is None else prepare(ask)
