"""Every write of the API, sent as the document shows it: it is done, and under a key it is done once."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from world import World
from writes import PLACES, Place, other_than

SECRETS = ("secret", "token", "password")
KEEPS_KEY = {"$ref": "#/components/parameters/Idempotency-Key"}
METHODS = ("get", "post", "put", "patch", "delete")


def writes(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path.removeprefix("/api/v1"), operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS and KEEPS_KEY in operation["parameters"]
    ]


class Write:
    """One write, at one place, with what the document shows."""

    def __init__(self, world: World, method: str, path: str, operation: dict[str, Any], purchase: bytes) -> None:
        self.world, self.method, self.path = world, method, path
        self.id = operation["operationId"]
        self.place: Place = PLACES[self.id](world)
        content = operation.get("requestBody", {}).get("content", {})
        self.form = dict(content.get("multipart/form-data", {}).get("example", {}))
        self.files = (self.form.pop("files"), purchase)[1] if self.form else None
        self.body = content.get("application/json", {}).get("example")
        if self.id == "instance_data_take_in":
            self.body = self.from_elsewhere()

    def from_elsewhere(self) -> Any:
        """An instance as another installation would hand it over: of another id."""
        id = self.world.instance()
        text = self.world.otto.get(f"/instances/{id}/document").get_data(as_text=True)
        return json.loads(text.replace(id, f"{id[:-4]}beef"))

    def send(self, key: str, body: Any = None, place: Place | None = None) -> Any:
        where = re.sub(r"{(\w+)}", lambda found: (place or self.place)[found[1]], self.path)
        if self.files is not None:
            files = [(io.BytesIO(self.files), "sent.bpmn")]
            return self.world.send(self.method, where, {**self.form, **(body or {})}, files, Idempotency_Key=key)
        return self.world.send(self.method, where, self.body if body is None else body, Idempotency_Key=key)

    def send_something_else(self, key: str) -> Any:
        if self.files is not None:
            return self.send(key, {"name": "another"} if "name" in self.form else {}, PLACES[self.id](self.world))
        if self.body is None:
            return self.send(key, place=PLACES[self.id](self.world))
        return self.send(key, other_than(self.id, self.body))


@pytest.fixture
def contents(engine):
    """All rows of all tables but the kept answers."""

    def read() -> dict[str, list[Any]]:
        with engine.database.reading() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            return {
                name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))
                for name in names
                if name != "ru_idempotency"
            }

    return read


def told(response: Any) -> tuple[int, Any, str | None]:
    said = response.get_json(silent=True)
    if isinstance(said, dict):
        said = {name: value for name, value in said.items() if name not in SECRETS}
    return response.status_code, said, response.headers.get("Location")


def test_each_is_done_once_under_its_key_and_answered_alike(app, world, purchase, contents):
    document, walked = app.extensions["procession-openapi"], set()
    for method, path, operation in writes(document):
        write = Write(world, method, path, operation, purchase)
        first = write.send(write.id)
        assert first.status_code in (200, 201, 204), (write.id, first.get_data(as_text=True))
        done = contents()
        second = write.send(write.id)
        assert told(second) == told(first), write.id
        assert contents() == done, write.id
        again = second.get_json(silent=True) or {}
        assert not any(again.get(name) for name in SECRETS), write.id
        refused = write.send_something_else(write.id)
        fix = (refused.get_json(silent=True) or {}).get("fix")
        assert (refused.status_code, fix) == (422, "Use a new key for each request."), (write.id, fix)
        walked.add(write.id)
    assert walked == set(PLACES)


def test_without_a_key_it_is_done_each_time(world):
    assert world.otto.ok(world.otto.post("/users", {"id": "nina"}), 201) == {"id": "nina"}
    assert world.otto.post("/users", {"id": "nina"}).status_code == 409
