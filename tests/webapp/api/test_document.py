"""The document is valid and whole, and says of every endpoint what it is, what it needs and what it answers."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from program import resolved

from webapp.api.schemas import keep

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(app) -> dict[str, Any]:
    return json.loads(app.test_client().get("/openapi.json").data)


def operations(document):
    return [
        (path, method, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item
    ]


def test_every_endpoint_is_in_it_and_nothing_else(app, document):
    there = {
        (rule.rule.replace("<path:", "<").replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == {(path, method) for path, method, _ in operations(document)}


def test_it_is_a_document_of_openapi(document):
    """Held against the standard's own schema, and each of its shapes against that of JSON Schema."""
    schemathesis.openapi.from_dict(document).validate()
    for name, shape in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid(shape), name


def test_every_operation_says_what_it_is_and_what_it_needs(document):
    ids = [each["operationId"] for _, _, each in operations(document)]
    assert len(ids) == len(set(ids))
    for path, method, each in operations(document):
        assert each["summary"], (path, method)
        assert each["x-permission"] in each["description"]
        if method != "get" and path != "/api/v1/verdicts":
            assert {"$ref": "#/components/parameters/Idempotency-Key"} in each["parameters"], (path, method)
        for status in ("401", "403", "422"):
            assert "application/problem+json" in resolved(document, each["responses"][status])["content"]


def test_every_body_and_every_answer_has_an_example_that_fits(document):
    shown = 0
    for path, method, each in operations(document):
        answers = [resolved(document, answer) for answer in each["responses"].values()]
        for content in (each.get("requestBody", {}), *answers):
            for kind, told in content.get("content", {}).items():
                assert "example" in told, (method, path, kind)
                whole = {**told["schema"], "components": document["components"]}
                jsonschema_rs.validator_for(whole, validate_formats=True).validate(told["example"])
                shown += 1
    assert shown > 900


def test_a_refusal_is_shown_as_it_is_made(document):
    for name, each in document["components"]["responses"].items():
        said = each["content"]["application/problem+json"]["example"]
        assert said["type"] == f"/api/docs#problem-{name}"
        assert said["detail"]
        assert said["fix"]


def test_every_reference_in_it_leads_somewhere(document):
    def look(value):
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                found = document
                for part in value["$ref"].removeprefix("#/").split("/"):
                    found = found[part]
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(document)


def test_the_page_shows_every_operation_without_a_script(app, document):
    page = app.test_client().get("/api/docs")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    for path, method, each in operations(document):
        assert each["operationId"] in text, (path, method)
    assert 'id="problem-conflict"' in text


def test_the_page_shows_the_examples_and_leads_to_each_shape_that_it_names(app):
    text = app.test_client().get("/api/docs").get_data(as_text=True)
    assert text.count("&#34;next&#34;: null") >= 22
    assert "&#34;business_key&#34;: &#34;INV-4711&#34;" in text
    named = set(re.findall(r'href="#([^"]+)"', text))
    assert {"TokenRow", "InstanceRow", "problems"} <= named
    assert named <= set(re.findall(r'id="([^"]+)"', text))


def test_two_shapes_of_one_name_are_not_taken_for_each_other():
    shapes = {"Counts": {"type": "object"}}
    keep(shapes, {"Counts": {"type": "object"}})
    with pytest.raises(ValueError, match="Counts"):
        keep(shapes, {"Counts": {"type": "array"}})


def test_what_is_sent_to_a_task_is_a_tasks(document):
    body = document["paths"]["/api/v1/tasks/{id}/complete"]["post"]["requestBody"]["content"]["application/json"]
    fields = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]["properties"]
    assert sorted(fields) == ["outcome", "variables"]
