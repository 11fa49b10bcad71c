"""Ids of what is new."""

from __future__ import annotations

import itertools
import secrets
from datetime import datetime

_given = itertools.count()


def new_id(now: datetime) -> str:
    """32 hexadecimal digits that nobody guesses and that sort by time, within a server in the order they are given.

    So new rows lie together, and of two jobs written at once the first is the first to run.
    """
    return f"{int(now.timestamp() * 1000):012x}{next(_given) % 2**24:06x}{secrets.token_hex(7)}"
