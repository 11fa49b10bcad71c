"""All rows that make up one root, with the definitions it runs, to be taken from one database to another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.exc import StatementError

from engine.errors import Conflict, Invalid, NotFound
from engine.persistence import tables

Rows = dict[str, list[dict[str, Any]]]

# In the order in which they refer to each other.
_of_definitions = (tables.deployment, tables.resource, tables.process_definition, tables.start_event, tables.binding)
_of_root = (
    tables.process_instance,
    tables.scope,
    tables.variable,
    tables.node,
    tables.user_task,
    tables.task_candidate,
    tables.job,
    tables.event_subscription,
    tables.incident,
    tables.event,
    tables.comment,
    tables.mention,
    tables.attachment,
)


class Transfer:
    """Rows by table name, each row by column. Reading takes the root as it stands in this transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, root_id: str) -> Rows:
        """Every row of the root, and of the definitions, files and bindings its instances run by. Raises NotFound."""
        tasks = select(tables.user_task.c.id).where(tables.user_task.c.root_id == root_id)
        rows: Rows = {}
        for table in _of_root:
            candidates = table is tables.task_candidate
            rows[table.name] = self._rows(
                table, table.c.task_id.in_(tasks) if candidates else table.c.root_id == root_id
            )
        if not any(row["id"] == root_id for row in rows[tables.process_instance.name]):
            raise NotFound("There is no such instance.")
        used = {row["definition_id"] for row in rows[tables.process_instance.name]}
        return self._definitions(used) | rows

    def write(self, root_id: str, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Write what `read` gave. Definitions that are here already are kept; those that are new are no latest version.

        Raises Conflict if the root is here already, Invalid if the rows do not fit.
        """
        _check(root_id, rows)
        instance = tables.process_instance
        if self._connection.scalar(select(instance.c.id).where(instance.c.id == root_id)) is not None:
            raise Conflict("This instance is here already.")
        try:
            self._write_definitions(rows)
            for table in _of_root:
                self._insert(table, rows.get(table.name, []))
        except StatementError as error:
            raise Invalid(f"The document does not fit: {error.orig}") from error

    def _definitions(self, ids: Iterable[str]) -> Rows:
        definition, resource = tables.process_definition, tables.resource
        definitions = self._rows(definition, definition.c.id.in_(ids))
        deployments = {row["deployment_id"] for row in definitions}
        files = {(row["deployment_id"], row["resource"]) for row in definitions}
        resources = self._rows(resource, resource.c.deployment_id.in_(deployments))
        return {
            tables.deployment.name: self._rows(tables.deployment, tables.deployment.c.id.in_(deployments)),
            resource.name: [row for row in resources if (row["deployment_id"], row["name"]) in files],
            definition.name: definitions,
            tables.start_event.name: self._rows(tables.start_event, tables.start_event.c.definition_id.in_(ids)),
            tables.binding.name: self._rows(
                tables.binding, tables.binding.c.key.in_({row["key"] for row in definitions})
            ),
        }

    def _write_definitions(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        versions = tables.process_definition.c.version
        for row in self._missing(tables.process_definition, rows):
            of_key = tables.process_definition.c.key == row["key"]
            if self._connection.scalar(select(versions).where(of_key, versions == row["version"])) is not None:
                row["version"] = (self._connection.scalar(select(func.max(versions)).where(of_key)) or 0) + 1
            row["latest"] = False
        for table in _of_definitions:
            self._insert(table, self._missing(table, rows))
        counted = update(tables.revision).where(tables.revision.c.name == "bindings")
        self._connection.execute(counted.values(number=tables.revision.c.number + 1))

    def _missing(self, table: Table, rows: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """The rows whose key is not here yet."""
        found = []
        for row in rows.get(table.name, []):
            key = [column == row[column.name] for column in table.primary_key.columns]
            if self._connection.execute(select(*table.primary_key.columns).where(*key)).first() is None:
                found.append(row)
        return found

    def _rows(self, table: Table, where: Any) -> list[dict[str, Any]]:
        found = self._connection.execute(select(table).where(where).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            complete = [{column.name: row.get(column.name) for column in table.columns} for row in rows]
            self._connection.execute(insert(table), complete)


def _check(root_id: str, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """The document comes from outside: it may name what is of this root, and nothing else."""
    known = {table.name: table for table in (*_of_definitions, *_of_root)}
    for name, table_rows in rows.items():
        if name not in known:
            raise Invalid(f"The document has rows of {name}, which no instance has.")
        for row in table_rows:
            unknown = row.keys() - known[name].c.keys()
            missing = [each.name for each in known[name].primary_key.columns if each.name not in row]
            if unknown or missing:
                raise Invalid(f"The document's {name} does not fit: {', '.join([*sorted(unknown), *missing])}.")
            if row.get("root_id", root_id) != root_id:
                raise Invalid("The document has rows of another instance.")
    for row in rows.get(tables.resource.name, []):
        if hashlib.sha256(row.get("content") or b"").hexdigest() != row.get("sha256"):
            raise Invalid(f"The file {row['name']} in the document is not what was deployed.")
