"""Hostile requests, as the collection scripts them: who may not is told nothing and changes nothing."""

from __future__ import annotations

import statistics
import time
from typing import Any

from hostile import FOLDER, PASSWORD, attacks, named
from scene import SCRIPTED, Scene, at_once, steps
from werkzeug.test import TestResponse

from engine.commands import CancelInstance, CompleteUserTask
from engine.identity import Actor
from engine.queries import InstanceDetail, TaskList
from webapp.auth.cookies import SESSION


def path_of(response: TestResponse) -> str:
    """The address that was asked for: it comes back in the page's own forms."""
    return response.request.path


@attacks(lambda attack: attack["name"] in SCRIPTED)
def test_it_is_refused_and_changes_nothing(scene: Scene, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        response = scene.play(step)
        to_sign_in = response.status_code == 303 and response.headers["Location"].startswith("/sign-in")
        harmless = step["method"] in {"HEAD", "OPTIONS"} and not response.data
        status = response.status_code
        assert 400 <= status < 500 or to_sign_in or harmless or status == 308, (step["path"], status)
        assert "evil.example" not in response.get_data(as_text=True)
        page = response.get_data(as_text=True).replace(path_of(response), "")
        assert scene.task not in page or step["actor"] == "alice"
    assert scene.untouched()


@named("error_page_leak")
def test_an_error_tells_nothing_of_the_machine(scene: Scene, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        page = scene.play(step).get_data(as_text=True)
        for secret in ("Traceback", "site-packages", "SELECT ru_", "sqlite", "Werkzeug", "python/3", str(FOLDER)):
            assert secret.lower() not in page.lower()


@named("cache_private_pages")
def test_nobody_keeps_a_private_page(scene: Scene, attack: dict[str, Any]) -> None:
    (step,) = steps(attack)
    assert "no-store" in scene.play(step).headers["Cache-Control"]


@named("open_redirect")
def test_after_sign_in_one_is_where_one_was(scene: Scene, attack: dict[str, Any]) -> None:
    for step in steps(attack):
        visitor = scene.product.visitor()
        visitor.see("/sign-in")
        target = step["path"].partition("next=")[2]
        response = visitor.send("/sign-in", user="alice", password=PASSWORD, next=target.replace("%09", "\t"))
        assert response.headers["Location"] in {"/", "/@evil.example", "/%5cevil.example"}, target


@named("session_after_logout")
def test_a_session_that_was_ended_is_dead(scene: Scene, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    kept = alice.client.get_cookie(SESSION)
    assert kept is not None
    alice.see("/tasks")
    alice.send("/sign-out")
    alice.client.set_cookie(SESSION, kept.value)
    assert alice.client.get("/tasks").status_code == 303


@named("brute_force_one_user")
def test_guessing_is_slowed_down_for_the_guesser_only(scene: Scene, attack: dict[str, Any]) -> None:
    guesser, statuses = scene.product.visitor(), []
    for number in range(30):
        guesser.see("/sign-in")
        statuses.append(guesser.send("/sign-in", user="alice", password=f"guess{number}").status_code)
    assert statuses[-1] == 429
    assert statuses.count(401) <= 10
    elsewhere = scene.product.visitor()
    elsewhere.see("/sign-in")
    form = {"csrf": elsewhere.hidden("csrf"), "user": "alice", "password": PASSWORD}
    answer = elsewhere.client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 303


@named("user_enumeration")
def test_who_exists_is_not_told(scene: Scene, attack: dict[str, Any]) -> None:
    times: dict[str, list[float]] = {"alice": [], "nobody": []}
    said = set()
    for number in range(8):
        for user, taken in times.items():
            visitor = scene.product.visitor()
            visitor.see("/sign-in")
            form = {"csrf": visitor.hidden("csrf"), "user": user, "password": "x"}
            started = time.process_time()
            address = {"REMOTE_ADDR": f"192.0.2.{number}"}
            response = visitor.client.post("/sign-in", data=form, environ_base=address)
            taken.append(time.process_time() - started)
            page = response.get_data(as_text=True).replace(user, "-")
            said.add((response.status_code, "The user name or the password is wrong." in page))
    assert said == {(401, True)}
    # Both are hashed: the one must not be several times the other, however busy the machine is.
    assert 0.5 < statistics.median(times["alice"]) / statistics.median(times["nobody"]) < 2


@named("double_submit")
def test_a_form_sent_twice_does_it_once(scene: Scene, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    alice.see(f"/tasks/{scene.task}")
    first, second = (alice.send(f"/tasks/{scene.task}/complete") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert [row.element_id for row in scene.product.ask(TaskList(view="all")).rows] == ["u"]


@named("concurrent_complete")
def test_of_twenty_at_once_one_succeeds(scene: Scene, attack: dict[str, Any]) -> None:
    visitors = [scene.product.visitor("alice") for _ in range(20)]
    for visitor in visitors:
        visitor.see(f"/tasks/{scene.task}")
    answers = at_once(20, lambda number: visitors[number].send(f"/tasks/{scene.task}/complete").status_code)
    assert sorted(answers) == [303] + [409] * 19
    assert [row.element_id for row in scene.product.ask(TaskList(view="all")).rows] == ["u"]


@named("complete_while_cancelled")
def test_of_completing_and_cancelling_one_wins(scene: Scene, attack: dict[str, Any]) -> None:
    alice = Actor("alice", frozenset({"Buyers"}), frozenset({"read", "work", "operate"}))
    acts = (CompleteUserTask(scene.task), CancelInstance(scene.instance, "no"))
    at_once(2, lambda number: scene.product.engine.execute(acts[number], alice))
    assert scene.product.ask(InstanceDetail(scene.instance)).instance.state == "cancelled"
    assert scene.product.ask(TaskList(view="all")).rows == ()


@named("body_oversized")
def test_a_body_that_is_too_large_is_not_read(scene: Scene, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    alice.see("/tasks")
    body = b'{"variables": {"x": "' + b"x" * (33 * 1024 * 1024) + b'"}}'
    token = {"X-CSRF-Token": alice.hidden("csrf")}
    path = f"/api/v1/tasks/{scene.task}/complete"
    response = alice.client.post(path, data=body, content_type="application/json", headers=token)
    assert response.status_code == 413
    assert scene.untouched()


@named("parameter_pollution")
def test_of_a_field_sent_twice_the_first_counts(scene: Scene, attack: dict[str, Any]) -> None:
    alice = scene.visitors["alice"]
    alice.see(f"/tasks/{scene.task}")
    response = alice.send(f"/tasks/{scene.task}/complete?approved=1", outcome=["a", "b"])
    assert response.status_code in {303, 400, 422}
    (row,) = scene.product.ask(TaskList(view="all")).rows
    assert "approved" not in scene.product.variables(row.root_id)
