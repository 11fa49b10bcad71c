"""The portal behind a real server, and a real Chromium in front of it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from waitress import create_server

from engine.processengine import ProcessEngine
from engine.settings import Settings
from webapp.app import create_app
from webapp.demo import prepare
from webapp.settings import WebSettings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """The address of a portal with the samples and their people, its runners at work."""
    engine = ProcessEngine(f"sqlite:///{tmp_path / 'e2e.db'}", settings=Settings(python_modules=("invoice_payments",)))
    prepare(engine)
    engine.start_runners()
    app = create_app(engine, WebSettings(uploads=tmp_path / "uploads"))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
    engine.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def is_complaint(said: Any) -> bool:
    """An answer that refuses a form is reported as an error, too, and is none."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def page(chromium: Any, portal: str) -> Iterator[Any]:
    """A page of its own, which must have no complaint in its console when the test is over."""
    context = chromium.new_context(base_url=portal, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
