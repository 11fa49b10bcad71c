"""Frozen rows of the tables, and how one is read: the columns in the order of the dataclass's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, Table, select


def read(table: Table, row_class: type[Any]) -> Select[Any]:
    """SELECT the columns that `row_class` has fields for, in that order, so that `row_class(*row)` builds it."""
    return select(*(table.c[field.name] for field in fields(row_class)))


def as_columns(row: Any) -> dict[str, Any]:
    """The values of a row by column."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def refuse_unknown(table: Table, changes: Mapping[str, Any]) -> None:
    """A misspelled column is a mistake in the program, and is said before the database sees it."""
    unknown = changes.keys() - table.c.keys()
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}.")
