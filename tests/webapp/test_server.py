"""The application behind its real server, and what an operator may set."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx
import pytest
from waitress import create_server

from webapp.app import create_app
from webapp.server import _limits
from webapp.settings import WebSettings


def run(server: Any) -> None:
    # Closed from another thread, it ends in the middle of waiting.
    with suppress(OSError):
        server.run()


@pytest.fixture
def address(engine):
    """Start the server with some settings; its address."""
    running = []

    def start(**options) -> str:
        settings = WebSettings(**options)
        server = create_server(create_app(engine, settings), host="127.0.0.1", port=0, **_limits(settings))
        thread = threading.Thread(target=run, args=(server,), daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server, thread in running:
        server.close()
        thread.join(timeout=5)


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"}


def test_it_answers_and_does_not_say_what_it_is(address):
    response = httpx.get(address() + "/sign-in")
    assert response.status_code == 200
    assert "server" not in response.headers


def test_anybody_may_claim_to_be_a_proxy_but_is_not_believed(address):
    response = httpx.get(address() + "/sign-in", headers=FORWARDED)
    assert "Secure" not in response.headers["Set-Cookie"]


def test_behind_a_proxy_of_ours_cookies_stay_on_https(address):
    response = httpx.get(address(proxies=1) + "/sign-in", headers=FORWARDED)
    assert "Secure" in response.headers["Set-Cookie"]


def test_settings_come_from_the_environment():
    settings = WebSettings.from_environment(
        {
            "PROCESSION_HOSTS": "a.example, .b.example",
            "PROCESSION_UPLOAD_MB": "5",
            "PROCESSION_SESSION_HOURS": "1",
            "PROCESSION_PROXIES": "1",
        }
    )
    assert settings.hosts == ("a.example", ".b.example")
    assert settings.upload_limit == 5 * 1024 * 1024
    assert settings.session_life == timedelta(hours=1)
    assert settings.proxies == 1
    assert WebSettings.from_environment({}) == WebSettings()
    with pytest.raises(ValueError, match="PROCESSION_PROXIES"):
        WebSettings.from_environment({"PROCESSION_PROXIES": "many"})
