"""What somebody else has changed meanwhile is not overwritten, whatever it is; and every list is sorted as asked."""

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


def test_every_list_is_sorted_as_asked_and_goes_on_where_it_ended(app, otto, deploy, place):
    """Whatever the document says it can be sorted by, page by page: each row once, in the order of one long page."""
    deploy()
    for kind in ("webhooks", "webhooks", "bindings", "jobs"):
        place(kind)
    lists = 0
    for path, item in app.extensions["procession-openapi"]["paths"].items():
        asked = {each.get("name"): each for each in item.get("get", {}).get("parameters", ())}
        if "sort" not in asked or "{" in path:
            continue
        schema, lists = asked["sort"]["schema"], lists + 1
        for sort in schema["enum"]:
            where = f"{path.removeprefix('/api/v1')}?sort={sort}"
            whole = otto.ok(otto.get(f"{where}&limit=200"))["items"]
            found, after = [], ""
            while after is not None:
                page = otto.ok(otto.get(f"{where}&limit=1{'&after=' + after if after else ''}"))
                found, after = found + page["items"], page["next"]
            assert found == whole, where
        assert otto.get(f"{path.removeprefix('/api/v1')}?sort=nothing").status_code == 422
    assert lists >= 13


def test_a_list_has_what_was_asked_for_in_that_order(otto, place):
    place("webhooks")
    otto.ok(otto.post("/webhooks", {"url": "https://a.example/"}), 201)
    by_url = [each["url"] for each in otto.ok(otto.get("/webhooks?sort=url"))["items"]]
    assert by_url == sorted(by_url)
    users = [each["id"] for each in otto.ok(otto.get("/users?active=true&group=Clerk"))["items"]]
    assert users == ["carl", "clara"]
    assert [each["id"] for each in otto.ok(otto.get("/groups?member=clara"))["items"]] == ["Clerk"]
