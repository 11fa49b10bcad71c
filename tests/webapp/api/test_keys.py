"""Every write of the API looks at its Idempotency-Key before it does anything."""

from __future__ import annotations

import io
import re

HELD = {"worker": "w"}
CODE = {"code": "E1"}
BODIES = {
    "definitions_set_state": {"state": "suspended"},
    "bindings_bind": {"kind": "http", "target": "https://example.org/"},
    "instances_start": {"key": "p"},
    "instance_data_remove_variables": {"names": ["x"]},
    "instance_data_take_in": {},
    "task_verbs_assign": {"assignee": "clara"},
    "task_verbs_delegate": {"to": "clara"},
    "task_verbs_own": {"owner": "clara"},
    "task_verbs_date": {"due_at": None, "follow_up_at": None},
    "task_verbs_prioritise": {"priority": 60},
    "task_verbs_offer": {"user": "clara"},
    "task_verbs_withdraw": {"user": "clara"},
    "task_verbs_throw_error": CODE,
    "task_verbs_escalate": CODE,
    "task_talk_comment": {"text": "Who knows?"},
    "messages_correlate": {"name": "paid"},
    "messages_broadcast": {"name": "other"},
    "external_jobs_fetch": {"topics": ["t"], **HELD},
    "external_jobs_complete": HELD,
    "external_jobs_fail": HELD,
    "external_jobs_throw_error": {**HELD, **CODE},
    "external_jobs_extend": {**HELD, "lock_seconds": 5},
    "jobs_set_due": {"due_at": "2040-01-31T09:00:00Z"},
    "jobs_set_retries": {"retries": 3},
    "people_create_user": {"id": "nina"},
    "people_change_password": {"new": "longer than that"},
    "people_create_group": {"id": "New"},
    "tokens_create": {"name": "t", "permissions": ["read"]},
    "webhooks_create": {"url": "https://example.org/"},
}
PLACES = {"grant": "see", "kind": "user"}


def test_a_key_that_was_used_is_refused_by_every_write(app, program, purchase):
    otto, key = program("otto"), {"Idempotency-Key": "used"}
    assert otto.post("/signals", {"name": "all"}, headers=key).status_code == 204
    document, walked = app.extensions["procession-openapi"], 0
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if {"$ref": "#/components/parameters/Idempotency-Key"} not in operation["parameters"]:
                continue
            where = re.sub(r"{(\w+)}", lambda found: PLACES.get(found[1], "x"), path.removeprefix("/api/v1"))
            sent = operation.get("requestBody", {}).get("content", {})
            options = {}
            if "multipart/form-data" in sent:
                data = {"files": [(io.BytesIO(purchase), "p.bpmn")]}
                options = {"data": data, "content_type": "multipart/form-data"}
            elif sent:
                options = {"json": BODIES.get(operation["operationId"], {})}
            answer = otto.send(method.upper(), where, headers=key, **options)
            said = answer.get_json(silent=True) or {}
            assert (answer.status_code, said.get("fix")) == (422, "Use a new key for each request."), (
                operation["operationId"],
                said,
            )
            walked += 1
    assert walked > 55
    assert otto.ok(otto.get("/users?search=nina"))["items"] == []
    assert otto.ok(otto.get("/deployments"))["items"] == []


def test_sent_again_it_is_done_once_and_answered_alike(program):
    otto = program("otto")
    for path, body in (("/users", BODIES["people_create_user"]), ("/groups", BODIES["people_create_group"])):
        first, second = (otto.post(path, body, headers={"Idempotency-Key": path}) for _ in range(2))
        assert (first.status_code, first.get_json(), first.headers["Location"]) == (
            201,
            second.get_json(),
            second.headers["Location"],
        )
        assert otto.post(path, body).status_code == 409
    wanted, key = BODIES["webhooks_create"], {"Idempotency-Key": "w"}
    first, second = (otto.ok(otto.post("/webhooks", wanted, headers=key), 201) for _ in range(2))
    assert (second["id"], second["secret"]) == (first["id"], "")
    assert len(otto.ok(otto.get("/webhooks"))["items"]) == 1
