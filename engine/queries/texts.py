"""What lists find by texts and values. A condition says just what an index has, or no database sees that it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal_column, or_, select

from engine import values
from engine.persistence.expressions import BEGINNING, Beginning
from engine.persistence.tables import process_instance, variable
from engine.queries.visibility import few

LAST = "\U0010ffff"


def reference(table: FromClause) -> ColumnElement[str]:
    """The business key, empty where there is none."""
    return func.coalesce(table.c.business_key, literal_column("''", process_instance.c.key.type))


def has_key(table: FromClause, text: str) -> ColumnElement[bool]:
    """Instances with just this business key."""
    key = table.c.business_key
    return and_(key.is_not(None), Beginning(key) == func.lower(text[:BEGINNING]), _exactly(key) == text)


def key_begins(table: FromClause, text: str) -> ColumnElement[bool]:
    """Instances whose business key begins so, in capitals or not."""
    begun = func.lower(text[:BEGINNING])
    column = Beginning(table.c.business_key)
    return and_(table.c.business_key.is_not(None), column >= begun, column < begun.concat(LAST))


def called(connection: Connection, column: ColumnElement[str], table: FromClause, text: str) -> list[str] | None:
    """`column` of the instances whose business key begins so; where none does, of those that have it somewhere.

    None where these are many. What a person types is the beginning most of the time, and an index has that.
    """
    found = few(connection, select(column).where(key_begins(table, text)))
    if found == []:
        found = few(connection, select(column).where(reference(table).icontains(text, autoescape=True)))
    return found


def begins(text: str) -> ColumnElement[bool]:
    """Variables whose value, as a text or as a number, begins with this text, in capitals or not."""
    column = Beginning(variable.c.value)
    # A variable's text is searched as it is stored, between quotes.
    stored = [values.encode(text)[:-1], text]
    begun = [func.lower(each[:BEGINNING]) for each in stored]
    return or_(*(and_(column >= each, column < each.concat(LAST)) for each in begun))


def contains(text: str) -> ColumnElement[bool]:
    """Variables whose value has this text somewhere."""
    condition: ColumnElement[bool] = variable.c.value.icontains(values.encode(text)[1:-1], autoescape=True)
    return condition


def holding(name: str, texts: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Variables of that name with one of these values, as they are stored."""
    return variable.c.name == name, valued(texts)


def valued(texts: Sequence[str]) -> ColumnElement[bool]:
    """Variables with one of these values, as they are stored."""
    column = Beginning(variable.c.value)
    exactly = _exactly(variable.c.value)
    return or_(*(and_(column == func.lower(each[:BEGINNING]), exactly == each) for each in texts))


def written_as(text: str) -> list[str]:
    """How variables are stored that a person would write as this text."""
    meant: list[Any] = [text]
    words = {"yes": True, "true": True, "no": False, "false": False}
    if text.lower() in words:
        meant.append(words[text.lower()])
    for number in (int, float):
        try:
            meant.append(number(text))
        except ValueError:
            continue
    return [values.encode(each) for each in meant]


def _exactly(column: ColumnElement[str]) -> ColumnElement[str]:
    """Compared as it is, SQLite would put the constant in the column's place in the expression, and miss the index."""
    return column.concat(literal_column("''"))


def roots_holding(name: str, texts: Sequence[str]) -> Select[Any]:
    return select(variable.c.root_id).where(*holding(name, texts))
