"""One instance as one JSON document: its definitions with their files, its state, its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from engine import values
from engine.errors import Invalid
from engine.persistence.transfer import Rows, Transfer

FORMAT = "procession-instance"
VERSION = 1
MAX_BYTES = 1_000_000_000


class Transaction(Protocol):
    """The part of a unit of work that this takes."""

    @property
    def transfer(self) -> Transfer: ...


def export_instance(transaction: Transaction, root_id: str) -> str:
    """The document. The instance stays where it is and goes on; cancel it there if it is to go on elsewhere only."""
    rows = transaction.transfer.read(root_id)
    for job in rows["ru_job"]:
        # A lease binds a runner of this installation, not one of the next.
        job["lease_owner"] = job["lease_until"] = None
    return values.encode({"format": FORMAT, "version": VERSION, "root": root_id, "rows": rows}, max_bytes=MAX_BYTES)


def import_instance(transaction: Transaction, text: str) -> str:
    """Take an instance in as a document says; its id. Raises Invalid, or Conflict if it is here already."""
    document = _read(text)
    root_id = document.get("root")
    if not isinstance(root_id, str):
        raise Invalid("The document does not say which instance it is of.")
    transaction.transfer.write(root_id, _rows(document.get("rows")))
    return root_id


def _read(text: str) -> Mapping[str, Any]:
    try:
        document = values.decode(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("This is not a document of an instance: it is not JSON.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Invalid("This is not a document of an instance.")
    if document.get("version") != VERSION:
        raise Invalid(f"The document is of version {document.get('version')}; version {VERSION} can be read here.")
    return document


def _rows(rows: Any) -> Rows:
    if not isinstance(rows, dict):
        raise Invalid("The document is damaged.")
    for name, each in rows.items():
        if not isinstance(name, str) or not isinstance(each, list) or not all(isinstance(row, dict) for row in each):
            raise Invalid("The document is damaged.")
    return rows
