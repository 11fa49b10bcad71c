"""Keyset paging: a page names where the next begins by the last row's sort keys, so that page 1,000 costs as page 1."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_

from engine import values
from engine.errors import Invalid
from engine.persistence.types import Moment

MOST = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows, and what to ask with as `after` for those that follow; None at the end."""

    rows: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """One column that a page is sorted by. The last one of a page's keys is unique; none is ever null."""

    column: ColumnElement[Any]
    descending: bool = False

    @property
    def python_type(self) -> type:
        # A type of ours says `object`; what it is made of knows.
        type = self.column.type
        return datetime if isinstance(type, Moment) else type.python_type

    def ordered(self) -> ColumnElement[Any]:
        return self.column.desc() if self.descending else self.column.asc()

    def beyond(self, value: Any) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = self.column < value if self.descending else self.column > value
        return condition


Sorts = Mapping[str, tuple[Key, ...]]
"""What a list may be sorted by, each name with its keys."""


def keys_of(sorts: Sorts, sort: str) -> tuple[Key, ...]:
    """The keys of `sort`. Raises Invalid for a name that the list does not know."""
    if sort not in sorts:
        raise Invalid(f"This list is not sorted by {sort[:50]!r}.", fix=f"Use {', '.join(sorts)}.")
    return sorts[sort]


def paged(
    connection: Connection,
    statement: Select[Any],
    keys: Sequence[Key],
    limit: int,
    after: str | None,
    make: Callable[[Row[Any]], T],
) -> Page[T]:
    """Fetch one page of `statement`, sorted by `keys`, which are fetched beside its columns."""
    limit = max(1, min(limit, MOST))
    names = [f"sort_{index}" for index in range(len(keys))]
    statement = statement.add_columns(*(key.column.label(name) for key, name in zip(keys, names, strict=True)))
    if after is not None:
        statement = statement.where(_beyond(keys, _decode(after, keys)))
    rows = connection.execute(statement.order_by(*(key.ordered() for key in keys)).limit(limit + 1)).all()
    more = len(rows) > limit
    rows = rows[:limit]
    following = _encode([getattr(rows[-1], name) for name in names]) if more else None
    return Page(tuple(make(row) for row in rows), following)


def paged_rows(
    rows: Iterable[T], number: Callable[[T], int], descending: bool, limit: int, after: str | None
) -> Page[T]:
    """One page of rows that no single statement fetches, sorted by a number that none shares with another."""
    limit = max(1, min(limit, MOST))
    if after is not None:
        mark = _marks(after, (int,))[0]
        rows = (row for row in rows if (number(row) < mark if descending else number(row) > mark))
    found = sorted(rows, key=number, reverse=descending)
    following = _encode([number(found[limit - 1])]) if len(found) > limit else None
    return Page(tuple(found[:limit]), following)


def _beyond(keys: Sequence[Key], marks: Sequence[Any]) -> ColumnElement[bool]:
    """Later in the order: equal in the first keys and beyond in the next, for any mix of directions.

    That the first key is not before its mark follows from the rest; said alone, it lets an index begin there.
    """
    first, mark = keys[0], marks[0]
    begins: ColumnElement[bool] = first.column <= mark if first.descending else first.column >= mark
    return begins & or_(
        *(
            and_(
                *(key.column == mark for key, mark in zip(keys[:index], marks, strict=False)),
                keys[index].beyond(marks[index]),
            )
            for index in range(len(keys))
        )
    )


def _encode(marks: list[Any]) -> str:
    return base64.urlsafe_b64encode(values.encode(marks).encode()).decode().rstrip("=")


def _decode(text: str, keys: Sequence[Key]) -> list[Any]:
    return _marks(text, [key.python_type for key in keys])


def _marks(text: str, kinds: Sequence[type]) -> list[Any]:
    try:
        marks = values.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    except (ValueError, binascii.Error, RecursionError):
        marks = None
    if not isinstance(marks, list) or len(marks) != len(kinds):
        raise Invalid("This page does not exist.", fix="Start from the first page.")
    if not all(isinstance(mark, kind) and _comparable(mark) for mark, kind in zip(marks, kinds, strict=True)):
        raise Invalid("This page does not exist.", fix="Start from the first page.")
    return marks


def _comparable(mark: Any) -> bool:
    """That a database takes it: none of our rows has a number, or a text, that it would not."""
    if isinstance(mark, int):
        return abs(mark) < 2**63
    return not isinstance(mark, str) or re.search("[\0\ud800-\udfff]", mark) is None
