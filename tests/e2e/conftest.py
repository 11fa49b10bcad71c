"""The portal behind a real server, and a real Chromium in front of it."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from waitress import create_server

from engine.processengine import ProcessEngine
from engine.settings import Settings
from webapp.app import create_app
from webapp.demo import PASSWORD, prepare, tell_history
from webapp.language import TRANSLATIONS
from webapp.sample_files import sample_modules

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


def run(server: Any) -> None:
    # Closed from another thread, it ends in the middle of waiting.
    with suppress(OSError):
        server.run()


class Served(NamedTuple):
    """A portal that answers, and the application behind it."""

    address: str
    app: Flask


@contextmanager
def portal_in(folder: Path, *, history: bool = False) -> Iterator[Served]:
    """A portal with the samples and their people, its runners at work; `history`: with some weeks of cases, too."""
    url = f"sqlite:///{folder / 'e2e.db'}"
    modules = sample_modules()
    for where in modules.values():
        if str(where) not in sys.path:
            sys.path.append(str(where))
    settings = Settings(python_modules=tuple(modules))
    if history:
        tell_history(url, settings)
    engine = ProcessEngine(url, settings=settings)
    prepare(engine)
    engine.start_runners()
    app = create_app(engine)
    app.extensions["procession-batches"].start()
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=run, args=(server,), daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{server.effective_port}", app)
    server.close()
    thread.join(timeout=5)
    app.extensions["procession-batches"].close()
    engine.stop()


@pytest.fixture(scope="session")
def served() -> Callable[..., AbstractContextManager[Served]]:
    """`with served(folder, history=True) as (address, app)` for tests that share a portal."""
    return portal_in


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[str]:
    """The address of a portal in which nothing has happened yet."""
    with portal_in(tmp_path) as one:
        yield one.address


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


TEXTS = """() => {
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('script, style, svg, code, pre')) texts.push(walker.currentNode.data);
  }
  for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
    for (const each of document.querySelectorAll(`[${name}]`)) texts.push(each.getAttribute(name));
  }
  return texts.map((each) => each.trim());
}"""


@cache
def only_english() -> frozenset[str]:
    """Texts of the portal that are no German; single words are left out, as the samples have them as names, and one."""
    with (TRANSLATIONS / "de" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale="de")
    pairs = [(each.id, each.string) for each in catalog if isinstance(each.id, str)]
    german = {said for _text, said in pairs}
    return frozenset(text for text, said in pairs if " " in text and text != said and text not in german) - {
        "Process owner"
    }


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
    """`person("clerk")` is the clerk, signed in, `person(None)` a stranger; options are those of `new_page`."""

    def make(user: str | None, **options: Any) -> Person:
        one = Person(new_page(**options))
        if user is not None:
            one.sign_in(user)
        return one

    return make


class Person:
    """Somebody at a browser, and what they do over and over."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def sign_in(self, user: str) -> None:
        self.page.goto("/")
        self.page.fill("[name=user]", user)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
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

    def english(self) -> list[str]:
        """What of the page is said in English though the catalogue has it in German."""
        return sorted(set(self.page.evaluate(TEXTS)) & only_english())

    def complaints(self) -> list[str]:
        """What axe finds on the page as it is now, by rule and place."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = axe.Axe().run(self.page, options={"runOnly": rules}).response["violations"]
        return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
