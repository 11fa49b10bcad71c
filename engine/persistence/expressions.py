"""Expressions that are indexed: the same object makes the index and the condition, so that the one fits the other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from engine.persistence.types import Moment

BEGINNING = 60


class Beginning(FunctionElement[str]):
    """How a text begins, in small letters, and in an order in which what begins alike stands together."""

    name = "beginning"
    type = Text()
    inherit_cache = True


class Dated(FunctionElement[Any]):
    """A date, or one after all others where there is none: so what has no date comes last."""

    name = "dated"
    type = Moment()
    inherit_cache = True


@compiles(Beginning)
def _beginning(element: Beginning, compiler: SQLCompiler, **kw: Any) -> str:
    return f"lower(substr({_inside(element, compiler, kw)}, 1, {BEGINNING}))"


@compiles(Beginning, "postgresql")
def _beginning_by_bytes(element: Beginning, compiler: SQLCompiler, **kw: Any) -> str:
    return f'(lower(substr({_inside(element, compiler, kw)}, 1, {BEGINNING})) COLLATE "C")'


@compiles(Dated)
def _dated(element: Dated, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce({_inside(element, compiler, kw)}, '9999-12-31T00:00:00.000000Z')"


@compiles(Dated, "postgresql")
def _dated_with_zone(element: Dated, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce({_inside(element, compiler, kw)}, '9999-12-31 00:00:00+00'::timestamptz)"


def _inside(element: ColumnElement[Any], compiler: SQLCompiler, kw: dict[str, Any]) -> str:
    (column,) = element.clauses
    return str(compiler.process(column, **kw))
