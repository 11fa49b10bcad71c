"""What holds for every page and form: the mark, the headers, nothing run inline, nothing of others shown."""

from __future__ import annotations

import re

import pytest

from webapp.app import create_app
from webapp.settings import WebSettings

PAGES = ["/tasks", "/start", "/processes", "/processes/p", "/instances", "/incidents", "/import"]
PAGES += ["/operations", "/jobs"]


def forms(app):
    return sorted({rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())})


def test_no_form_is_taken_without_its_mark(app, reader):
    one = reader("otto")
    one.get("/tasks")
    for rule in forms(app):
        path = re.sub(r"<[^>]+>", "x", rule)
        assert one.client.post(path, data={}).status_code == 403, path
        assert one.client.post(path, data={"csrf": "0" * 64}).status_code == 403, path


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_another_sites_form_is_not_taken_even_with_the_mark(reader, headers):
    one = reader("otto")
    one.get("/tasks")
    response = one.client.post("/theme", data={"csrf": one.hidden("csrf"), "theme": "dark"}, headers=headers)
    assert response.status_code == 403


def test_one_persons_mark_is_not_anothers(reader):
    one, other = reader("otto"), reader("clara")
    one.get("/tasks")
    other.get("/tasks")
    assert one.hidden("csrf") != other.hidden("csrf")
    other.page = one.page
    assert other.post("/theme", theme="dark").status_code == 403


@pytest.mark.parametrize("path", [*PAGES, "/sign-in", "/nothing-here"])
def test_every_answer_is_guarded_and_runs_nothing_inline(reader, deploy, path):
    deploy()
    one = reader(None if path == "/sign-in" else "otto")
    response = one.client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-store"
    html = response.get_data(as_text=True)
    assert not re.search(r"<script(?![^>]* src=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


@pytest.mark.parametrize("path", ["/import", "/incidents", "/operations", "/jobs"])
def test_a_page_one_may_not_see_is_not_there(reader, path):
    one = reader("clara")
    assert one.status(path) == 404
    assert f'href="{path}"' not in one.get("/tasks")


def test_a_form_behind_such_a_page_is_not_there_either(reader):
    one = reader("clara")
    one.get("/tasks")
    assert one.post("/incidents/retry", incident="x").status_code == 404
    assert one.post("/instances/x/cancel").status_code == 404


def test_what_breaks_has_a_number_and_no_trace(app, reader, caplog):
    @app.get("/broken")
    def broken():
        raise RuntimeError("secret detail")

    html = reader("clara").client.get("/broken").get_data(as_text=True)
    number = re.search(r"Reference <strong[^>]*>([0-9A-F]{8})<", html).group(1)
    assert "secret detail" not in html
    assert "Traceback" not in html
    assert number in caplog.text


def test_health_is_told_without_sign_in(reader):
    assert reader().get("/health") == "ok\n"


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html", "application/xml", ""])
def test_what_is_no_form_is_not_taken_for_one(reader, kind):
    response = reader("otto").client.post("/theme", data='{"theme": "dark"}', headers={"Content-Type": kind})
    assert response.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "FOO"])
def test_other_methods_do_nothing(reader, method):
    one = reader("otto")
    one.get("/tasks")
    token = {"X-CSRF-Token": one.hidden("csrf")}
    assert one.client.open("/tasks/x/complete", method=method, headers=token).status_code == 405
    override = {"X-HTTP-Method-Override": "DELETE", **token}
    assert one.client.post("/tasks/x", headers=override).status_code == 405


@pytest.mark.parametrize(
    "path", ["/tasks/%FF", "/tasks/%00", "/instances/'--", "/processes/%2e%2e%2f", "/tasks//x", "/tasks;x=1"]
)
def test_an_odd_path_is_not_there(reader, path):
    assert reader("otto").status(path) in {404, 308}


def test_only_its_own_names_reach_the_server(engine):
    settings = WebSettings(hosts=("portal.example.org",))
    client = create_app(engine, settings).test_client()
    assert client.get("/sign-in", base_url="https://portal.example.org").status_code == 200
    assert client.get("/sign-in", base_url="https://evil.example").status_code == 400
