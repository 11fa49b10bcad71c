"""An instance as one document: taken out here, put in there, and refused where it does not fit."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from engine import values
from engine.errors import Conflict, Invalid, NotFound
from engine.history.document import export_instance, import_instance
from engine.persistence import Database, migrate, roots, tables
from engine.persistence.bindings import Bindings
from engine.persistence.definitions import Definitions
from engine.persistence.deployments import Resource
from engine.persistence.transfer import Transfer
from engine.services.binding import Binding

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENT = b"\xff\xfe any bytes"


class Transaction:
    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.transfer = Transfer(connection)


@contextmanager
def writing(database: Database) -> Iterator[Transaction]:
    with database.writing() as connection:
        yield Transaction(connection)
        connection.commit()


@pytest.fixture
def document(database: Database, definition_id: str, imaginary_root: type) -> str:
    """Of an instance in the middle of everything, with a binding and a job that a runner has."""
    chance = random.Random(3)
    root = imaginary_root.new("root", None, NOW, "ada")
    root.start(definition_id, business_key="Größe")
    for _ in range(80):
        root.move(chance)
    with writing(database) as at:
        resource = Resource.of("d", "orders.bpmn", CONTENT)
        fields = {name: getattr(resource, name) for name in Resource.__slots__}
        at.connection.execute(insert(tables.resource), fields)
        Bindings(at.connection).put("orders", "pay", Binding("person", "office"), NOW, "ada")
        roots.save(at.connection, root.step(), 0, is_new=True)
        at.connection.execute(tables.job.update().values(lease_owner="me", lease_until=NOW))
        return export_instance(at, "root")


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another database, of either kind."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
        migrate(opened)
        yield opened
        opened.close()
        return
    server = request.getfixturevalue("postgresql")
    with server.migrated() as url:
        opened = Database(url, connections=2)
        yield opened
        opened.close()


def rows(database: Database) -> dict[str, Any]:
    with writing(database) as at:
        return at.transfer.read("root")


def test_all_rows_arrive(database: Database, document: str, elsewhere: Database) -> None:
    with writing(elsewhere) as at:
        assert import_instance(at, document) == "root"
    here, there = rows(database), rows(elsewhere)
    assert [job.pop("lease_owner") for job in here["ru_job"]] == ["me"] * len(here["ru_job"]) != []
    for job in [*here["ru_job"], *there["ru_job"]]:
        job.pop("lease_owner", None)
        job.pop("lease_until")
    assert [row.pop("latest") for row in there["re_process_definition"]] == [False]
    assert [row.pop("latest") for row in here["re_process_definition"]] == [True]
    assert there == here
    assert there["re_resource"][0]["content"] == CONTENT
    assert len(there["hi_event"]) > 50


def test_an_imported_definition_starts_nothing(document: str, elsewhere: Database) -> None:
    with writing(elsewhere) as at:
        import_instance(at, document)
        assert Definitions(at.connection).latest("orders") is None


def test_what_is_there_already_is_kept(document: str, elsewhere: Database) -> None:
    with writing(elsewhere) as at:
        Bindings(at.connection).put("orders", "pay", Binding("person", "boss"), NOW, "bob")
        row = {"id": "other", "name": "Orders", "deployed_at": NOW}
        at.connection.execute(insert(tables.deployment), row)
        own = {"key": "orders", "version": 1, "resource": "f", "process_id": "orders", "guided": True}
        own |= {"id": "own", "deployment_id": "other", "dialect": "bpmn", "latest": True, "state": "active"}
        at.connection.execute(insert(tables.process_definition), own)
        import_instance(at, document)
        assert Bindings(at.connection).of("orders") == {"pay": Binding("person", "boss")}
        definitions = Definitions(at.connection)
        assert definitions.latest("orders").id == "own"
        assert definitions.get("orders-1").version == 2


def test_twice_is_a_conflict(database: Database, document: str) -> None:
    with pytest.raises(Conflict), writing(database) as at:
        import_instance(at, document)


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound), writing(database) as at:
        export_instance(at, "gone")


def changed(document: str, **changes: Any) -> str:
    return values.encode(values.decode(document) | changes, max_bytes=10**8)


def with_rows(document: str, table: str, **changes: Any) -> str:
    whole = values.decode(document)
    whole["rows"][table] = [row | changes for row in whole["rows"][table]]
    return values.encode(whole, max_bytes=10**8)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda document: "no JSON", "not JSON"),
        (lambda document: "[]", "not a document"),
        (lambda document: json.dumps({"format": "other"}), "not a document"),
        (lambda document: changed(document, version=99), "version 99"),
        (lambda document: changed(document, root=7), "which instance"),
        (lambda document: changed(document, rows=[]), "damaged"),
        (lambda document: changed(document, rows={"ru_job": [7]}), "damaged"),
        (lambda document: changed(document, rows={"id_user": [{"id": "eve"}]}), "no instance has"),
        (lambda document: with_rows(document, "ru_node", root_id="another"), "another instance"),
        (lambda document: with_rows(document, "hi_event", surprise=1), "surprise"),
        (lambda document: with_rows(document, "re_resource", content=b"forged"), "not what was deployed"),
        (lambda document: with_rows(document, "hi_event", at="yesterday"), "does not fit"),
        (lambda document: with_rows(document, "ru_process_instance", key=None), "does not fit"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    document: str, elsewhere: Database, spoil: Any, said: str
) -> None:
    with pytest.raises(Invalid, match=said), writing(elsewhere) as at:
        import_instance(at, spoil(document))
    with elsewhere.reading() as connection:
        assert connection.execute(select(tables.process_instance)).all() == []
        assert connection.execute(select(tables.deployment)).all() == []
