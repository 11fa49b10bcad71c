"""What was done to the installation, by whom and when: appended, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from engine.persistence import rows, tables


@dataclass(frozen=True, slots=True)
class Act:
    """`act` is what was done, such as `grant` or `deploy`; `subject` what it was done to; `data` tells more."""

    id: str
    at: datetime
    actor: str | None
    act: str
    subject: str
    data: Mapping[str, Any]


class Acts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, act: Act) -> None:
        self._connection.execute(insert(tables.act), rows.as_columns(act))
