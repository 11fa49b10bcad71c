"""Compiled process definitions as running instances find them: read from the repository once, then shared by all."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from engine.errors import Conflict, NotFound
from engine.persistence.bindings import Bindings
from engine.persistence.definitions import Definitions, ProcessDefinition
from engine.persistence.deployments import Deployments
from engine.services.binding import Binding
from engine.spiff.process_spec import ProcessSpec

Compile = Callable[[bytes, ProcessDefinition, Mapping[str, Binding]], ProcessSpec]


class Specs:
    """The compiled definitions that one server keeps, those used last; none outlives a change of bindings."""

    def __init__(self, compile: Compile, size: int) -> None:
        self._compile = compile
        self._size = size
        self._kept: OrderedDict[tuple[str, int], ProcessSpec] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, definition_id: str, bindings: int, connection: Connection) -> ProcessSpec:
        """The spec of a definition under this revision of the bindings. Raises NotFound."""
        key = (definition_id, bindings)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        spec = self._read(definition_id, connection)
        with self._lock:
            # Of two threads that compiled it at once the first one's is used: an instance compares specs by identity.
            spec = self._kept.setdefault(key, spec)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return spec

    def _read(self, definition_id: str, connection: Connection) -> ProcessSpec:
        definition = Definitions(connection).get(definition_id)
        if definition is None:
            raise NotFound(f"There is no process definition {definition_id}.")
        resource = Deployments(connection).resource(definition.deployment_id, definition.resource)
        if resource is None:
            raise NotFound(f"The file {definition.resource} of {definition.key} is gone.")
        return self._compile(resource.content, definition, Bindings(connection).of(definition.key))


class Library:
    """What one root sees of the repository. It is handed the connection of each command that the root takes part in."""

    def __init__(self, specs: Specs) -> None:
        self._specs = specs
        self._connection: Connection | None = None
        self._bindings = 0

    def open(self, connection: Connection, bindings: int) -> None:
        self._connection = connection
        self._bindings = bindings

    def close(self) -> None:
        """Let go of the connection: a root that waits in memory holds none."""
        self._connection = None

    def spec(self, definition_id: str) -> ProcessSpec:
        """The compiled process of a definition. Raises NotFound."""
        return self._specs.find(definition_id, self._bindings, self._open())

    def called(self, key: str, binding: str, version: str | None, caller_id: str) -> str:
        """The definition that a call activity of the definition `caller_id` means. Raises NotFound, Conflict.

        `binding`: `latest`, `deployment` (of the caller), `version` (a number) or `versionTag`.
        """
        definitions = Definitions(self._open())
        found: ProcessDefinition | None
        match binding:
            case "deployment":
                caller = definitions.get(caller_id)
                found = definitions.in_deployment(key, caller.deployment_id) if caller else None
            case "version":
                found = definitions.version(key, int(version)) if version and version.isdecimal() else None
            case "versionTag":
                found = _tagged(definitions.tagged(key, version or ""), definitions.get(caller_id))
            case _:
                found = definitions.latest(key)
        if found is None:
            which = f" ({binding} {version or ''})".replace(" )", ")") if binding != "latest" else ""
            raise NotFound(f"The called process {key}{which} is not deployed.", fix="Deploy it, then retry.")
        return found.id

    def resource(self, definition_id: str, name: str) -> str | None:
        """The text of a file that was deployed with the definition; None if there is none of that name."""
        connection = self._open()
        definition = Definitions(connection).get(definition_id)
        found = Deployments(connection).resource(definition.deployment_id, name) if definition is not None else None
        return found.content.decode("utf-8", "replace") if found is not None else None

    def _open(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("A library is read within a command only.")
        return self._connection


def _tagged(tagged: list[ProcessDefinition], caller: ProcessDefinition | None) -> ProcessDefinition | None:
    """The newest that carries the tag; Camunda 7 calls none where several do."""
    if len(tagged) > 1 and caller is not None and caller.dialect == "camunda7":
        raise Conflict(
            f"{len(tagged)} versions of {tagged[0].key} carry the tag {tagged[0].version_tag!r}.",
            fix="Delete all of them but one, or give each version a tag of its own.",
        )
    return tagged[0] if tagged else None
