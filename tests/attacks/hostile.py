"""The hostile inputs, and what meets them: the product, people who sign in, and traps that must stay shut."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.commands import Deploy, StartProcess
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import IncidentList, InstanceDetail

FOLDER = Path(__file__).parents[3] / "shared" / "attacks"
MANIFEST: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text()) if FOLDER.is_dir() else []
PASSWORD = "long enough"


def attacks(choose: Callable[[dict[str, Any]], bool]) -> pytest.MarkDecorator:
    """One test for each input that is chosen; none, and said so, where the collection is not here."""
    chosen = [pytest.param(each, id=each["name"]) for each in MANIFEST if choose(each)]
    reason = "the collection of hostile inputs is not here"
    return pytest.mark.parametrize("attack", chosen or [pytest.param(None, marks=pytest.mark.skip(reason=reason))])


def of_kind(kind: str, *verdicts: str) -> pytest.MarkDecorator:
    return attacks(lambda attack: attack["kind"] == kind and (not verdicts or attack["verdict"] in verdicts))


def named(*names: str) -> pytest.MarkDecorator:
    return attacks(lambda attack: attack["name"] in names)


def content_of(attack: dict[str, Any]) -> bytes:
    return (FOLDER / attack["file"]).read_bytes()


class Visitor:
    """A browser without scripts. `send` takes the hidden fields of the page that was looked at last."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""

    def sign_in(self, user: str, password: str = PASSWORD) -> TestResponse:
        self.see("/sign-in")
        return self.send("/sign-in", user=user, password=password)

    def see(self, path: str) -> str:
        response = self.client.get(path)
        assert response.status_code == 200, (response.status_code, path)
        self.page = response.get_data(as_text=True)
        return self.page

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found.group(1)) if found else ""

    def send(self, path: str, **fields: Any) -> TestResponse:
        data = {"csrf": self.hidden("csrf"), "once": self.hidden("once"), **fields}
        return self.client.post(path, data=data, content_type="multipart/form-data")

    def try_to_upload(self, name: str, content: bytes) -> TestResponse:
        self.see("/import")
        return self.send("/import", file=(io.BytesIO(content), name))

    def upload(self, name: str, content: bytes) -> str:
        """The address of the verdict."""
        response = self.try_to_upload(name, content)
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.headers["Location"]


class Product:
    """The engine and its portal, with what the tests ask of them most."""

    def __init__(self, engine: ProcessEngine, app: Flask) -> None:
        self.engine, self.app = engine, app

    def visitor(self, user: str | None = None) -> Visitor:
        visitor = Visitor(self.app.test_client())
        if user is not None:
            assert visitor.sign_in(user).status_code == 303
        return visitor

    def do(self, command: Any) -> Any:
        return self.engine.execute(command, SYSTEM)

    def ask(self, query: Any) -> Any:
        return self.engine.query(query, SYSTEM)

    def deploy(self, content: bytes, name: str = "model.bpmn", **options: Any) -> Any:
        return self.do(Deploy({name: content}, **options)).processes

    def start(self, key: str = "p", **options: Any) -> str:
        """Start, and do all that is due."""
        instance: str = self.do(StartProcess(key=key, **options))
        self.engine.run_due()
        return instance

    def state(self, instance: str) -> str:
        state: str = self.ask(InstanceDetail(instance)).instance.state
        return state

    def variables(self, instance: str) -> dict[str, Any]:
        variables: dict[str, Any] = self.ask(InstanceDetail(instance)).scopes[0].variables
        return variables

    def incidents(self) -> list[Any]:
        return list(self.ask(IncidentList(limit=200)).rows)


class Traps:
    """A file that must not appear, one that must not be read, and a port that nobody may call."""

    def __init__(self, folder: Path, server: socket.socket) -> None:
        self.mark, self.canary, self.server = folder / "mark", folder / "canary", server
        self.canary.write_text("the canary's song")

    def set_in(self, text: str) -> str:
        port = str(self.server.getsockname()[1])
        for name, value in (("MARK", str(self.mark)), ("CANARY", str(self.canary)), ("PORT", port)):
            text = text.replace(f"@@{name}@@", value)
        return text

    def check(self, *seen: Any) -> None:
        with pytest.raises(TimeoutError):
            self.server.accept()
        assert not self.mark.exists()
        assert "canary's song" not in repr(seen)
