"""The same hostile requests to the API below /api/v1: with a token of theirs, or with the cookie of a page."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import FOLDER, PASSWORD, Product, attacks, named
from scene import SCRIPTED, Scene, at_once, steps
from werkzeug.test import TestResponse

from engine.commands.api_tokens import CreateToken, RevokeToken
from engine.identity import SYSTEM
from engine.permissions import PERMISSIONS
from engine.queries import InstanceDetail, TaskList
from webapp.app import create_app
from webapp.auth.cookies import SESSION
from webapp.settings import WebSettings

V1 = "/api/v1"
BY_COOKIE = {"csrf_no_token", "csrf_cross_origin", "csrf_json_text_plain"}
# What the collection does on pages, and where the API has it.
OURS = {"/admin/users": "/users", "/admin": "/webhooks", "/processes/p/start": "/instances", "/password-reset": "/me"}


class Programs:
    """Everybody of the scene as a program, with a token for all that they may; who has no account makes one up."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.engine = scene, scene.product.engine
        self.tokens = {"anonymous": "procession_" + "x" * 43}
        for user in ("alice", "bob", "carol"):
            made = self.engine.execute(CreateToken("test", ("read", *PERMISSIONS), user), SYSTEM)
            self.tokens[user], self.id = made.token, made.id

    def send(self, user: str, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens[user]}", **options.pop("headers", {})}
        return self.scene.product.app.test_client().open(path, method=method, headers=headers, **options)

    def play(self, step: dict[str, Any]) -> TestResponse:
        options: dict[str, Any] = {"headers": dict(step.get("headers", {}))}
        if "body" in step:
            options["data"] = step["body"]
        elif step["method"] in {"POST", "PUT", "PATCH"}:
            options["json"] = {"key": "p"} if step["path"].startswith("/processes") else {}
        return self.send(step["actor"], step["method"], self.path(step["path"]), **options)

    def path(self, path: str) -> str:
        for name, value in self.scene.names.items():
            path = path.replace(f"{{{name}}}", value)
        path = OURS.get(path, path)
        if path.lower().startswith("/api/"):
            return path.replace("/api/", f"{V1}/", 1)
        return path if path.startswith(("/static", "/%2e", "/metrics")) else V1 + path

    def complete(self, user: str = "alice", **options: Any) -> TestResponse:
        path = f"{V1}/tasks/{self.scene.task}/complete"
        return self.send(user, "POST", path, json={"variables": {}}, **options)


@pytest.fixture
def programs(scene: Scene) -> Programs:
    return Programs(scene)


def to_sign_in(response: TestResponse) -> bool:
    """What stands beside the API is a page, which strangers do not see."""
    path = response.request.path
    return not path.startswith("/api") and response.headers.get("Location", "").startswith("/sign-in")


def open_tasks(product: Product) -> list[str]:
    return [row.element_id for row in product.ask(TaskList(view="all")).rows]


@attacks(lambda attack: attack["name"] in SCRIPTED - BY_COOKIE)
def test_a_program_is_refused_and_changes_nothing(scene: Scene, programs: Programs, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        response = programs.play(step)
        harmless = step["method"] in {"HEAD", "OPTIONS"} and not response.data
        assert 400 <= response.status_code < 500 or harmless or to_sign_in(response), (step, response.status_code)
        text = response.get_data(as_text=True)
        assert "evil.example" not in text
        assert scene.task not in text.replace(response.request.path, "") or step["actor"] == "alice"
        if response.data and response.request.path.startswith("/api"):
            assert response.content_type == "application/problem+json"
            assert response.get_json()["title"]
    assert scene.untouched()
    assert scene.product.ask(InstanceDetail(scene.instance)).instance.state == "running"


@named(*BY_COOKIE)
def test_a_cookie_alone_opens_nothing(scene: Scene, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    alice.see("/tasks")
    path = f"{V1}/tasks/{scene.task}/complete"
    for step in steps(attack):
        headers = dict(step.get("headers", {}))
        body: dict[str, Any] = (
            {"json": {"variables": {}}} if "text/plain" not in str(headers) else {"data": step["body"]}
        )
        assert alice.client.post(path, headers=headers, **body).status_code in {403, 415}
        if step.get("omit") != "csrf":
            # Even with the page's mark: it comes from elsewhere, or is no JSON.
            marked = {**headers, "X-CSRF-Token": alice.hidden("csrf")}
            assert alice.client.post(path, headers=marked, **body).status_code in {403, 415}
    assert scene.untouched()


@named("authz_unauthenticated_api", "authz_path_tricks", "api_token_in_url")
@pytest.mark.parametrize("scheme", ["", "Basic YWxpY2U6bG9uZyBlbm91Z2g=", "Bearer ", "bearer null"])
def test_who_does_not_say_who_they_are_is_told_nothing(
    scene: Scene, programs: Programs, scheme: str, attack: dict[str, Any]
) -> None:
    client = scene.product.app.test_client()
    headers = {"Authorization": scheme} if scheme else {}
    for step in steps(attack):
        path = programs.path(step["path"]).replace("token=none", f"token={programs.tokens['alice']}")
        response = client.open(path, method=step["method"], headers=headers)
        assert response.status_code in {401, 404} or to_sign_in(response), (path, response.status_code)
    assert scene.untouched()


@named("error_page_leak")
def test_an_answer_tells_nothing_of_the_machine(programs: Programs, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        response = programs.play(step)
        assert 400 <= response.status_code < 500
        page = response.get_data(as_text=True).lower()
        for secret in ("Traceback", "site-packages", "SELECT ru_", "sqlite", "Werkzeug", "python/3", str(FOLDER)):
            assert secret.lower() not in page


@named("cache_private_pages")
def test_nobody_keeps_an_answer(programs: Programs, attack: dict[str, Any]) -> None:
    (step,) = steps(attack)
    response = programs.play(step)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@named("open_redirect")
def test_nobody_is_sent_elsewhere(programs: Programs, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        asked = step["path"].partition("?")[2]
        for path in (f"{V1}/me?{asked}", f"{V1}/tasks?{asked}", f"{V1}?{asked}"):
            response = programs.send("alice", "GET", path)
            assert 400 <= response.status_code < 500
            assert "Location" not in response.headers


@named("host_header")
def test_another_hosts_requests_are_not_answered(scene: Scene, programs: Programs, attack: dict[str, Any]) -> None:
    (step,) = steps(attack)
    app = create_app(scene.product.engine, WebSettings(hosts=("localhost",)))
    ours = {"Authorization": f"Bearer {programs.tokens['alice']}"}
    assert app.test_client().get(f"{V1}/me", headers=ours).status_code == 200
    assert app.test_client().get(f"{V1}/me", headers={**ours, **step["headers"]}).status_code == 400


@named("session_after_logout")
def test_what_was_ended_is_dead(scene: Scene, programs: Programs, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    kept = alice.client.get_cookie(SESSION)
    assert kept is not None
    assert alice.client.get(f"{V1}/tasks").status_code == 200
    alice.see("/tasks")
    alice.send("/sign-out")
    alice.client.set_cookie(SESSION, kept.value)
    assert alice.client.get(f"{V1}/tasks").status_code == 401
    assert programs.send("carol", "GET", f"{V1}/tasks").status_code == 200
    programs.engine.execute(RevokeToken(programs.id), SYSTEM)
    assert programs.send("carol", "GET", f"{V1}/tasks").status_code == 401


@named("brute_force_one_user", "login_concurrency_argon")
def test_no_password_is_tried_here(programs: Programs, attack: dict[str, Any]) -> None:
    """A token is of 256 random bits; the API takes no password, so nothing is hashed and nothing guessed."""
    right = ("alice", PASSWORD)
    client = programs.scene.product.app.test_client()
    assert client.get(f"{V1}/me", auth=right).status_code == 401
    assert client.post(f"{V1}/me", auth=right).status_code == 401
    results = at_once(
        20, lambda number: programs.scene.product.app.test_client().get(f"{V1}/me", auth=right).status_code
    )
    assert results == [401] * 20
    assert all(each.partition("_")[2].__len__() >= 43 for each in programs.tokens.values())


@named("user_enumeration")
def test_who_exists_is_not_told_to_programs(programs: Programs, attack: dict[str, Any]) -> None:
    said = set()
    for user in ("alice", "nobody"):
        for path in (f"{V1}/users/{user}", f"{V1}/tasks?assignee={user}"):
            response = programs.send("anonymous", "GET", path)
            said.add((response.status_code, response.get_json()["title"], response.get_json().get("detail")))
    assert len(said) == 1
    assert {status for status, *_ in said} == {401}


@named("double_submit")
def test_sent_twice_it_is_done_once(scene: Scene, programs: Programs, attack: dict[str, Any]) -> None:
    once = {"Idempotency-Key": "first-click"}
    answers = [programs.complete(headers=once).status_code for _ in range(2)]
    assert answers == [204, 204]
    assert programs.complete().status_code in {404, 409}
    assert open_tasks(scene.product) == ["u"]


@named("concurrent_complete")
def test_of_twenty_programs_one_succeeds(scene: Scene, programs: Programs, attack: dict[str, Any]) -> None:
    answers = at_once(20, lambda _: programs.complete().status_code)
    assert sorted(answers) == [204] + [409] * 19
    assert open_tasks(scene.product) == ["u"]


@named("complete_while_cancelled")
def test_of_completing_and_cancelling_by_programs_one_wins(
    scene: Scene, programs: Programs, attack: dict[str, Any]
) -> None:
    cancel = f"{V1}/instances/{scene.instance}/cancel"
    acts = (programs.complete, lambda: programs.send("alice", "POST", cancel, json={"reason": "no"}))
    answers = at_once(2, lambda number: acts[number]().status_code)
    assert set(answers) <= {204, 404, 409}
    assert 204 in answers
    assert scene.product.ask(InstanceDetail(scene.instance)).instance.state == "cancelled"
    assert open_tasks(scene.product) == []


@named("body_oversized")
def test_a_programs_body_that_is_too_large_is_not_read(
    scene: Scene, programs: Programs, attack: dict[str, Any]
) -> None:
    body = b'{"variables": {"x": "' + b"x" * (33 * 1024 * 1024) + b'"}}'
    path = f"{V1}/tasks/{scene.task}/complete"
    response = programs.send("alice", "POST", path, data=body, content_type="application/json")
    assert response.status_code == 413
    assert scene.untouched()


@named("parameter_pollution")
@pytest.mark.parametrize(
    ("asked", "body"),
    [
        ("?approved=0&approved=1", '{"variables": {}}'),
        ("", '{"variables": {"approved": 0, "approved": 1}}'),
        ("", '{"variables": {}, "variables": {"approved": 1}}'),
    ],
)
def test_what_is_said_twice_is_refused(
    scene: Scene, programs: Programs, asked: str, body: str, attack: dict[str, Any]
) -> None:
    path = f"{V1}/tasks/{scene.task}/complete{asked}"
    response = programs.send("alice", "POST", path, data=body, content_type="application/json")
    assert response.status_code in {400, 422}
    assert scene.untouched()
