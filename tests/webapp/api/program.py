"""A program that sends requests with its token, and holds each answer against the document."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import Any

import jsonschema_rs
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

EVERYTHING = ("read", "deploy", "start", "work", "serve", "operate", "administer")


def resolved(document: dict[str, Any], found: Any) -> Any:
    """What a reference leads to; what is none itself."""
    if "$ref" not in found:
        return found
    return reduce(getitem, found["$ref"].removeprefix("#/").split("/"), document)


_validators: dict[tuple[str, str, int], jsonschema_rs.Validator] = {}


def fits_document(app: Flask, method: str, path: str, response: TestResponse) -> None:
    """Every answer in these tests is one that the document promises."""
    if "json" not in (response.content_type or "") or not response.data or response.status_code == 500:
        return
    rule = app.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)[0].rule
    document = app.extensions["procession-openapi"]
    operation = document["paths"][rule.replace("<path:", "<").replace("<", "{").replace(">", "}")][method.lower()]
    content = resolved(document, operation["responses"][str(response.status_code)])["content"][response.mimetype]
    if content["schema"].get("format") != "binary":
        answer = (rule, method, response.status_code)
        if answer not in _validators:
            _validators[answer] = jsonschema_rs.validator_for(
                {**content["schema"], "components": document["components"]}
            )
        _validators[answer].validate(response.get_json())


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
