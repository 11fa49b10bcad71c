"""Signing in and out: what a session is worth, and what guessing costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clock import VirtualClock
from webapp.auth.cookies import SESSION
from webapp.auth.redirects import safe_path


def test_who_has_not_signed_in_is_sent_to_do_so_and_comes_back(reader):
    response = reader().client.get("/instances?state=running")
    assert response.status_code == 303
    assert response.headers["Location"] == "/sign-in?next=/instances?state%3Drunning"

    back = reader().sign_in("clara", next="/instances?state=running")
    assert back.headers["Location"] == "/instances?state=running"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(reader):
    cookie = reader().sign_in("clara").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_stays_on_https(reader):
    one = reader()
    one.get("/sign-in", base_url="https://procession.example")
    fields = {"csrf": one.hidden("csrf"), "user": "clara", "password": "long enough"}
    response = one.client.post("/sign-in", data=fields, base_url="https://procession.example")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


@pytest.mark.parametrize(("user", "password"), [("clara", "wrong"), ("nobody", "long enough"), ("clara", "")])
def test_what_was_wrong_is_not_told(reader, user, password):
    response = reader().sign_in(user, password)
    assert response.status_code == 401
    assert "The user name or the password is wrong." in response.get_data(as_text=True)


def test_guessing_becomes_slow_and_is_forgiven(reader, clock: VirtualClock):
    one = reader()
    for _ in range(5):
        assert one.sign_in("clara", "guess").status_code == 401
    refused = one.sign_in("clara")
    assert refused.status_code == 429
    assert "too many tries" in refused.get_data(as_text=True)
    assert refused.headers["Retry-After"] == "2"
    clock.advance(timedelta(seconds=3))
    assert one.sign_in("clara").status_code == 303


def test_one_guesser_does_not_lock_others_out(reader):
    guesser, clara = reader(), reader()
    for _ in range(8):
        guesser.get("/sign-in", environ_base={"REMOTE_ADDR": "10.0.0.1"})
        fields = {"csrf": guesser.hidden("csrf"), "user": "clara", "password": "guess"}
        guesser.client.post("/sign-in", data=fields, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert clara.sign_in("clara").status_code == 303


def test_signing_out_ends_the_session_on_the_server(reader):
    one = reader("clara")
    token = one.client.get_cookie(SESSION).value
    one.get("/tasks")
    one.post("/sign-out")
    one.client.set_cookie(SESSION, token)
    assert one.status("/tasks") == 303


def test_a_session_ends_by_itself(reader, clock: VirtualClock):
    one = reader("clara")
    clock.advance(timedelta(hours=13))
    assert one.status("/tasks") == 303
    assert one.client.get_cookie(SESSION) is None


def test_each_sign_in_has_a_session_of_its_own(reader):
    one = reader("clara")
    first = one.client.get_cookie(SESSION).value
    one.get("/tasks")
    one.post("/sign-out")
    one.sign_in("clara")
    assert one.client.get_cookie(SESSION).value != first


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/a\nb",
        "/\t/x",
        "",
    ],
)
def test_nobody_is_sent_elsewhere(reader, path):
    assert safe_path(path, "/") == "/"
    assert reader().sign_in("clara", next=path).headers["Location"] == "/"


def test_the_theme_is_remembered(reader):
    one = reader("clara")
    one.get("/tasks")
    one.post("/theme", theme="dark", back="/tasks")
    assert 'data-theme="dark"' in one.get("/tasks")
    one.post("/theme", theme="nonsense", back="/tasks")
    assert "data-theme" not in one.get("/tasks")
