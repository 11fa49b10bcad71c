"""What somebody else has changed meanwhile is not overwritten, whatever it is."""

from __future__ import annotations

import pytest

BINDING = {"kind": "http", "target": "https://example.org/orders", "options": {}}
TIMER = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/><intermediateCatchEvent id="c">'
    "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
)
LATER = {"due_at": "2040-01-31T09:00:00Z"}


@pytest.fixture
def otto(program):
    return program("otto")


@pytest.fixture
def place(otto, deploy, model):
    """Where a thing of this kind is, which is made for the test."""

    def make(kind):
        if kind == "users":
            return "/users/clara"
        if kind == "groups":
            return "/groups/Clerk"
        if kind == "webhooks":
            return f"/webhooks/{otto.ok(otto.post('/webhooks', {'url': 'https://example.org/hook'}), 201)['id']}"
        if kind == "bindings":
            assert otto.put("/bindings/p/pay", BINDING).status_code == 204
            return "/bindings/p"
        deploy(model(TIMER, id="waits"), "waits.bpmn")
        otto.ok(otto.post("/instances", {"key": "waits"}), 201)
        return f"/jobs/{otto.ok(otto.get('/jobs'))['items'][0]['id']}"

    return make


@pytest.mark.parametrize(
    ("kind", "method", "beside", "one", "other"),
    [
        ("users", "PATCH", "", {"name": "Clara One"}, {"name": "Clara Two"}),
        ("groups", "PATCH", "", {"name": "One"}, {"name": "Two"}),
        ("webhooks", "PATCH", "", {"kinds": ["task-opened"]}, {"kinds": ["task-claimed"]}),
        ("bindings", "PUT", "/pay", {**BINDING, "target": "https://one.example/"}, BINDING),
        ("jobs", "PUT", "/retries", {"retries": 7}, {"retries": 8}),
        ("jobs", "PUT", "/due", LATER, {"due_at": "2041-01-31T09:00:00Z"}),
    ],
)
def test_what_was_changed_meanwhile_is_not_overwritten(otto, place, kind, method, beside, one, other):
    path = place(kind)
    read = {"If-Match": otto.get(path).headers["ETag"]}
    assert otto.send(method, path + beside, json=one, headers=read).status_code == 204
    now = otto.get(path)
    late = otto.send(method, path + beside, json=other, headers=read)
    assert late.status_code == 412
    assert late.get_json()["fix"]
    assert otto.get(path).get_json() == now.get_json()
    again = {"If-Match": now.headers["ETag"]}
    assert otto.send(method, path + beside, json=other, headers=again).status_code == 204
    assert otto.get(path).headers["ETag"] != now.headers["ETag"]


@pytest.mark.parametrize(("kind", "beside"), [("users", ""), ("groups", ""), ("webhooks", ""), ("bindings", "/pay")])
def test_nor_is_it_taken_away(otto, place, kind, beside):
    path = place(kind)
    stale = {"If-Match": '"' + "0" * 32 + '"'}
    assert otto.send("DELETE", path + beside, headers=stale).status_code == 412
    read = {"If-Match": otto.get(path).headers["ETag"]}
    assert otto.send("DELETE", path + beside, headers=read).status_code == 204


def test_what_is_not_there_has_no_version(otto):
    for path in ("/users/nobody", "/groups/none", "/webhooks/none", "/jobs/none"):
        assert otto.get(path).status_code == 404
