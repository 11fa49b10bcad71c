"""What is wrong with a request is said in a sentence, with what it may have instead."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "detail", "fix"),
    [
        ("POST", "/instances", {"name": "p"}, 422, "name is not asked for here.", "It takes key, version, definition"),
        ("POST", "/signals", {}, 422, "name is needed.", "It takes name, variables."),
        ("POST", "/signals", [], 422, "A JSON object is needed.", "It takes name, variables."),
        ("POST", "/signals", {"name": 5}, 422, "name: Input should be a valid string.", "It takes name, variables."),
        ("POST", "/signals", {"name": "{x}", "{y}": 1}, 422, "{y} is not asked for here.", "It takes name"),
        (
            "POST",
            "/external-jobs/fetch",
            {"topics": ["t"], "worker": "w", "wait_seconds": True},
            422,
            "wait_seconds",
            "",
        ),
        (
            "POST",
            "/external-jobs/fetch",
            {"topics": ["t"], "worker": "w", "lock_seconds": "5"},
            422,
            "lock_seconds",
            "",
        ),
        ("GET", "/tasks?process=p", None, 422, "process is not asked for here.", "It takes limit, after, view, search"),
        (
            "GET",
            "/acts/chain?anchor=1",
            None,
            422,
            "anchor: String should match pattern '^[0-9]{1,9}:",
            "It takes anchor",
        ),
        ("GET", "/tasks?limit=0", None, 422, "limit: Input should be greater", "It takes limit"),
        ("GET", "/tasks/none", None, 404, "This task is done", "Look it up in its list"),
        ("GET", "/nowhere", None, 404, "There is nothing at this address.", "/api/docs"),
    ],
)
def test_a_request_that_is_wrong_is_told_what_is_right(app, program, method, path, body, status, detail, fix):
    headers = program("otto").headers
    options = {"json": body} if body is not None else {}
    refused = app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **options)
    assert refused.status_code == status
    assert refused.get_json()["detail"].startswith(detail)
    assert fix in refused.get_json()["fix"]


def test_what_is_no_json_is_told_where_and_how(app, program):
    headers = {**program("otto").headers, "Content-Type": "application/json"}
    refused = app.test_client().post("/api/v1/signals", data=b"{'name': 1}", headers=headers)
    assert refused.status_code == 400
    assert "line 1, column 2" in refused.get_json()["detail"]
    assert "double quotes" in refused.get_json()["fix"]
    form = app.test_client().post("/api/v1/signals", data={"name": "x"}, headers=program("otto").headers)
    assert (form.status_code, "--json" in form.get_json()["fix"]) == (415, True)
