"""Statements that every step runs: compiled once, then handed to the database's driver as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from psycopg import RawCursor
from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Table, Update, bindparam, insert

Convert = Callable[[Any], Any]
SIZES = (32, 16, 8, 4, 2, 1)


class Prepared:
    """A statement whose values are all bindparams, by whose names they are given.

    What SQLAlchemy does for each execution (cache key, contexts, result objects) costs several times what the driver
    needs, and a step has a dozen statements. So it is left out here: the text is SQLAlchemy's, the types convert as
    they do there, the transaction is the connection's.
    """

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, /, **values: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        compiled = self._for(connection)
        cursor = _cursor(connection)
        cursor.execute(compiled.text, compiled.bound(values))
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else compiled.read(row)

    def fetch(self, connection: Connection, /, **values: Any) -> list[tuple[Any, ...]]:
        """All rows."""
        compiled = self._for(connection)
        cursor = _cursor(connection)
        cursor.execute(compiled.text, compiled.bound(values))
        rows = [compiled.read(row) for row in cursor.fetchall()]
        cursor.close()
        return rows

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write: once for each of the rows. Nothing at all where there is none."""
        if not rows:
            return
        compiled = self._for(connection)
        cursor = _cursor(connection)
        if len(rows) == 1:
            cursor.execute(compiled.text, compiled.bound(rows[0]))
        else:
            cursor.executemany(compiled.text, [compiled.bound(row) for row in rows])
        cursor.close()

    def _for(self, connection: Connection) -> _Compiled:
        name = connection.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _Compiled(self._statement, connection.dialect)
        return compiled


Question = tuple[Prepared, dict[str, Any]]
"""A statement and the values to ask it with."""


def together(connection: Connection, *questions: Question) -> list[tuple[Any, ...] | None]:
    """The first row of each, asked one after the other in one message where the database is another process.

    Each sees what is committed when its turn comes: after one that waited for a lock, what its holder did.
    """
    if connection.dialect.name == "sqlite":
        return [statement.first(connection, **values) for statement, values in questions]
    driver: Any = connection.connection.driver_connection
    asked = []
    with driver.pipeline():
        for statement, values in questions:
            compiled, cursor = statement._for(connection), _cursor(connection)
            cursor.execute(compiled.text, compiled.bound(values))
            asked.append((compiled, cursor))
    rows = ((compiled, cursor.fetchone()) for compiled, cursor in asked)
    return [None if row is None else compiled.read(row) for compiled, row in rows]


class _Compiled:
    """The text for one kind of database, and what turns values into what its driver takes and back."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> None:
        kind: Callable[..., Dialect] = type(dialect)
        numbered = kind(paramstyle="qmark" if dialect.name == "sqlite" else "numeric_dollar")
        compiled: Any = statement.compile(dialect=numbered)
        self.text: str = str(compiled)
        self._to_driver: list[tuple[str, Convert | None]] = []
        self._fixed: dict[str, Any] = {}
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if not bind.required:
                self._fixed[name] = convert(bind.value) if convert else bind.value
            self._to_driver.append((name, convert if bind.required else None))
        self._from_driver: list[Convert | None] = []
        if isinstance(statement, Select):
            columns = statement.selected_columns
            self._from_driver = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._plain = not any(self._from_driver)

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        if self._fixed:
            values = {**values, **self._fixed}
        return [convert(values[name]) if convert else values[name] for name, convert in self._to_driver]

    def read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        if self._plain:
            return row
        return tuple(
            convert(value) if convert else value for convert, value in zip(self._from_driver, row, strict=True)
        )


class Insertion:
    """INSERT rows of these columns.

    Where each statement is a message to another process, several rows go in one; always so many that the server has
    seen such a statement before.
    """

    def __init__(self, table: Table, names: Iterable[str]) -> None:
        names = tuple(names)
        self._named = [[(name, f"{name}_{index}" if index else name) for name in names] for index in range(SIZES[0])]
        self._of_size = {size: Prepared(insert(table).values(self._rows(table, size))) for size in SIZES}

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        if connection.dialect.name == "sqlite":
            self._of_size[1].run(connection, rows)
            return
        begin = 0
        while begin < len(rows):
            size = next(size for size in SIZES if size <= len(rows) - begin)
            several = zip(self._named, rows[begin : begin + size], strict=False)
            values = {given: row[name] for names, row in several for name, given in names}
            self._of_size[size].run(connection, [values])
            begin += size

    def _rows(self, table: Table, size: int) -> list[dict[str, Any]]:
        return [
            {name: bindparam(given, type_=table.c[name].type) for name, given in names} for names in self._named[:size]
        ]


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    # Where the driver has its own way to mark values, one that takes the server's spares it to read each statement.
    return driver.cursor() if connection.dialect.name == "sqlite" else RawCursor(driver)
