"""Who is heard: a token that holds, or a page of ours; and each only for what they may."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engine.commands import SetUser
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM


def endpoints(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1"):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, re.sub(r"<[^>]+>", "x", rule.rule)


def test_without_a_token_nothing_is_answered(app):
    client = app.test_client()
    for method, path in endpoints(app):
        response = client.open(path, method=method)
        assert response.status_code == 401, (method, path)
        assert response.content_type == "application/problem+json"
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path", ["/api/tasks", "/API/tasks", "/api/v1/tasks/", "/api/v1/tasks;x=1", "/api/nothing", "/api", "/metrics"]
)
def test_whether_an_address_is_there_is_not_told_either(app, path):
    assert app.test_client().get(path).status_code == 401


def test_a_token_in_the_address_counts_for_nothing(app, engine):
    token = engine.execute(CreateToken("t", ("read",), "otto"), SYSTEM).token
    assert app.test_client().get(f"/api/v1/tasks?token={token}").status_code == 401


def test_a_token_does_what_it_lists_and_its_user_may(program):
    assert program("otto", ("read",)).get("/jobs").status_code == 403
    assert program("otto", ("read", "operate")).get("/jobs").status_code == 200
    assert program("clara").get("/jobs").status_code == 403
    assert program("otto", ("serve",)).get("/tasks").status_code == 403


def test_every_endpoint_refuses_who_may_nothing(app, engine):
    engine.execute(SetUser("otto", permissions=()), SYSTEM)
    token = engine.execute(CreateToken("t", ("operate",), "otto"), SYSTEM).token
    client = app.test_client()
    for method, path in endpoints(app):
        response = client.open(path, method=method, headers={"Authorization": f"Bearer {token}"})
        assert response.status_code == 403, (method, path)


def test_a_token_ends_with_its_time_its_user_or_its_revocation(app, engine, clock, program):
    short = engine.execute(CreateToken("t", ("read",), "otto", clock.now() + timedelta(hours=1)), SYSTEM)
    client = app.test_client()

    def status(token):
        return client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code

    assert status(short.token) == 200
    clock.advance(timedelta(hours=2))
    assert status(short.token) == 401
    long = engine.execute(CreateToken("t", ("read",), "otto"), SYSTEM)
    assert program("clara").send("DELETE", f"/tokens/{long.id}").status_code == 404
    assert status(long.token) == 200
    assert program("otto").send("DELETE", f"/tokens/{long.id}").status_code == 204
    assert status(long.token) == 401
    clara = program("clara")
    engine.execute(SetUser("clara", active=False), SYSTEM)
    assert clara.get("/me").status_code == 401


def test_a_token_is_told_once_and_makes_none_that_may_more(program):
    narrow = program("otto", ("read", "start"))
    body = {"name": "child", "permissions": ["read", "operate"]}
    assert narrow.post("/tokens", body).status_code == 403
    again = {"Idempotency-Key": "k1"}
    body = {"name": "child", "permissions": ["read"]}
    made = narrow.ok(narrow.post("/tokens", body, headers=again), 201)
    assert made["token"].startswith("procession_")
    assert narrow.ok(narrow.post("/tokens", body, headers=again), 201) == {"id": made["id"], "token": ""}
    assert made["token"] not in narrow.get("/tokens").get_data(as_text=True)


def test_tokens_of_others_are_an_administrators(program):
    clara = program("clara")
    assert clara.post("/tokens", {"name": "t", "permissions": ["read"], "user": "max"}).status_code == 403
    assert clara.get("/tokens?user=max").status_code == 403
    assert clara.get("/tokens?everybody=true").status_code == 403
    assert program("otto").get("/tokens?everybody=true").status_code == 200


def test_a_page_of_ours_writes_with_its_mark_only(reader, deploy):
    deploy()
    one = reader("clara")
    body = {"key": "p"}
    assert one.client.post("/api/v1/instances", json=body).status_code == 403
    mark = one.client.get("/api/v1/me").get_json()["csrf"]
    assert one.client.post("/api/v1/instances", json=body, headers={"X-CSRF-Token": mark}).status_code == 201
    elsewhere = {"X-CSRF-Token": mark, "Origin": "https://evil.example"}
    assert one.client.post("/api/v1/instances", json=body, headers=elsewhere).status_code == 403
    plain = {"X-CSRF-Token": mark, "Content-Type": "text/plain"}
    assert one.client.post("/api/v1/instances", data='{"key":"p"}', headers=plain).status_code == 415


def test_a_wrong_token_is_not_made_good_by_a_session(reader):
    one = reader("otto")
    assert one.client.get("/api/v1/me").status_code == 200
    for sent in ("Bearer nonsense", "Bearer", "Basic b3R0bzpsb25nIGVub3VnaA=="):
        assert one.client.get("/api/v1/me", headers={"Authorization": sent}).status_code == 401


def test_a_list_shows_only_what_concerns_its_reader(program, deploy):
    deploy()
    clara, max, otto = program("clara"), program("max"), program("otto")
    id = clara.ok(clara.post("/instances", {"key": "p"}), 201)["id"]
    task = clara.ok(clara.get("/tasks"))["items"][0]
    assert max.ok(max.get("/tasks"))["items"] == []
    assert max.ok(max.get("/instances"))["items"] == []
    for path in (f"/tasks/{task['id']}", f"/instances/{id}", f"/instances/{id}/history", f"/instances/{id}/variables"):
        assert max.get(path).status_code == 404
        assert clara.get(path).status_code == 200
    assert max.post(f"/tasks/{task['id']}/claim").status_code == 404
    assert len(otto.ok(otto.get("/instances"))["items"]) == 1


def test_a_program_asks_whether_the_record_is_as_it_was_written(program, engine):
    otto = program()
    before = otto.ok(otto.get("/acts/chain"))
    newest = otto.ok(otto.get("/acts?limit=1"))["items"][0]
    assert before["intact"]
    assert before["last"] == {"number": newest["number"], "digest": newest["digest"]}
    known = f"{newest['number']}:{newest['digest']}"
    with engine.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM hi_act WHERE number = 2")
        connection.commit()
    after = otto.ok(otto.get(f"/acts/chain?anchor={known}"))
    assert after["findings"] == [{"flaw": "missing", "number": 2, "until": 2}]
    assert otto.get("/acts/chain?anchor=1:x").status_code == 422
    assert program("clara").get("/acts/chain").status_code == 403
