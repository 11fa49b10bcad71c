"""Compiled definitions are kept and shared, and found as call activities name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from engine.errors import Conflict, NotFound
from engine.persistence import Database
from engine.persistence.bindings import Bindings
from engine.persistence.definitions import Definitions, ProcessDefinition
from engine.persistence.deployments import Deployment, Deployments, Resource
from engine.persistence.library import Library, Specs
from engine.services.binding import Binding

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Compiler:
    """Notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, str, dict[str, Binding]]] = []

    def __call__(self, content: bytes, definition: ProcessDefinition, bindings: Mapping[str, Binding]) -> Any:
        self.asked.append((content, definition.id, dict(bindings)))
        return object()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """Two deployments of `pay` and, in the first of them, `order` that calls it."""
    with database.writing() as opened:
        definitions = Definitions(opened)
        for number, tag in ((1, "old"), (2, "new")):
            deployment = f"d{number}"
            content = Resource.of(deployment, "f", f"file {number}".encode())
            Deployments(opened).add(Deployment(deployment, deployment, None, NOW, None), [content])
            where = (deployment, "f", "pay", False, "bpmn")
            definitions.add(ProcessDefinition(f"pay-{number}", "pay", number, tag, None, *where), [])
        definitions.add(ProcessDefinition("order-1", "order", 1, None, None, "d1", "f", "order", False, "bpmn"), [])
        yield opened


@pytest.fixture
def compiler() -> Compiler:
    return Compiler()


def opened(specs: Specs, connection: Connection) -> Library:
    library = Library(specs)
    library.open(connection, Bindings(connection).revision())
    return library


def test_a_definition_is_compiled_once_for_all(connection: Connection, compiler: Compiler) -> None:
    specs = Specs(compiler, 10)
    first, second = opened(specs, connection), opened(specs, connection)
    assert first.spec("pay-1") is second.spec("pay-1")
    assert compiler.asked == [(b"file 1", "pay-1", {})]


def test_a_change_of_bindings_compiles_anew(connection: Connection, compiler: Compiler) -> None:
    specs = Specs(compiler, 10)
    before = opened(specs, connection).spec("pay-1")
    Bindings(connection).put("pay", "bank", Binding("person", "office"), NOW, None)
    assert opened(specs, connection).spec("pay-1") is not before
    assert compiler.asked[1][2] == {"bank": Binding("person", "office")}


def test_those_used_last_are_kept(connection: Connection, compiler: Compiler) -> None:
    library = opened(Specs(compiler, 2), connection)
    for id in ("pay-1", "pay-2", "pay-1", "order-1", "pay-1", "pay-2"):
        library.spec(id)
    assert [id for _, id, _ in compiler.asked] == ["pay-1", "pay-2", "order-1", "pay-2"]


@pytest.mark.parametrize(
    ("binding", "version", "found"),
    [
        ("latest", None, "pay-2"),
        ("deployment", None, "pay-1"),
        ("version", "1", "pay-1"),
        ("versionTag", "new", "pay-2"),
    ],
)
def test_a_call_finds_what_it_names(
    connection: Connection, compiler: Compiler, binding: str, version: str | None, found: str
) -> None:
    library = opened(Specs(compiler, 2), connection)
    assert library.called("pay", binding, version, "order-1") == found


@pytest.mark.parametrize("dialect", ["camunda7", "zeebe"])
def test_a_tag_of_two_versions_is_the_newest_s_but_nobody_s_in_camunda_7(
    connection: Connection, compiler: Compiler, dialect: str
) -> None:
    definitions = Definitions(connection)
    where = ("d1", "f", "ship", False, dialect)
    for number in (1, 2):
        definitions.add(ProcessDefinition(f"ship-{number}", "ship", number, "spring", None, *where), [])
    library = opened(Specs(compiler, 2), connection)
    if dialect == "camunda7":
        with pytest.raises(Conflict, match="2 versions of ship carry the tag 'spring'"):
            library.called("ship", "versionTag", "spring", "ship-1")
    else:
        assert library.called("ship", "versionTag", "spring", "ship-1") == "ship-2"


@pytest.mark.parametrize(
    ("key", "binding", "version"),
    [("ship", "latest", None), ("pay", "version", "9"), ("pay", "version", "x"), ("pay", "versionTag", None)],
)
def test_a_call_of_nothing_says_so(
    connection: Connection, compiler: Compiler, key: str, binding: str, version: str | None
) -> None:
    with pytest.raises(NotFound, match=key):
        opened(Specs(compiler, 2), connection).called(key, binding, version, "order-1")


def test_an_unknown_definition_is_not_found(connection: Connection, compiler: Compiler) -> None:
    with pytest.raises(NotFound):
        opened(Specs(compiler, 2), connection).spec("gone")


def test_a_library_outside_a_command_is_closed(connection: Connection, compiler: Compiler) -> None:
    library = opened(Specs(compiler, 2), connection)
    library.close()
    with pytest.raises(RuntimeError):
        library.spec("pay-1")
