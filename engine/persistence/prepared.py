"""Statements that every step runs: compiled once, then handed to the database's driver as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Table, Update, bindparam, insert

Convert = Callable[[Any], Any]


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


class _Compiled:
    """The text for one kind of database, and what turns values into what its driver takes and back."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> None:
        kind: Callable[..., Dialect] = type(dialect)
        named = kind(paramstyle="named" if dialect.name == "sqlite" else "pyformat")
        compiled: Any = statement.compile(dialect=named)
        self.text: str = str(compiled)
        self._to_driver: list[tuple[str, Convert | None]] = []
        self._fixed: dict[str, Any] = {}
        for name, bind in compiled.binds.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                self._to_driver.append((name, convert))
            else:
                self._fixed[name] = convert(bind.value) if convert else bind.value
        self._from_driver: list[Convert | None] = []
        if isinstance(statement, Select):
            columns = statement.selected_columns
            self._from_driver = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._plain = not any(self._from_driver)

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **self._fixed,
            **{name: convert(values[name]) if convert else values[name] for name, convert in self._to_driver},
        }

    def read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        if self._plain:
            return row
        return tuple(
            convert(value) if convert else value for convert, value in zip(self._from_driver, row, strict=True)
        )


def insertion(table: Table, names: Iterable[str]) -> Prepared:
    """INSERT a row of these columns."""
    return Prepared(insert(table).values({name: bindparam(name) for name in names}))


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()
