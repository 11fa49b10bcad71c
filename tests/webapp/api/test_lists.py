"""Every list of the API is filtered, sorted as asked, and goes on where a page ended."""

from __future__ import annotations

import pytest

NO_FILTERS = {"limit", "after", "sort"}


def lists(document):
    """By its address, what a list may be asked."""
    for path, item in document["paths"].items():
        told = item.get("get", {}).get("responses", {}).get("200", {}).get("content", {}).get("application/json")
        if told is not None and "items" in told["schema"].get("properties", ()):
            yield path.removeprefix("/api/v1"), {each.get("name"): each for each in item["get"]["parameters"]}


@pytest.fixture
def places(world):
    """What stands for `{id}`: something that has several of what its lists tell."""
    for _ in range(3):
        instance = world.instance()
    (task,) = world.items(f"/tasks?instance_id={instance}")
    for number in range(3):
        world.otto.post(f"/tasks/{task['id']}/comments", {"text": f"Number {number}"})
        world.attach(task["id"], f"{number}.pdf")
    ids = {"deployments": world.deployment, "definitions": world.definition, "instances": instance, "tasks": task["id"]}
    return lambda path: path.replace("{id}", ids.get(path.split("/")[1], ""))


def test_an_answer_with_many_things_is_a_page(app):
    """Nothing is told as a list that cannot be filtered, sorted and turned over."""
    document = app.extensions["procession-openapi"]
    paged = dict(lists(document))
    assert len(paged) >= 22
    for path, asked in paged.items():
        assert {"limit", "after", "sort"} <= set(asked), path
        filters = [name for name, each in asked.items() if each.get("in") == "query" and name not in NO_FILTERS]
        assert filters, path


def test_each_is_sorted_as_asked_and_goes_on_where_it_ended(app, world, places):
    """Whatever the document says it can be sorted by, page by page: each row once, in the order of one long page."""
    otto, rows = world.otto, {}
    for number in range(2):
        otto.ok(otto.post("/webhooks", {"url": f"https://example.org/{number}"}), 201)
        world.send("PUT", f"/bindings/p/{number}", {"kind": "http", "target": "https://example.org/"})
        world.send("PUT", f"/grants/invoice-approval/{('see', 'work')[number]}/all")
    for path, asked in lists(app.extensions["procession-openapi"]):
        where = places(path)
        for sort in asked["sort"]["schema"]["enum"]:
            whole = world.items(f"{where}?sort={sort}&limit=200")
            found, after = [], ""
            while after is not None:
                page = otto.ok(otto.get(f"{where}?sort={sort}&limit=1{'&after=' + after if after else ''}"))
                found, after = found + page["items"], page["next"]
            assert found == whole, (path, sort)
            rows[path] = len(whole)
        assert otto.get(f"{where}?sort=nothing").status_code == 422
        assert otto.get(f"{where}?after=nowhere").status_code == 400, path
    assert {path for path, count in rows.items() if count < 2} <= {"/deployments", "/deployments/{id}/resources"} | {
        "/definitions",
        "/definitions/{id}/starts",
        "/instances/{id}/variables",
        "/tokens",
    }


def test_a_list_has_what_was_asked_for_in_that_order(world):
    otto = world.otto
    otto.ok(otto.post("/webhooks", {"url": "https://b.example/"}), 201)
    otto.ok(otto.post("/webhooks", {"url": "https://a.example/"}), 201)
    by_url = [each["url"] for each in otto.ok(otto.get("/webhooks?sort=url"))["items"]]
    assert by_url == sorted(by_url)
    users = [each["id"] for each in otto.ok(otto.get("/users?active=true&group=Clerk"))["items"]]
    assert users == ["carl", "clara"]
    assert [each["id"] for each in otto.ok(otto.get("/groups?member=clara"))["items"]] == ["Clerk"]


def test_tasks_instances_and_variables_are_found_by_what_a_case_holds(program, deploy):
    deploy()
    clara = program("clara")
    for amount in (1200, 80):
        clara.ok(
            clara.post("/instances", {"key": "p", "business_key": f"B{amount}", "variables": {"amount": amount}}), 201
        )
    for path in ("/tasks", "/instances"):
        (found,) = clara.ok(clara.get(f"{path}?variable=amount&value=1200"))["items"]
        assert found["business_key"] == "B1200"
        assert clara.get(f"{path}?variable=amount").status_code == 422
    (found,) = clara.ok(clara.get("/variables?name=amount&value=80&definition_key=p"))["items"]
    assert (found["business_key"], found["value"]) == ("B80", 80)
    assert clara.ok(clara.get("/variables?business_key=B80&sort=newest"))["items"] == [found]


def test_what_happened_is_told_from_either_end(program, deploy):
    deploy()
    clara = program("clara")
    id = clara.ok(clara.post("/instances", {"key": "p"}), 201)["id"]
    oldest = clara.ok(clara.get(f"/instances/{id}/history?actor=clara"))["items"]
    newest = clara.ok(clara.get(f"/instances/{id}/history?sort=newest"))["items"]
    assert oldest == newest[::-1]
    assert {each["element_id"] for each in clara.ok(clara.get(f"/instances/{id}/history?element_id=ask"))["items"]} == {
        "ask"
    }
    assert clara.ok(clara.get(f"/instances/{id}/history?until={oldest[0]['at']}"))["items"] == []
