"""The portal behind a real server, and a real Chromium in front of it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from waitress import create_server

from engine.processengine import ProcessEngine
from engine.settings import Settings
from webapp.app import create_app
from webapp.demo import PASSWORD, prepare

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


def run(server: Any) -> None:
    # Closed from another thread, it ends in the middle of waiting.
    with suppress(OSError):
        server.run()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """The address of a portal with the samples and their people, its runners at work."""
    engine = ProcessEngine(f"sqlite:///{tmp_path / 'e2e.db'}", settings=Settings(python_modules=("invoice_payments",)))
    prepare(engine)
    engine.start_runners()
    app = create_app(engine)
    app.extensions["procession-batches"].start()
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=run, args=(server,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
    app.extensions["procession-batches"].close()
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
def new_page(chromium: Any, portal: str) -> Iterator[Callable[..., Any]]:
    """Pages, each of a browser of its own; no console may have a complaint when the test is over."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def make(width: int = 1280, height: int = 800, **options: Any) -> Any:
        contexts.append(chromium.new_context(base_url=portal, viewport={"width": width, "height": height}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def person(new_page: Callable[..., Any]) -> Callable[..., Person]:
    """`person("clerk")` is the clerk, signed in; options are those of `new_page`."""

    def make(user: str, **options: Any) -> Person:
        one = Person(new_page(**options))
        one.sign_in(user)
        return one

    return make


class Person:
    """Somebody at a browser, and what they do over and over."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def sign_in(self, user: str) -> None:
        self.page.goto("/")
        self.page.get_by_label("User name").fill(user)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url("**/tasks")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def sees(self, heading: str) -> None:
        """Wait until a page with that heading is there."""
        self.page.get_by_role("heading", name=heading).wait_for()

    def upload(self, file: Path) -> None:
        self.page.get_by_role("link", name="Import", exact=True).click()
        self.page.set_input_files("#file", file)
        self.page.wait_for_url("**/import/*")

    def start_invoice(self, reference: str) -> None:
        self.page.goto("/start")
        self.page.get_by_role("link", name="Start Invoice approval").click()
        self.page.get_by_label("Reference").fill(reference)
        self.press("Start Invoice approval")
        self.sees("Record invoice")

    def sees_the_diagram(self) -> None:
        self.page.wait_for_selector("figure.diagram[data-ready=yes] .djs-shape")

    def has_to_scroll_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
