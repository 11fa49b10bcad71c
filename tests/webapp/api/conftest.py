"""A program that speaks with the API by its token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.commands import SetUser
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM
from engine.permissions import PERMISSIONS
from engine.processengine import ProcessEngine

EVERYTHING = ("read", "deploy", "start", "work", "serve", "operate", "administer")


def fits_document(app: Flask, method: str, path: str, response: TestResponse) -> None:
    """Every answer in these tests is one that the document promises."""
    if "json" not in (response.content_type or "") or not response.data:
        return
    rule = app.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)[0].rule
    document = app.extensions["procession-openapi"]
    operation = document["paths"][rule.replace("<path:", "<").replace("<", "{").replace(">", "}")][method.lower()]
    if str(response.status_code) == "500":
        return
    content = operation["responses"][str(response.status_code)]["content"][response.mimetype]
    if content["schema"].get("format") != "binary":
        whole = {**content["schema"], "components": document["components"]}
        jsonschema_rs.validator_for(whole).validate(response.get_json())


class Program:
    """Sends requests with a token; `v1` paths are below /api/v1."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        response = self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)
        fits_document(self.client.application, method, f"/api/v1{path}", response)
        return response

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.send("POST", path, json=body, **options) if body is not None else self.send("POST", path, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.send("PUT", path, json=body, **options) if body is not None else self.send("PUT", path, **options)

    def ok(self, response: TestResponse, status: int = 200) -> Any:
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_json() if response.data else None


@pytest.fixture
def engine(engine: ProcessEngine) -> ProcessEngine:
    """Otto may do all that there is."""
    engine.execute(SetUser("otto", permissions=tuple(PERMISSIONS)), SYSTEM)
    return engine


@pytest.fixture
def program(app: Flask, engine: ProcessEngine) -> Callable[..., Program]:
    """`program("clara")` acts for Clara with all that she may, or with `permissions` only."""

    def make(user: str = "otto", permissions: tuple[str, ...] = EVERYTHING) -> Program:
        token = engine.execute(CreateToken("test", permissions, user), SYSTEM).token
        return Program(app.test_client(), token)

    return make
