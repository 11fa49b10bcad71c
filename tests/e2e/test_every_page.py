"""Every page there is, reached by its links as each role: nothing on it keeps anybody out, in either theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from webapp.portal import PAGES

HERE = Path(__file__).parent
STOPS = HERE / "stops.bpmn"
# What a page asks for by itself, and files that nobody has put there.
PARTS = {
    "palette.find",
    "instance_past.show",
    "definition_files.drawing",
    "import_file.drawing",
    "import_file.file",
    "task_talk.download",
}
Views = tuple[tuple[int, str], ...]
BOTH: Views = ((1280, "light"), (390, "dark"))
# What is chosen must fit into its list.
CUT_OFF = """() => [...document.querySelectorAll('select')].filter((each) => {
  if (!each.checkVisibility() || !each.selectedOptions.length) return false;
  const look = getComputedStyle(each), pen = document.createElement('canvas').getContext('2d');
  pen.font = look.font;
  const room = each.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  return pen.measureText(each.selectedOptions[0].textContent.trim()).width > room + 1;
}).map((each) => each.selectedOptions[0].textContent.trim())"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: Any, served: Any) -> Iterator[Any]:
    with served(tmp_path_factory.mktemp("demo"), history=True) as one:
        yield one


@pytest.fixture
def portal(installation: Any) -> str:
    """For `person`: one portal with some weeks of history for all who walk through it."""
    return str(installation.address)


class Walk:
    """A person who follows every link, but to one kind of page no more than `each` times.

    `views`: the widths and themes to look at each page in, the themes crossed the second time.
    """

    def __init__(self, person: Any, app: Flask, each: int = 2, views: Views = BOTH) -> None:
        self.each, self.views = each, views
        self.person = person
        self.routes = app.url_map.bind("localhost")
        self.seen: Counter[tuple[str, bool]] = Counter()
        self.found: list[str] = []

    def kind(self, address: str) -> tuple[str, bool]:
        """The same page as it is, and as it is when something was chosen on it."""
        return self.endpoint(address), bool(urlsplit(address).query)

    def endpoint(self, address: str) -> str:
        return str(self.routes.match(urlsplit(address).path, method="GET")[0])

    def go(self, *starts: str) -> None:
        waiting, known = list(starts), set(starts)
        while waiting:
            address = waiting.pop(0)
            if self.seen[self.kind(address)] >= self.each:
                continue
            self.seen[self.kind(address)] += 1
            for link in self.look(address):
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def look(self, address: str) -> list[str]:
        """Its links, none if it is a download; what is wrong with it is remembered."""
        page = self.person.page
        answer = page.request.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
        if "<!doctype html>" not in answer.text()[:200]:
            return []
        page.goto(address)
        schemes = [scheme for _width, scheme in self.views][:: 1 if self.seen[self.kind(address)] % 2 else -1]
        for (width, _), scheme in zip(self.views, schemes, strict=True):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            self.unfold()
            self.found += [f"{address} ({width} px, {scheme}): {each}" for each in self.person.complaints()]
        if self.person.has_to_scroll_sideways():
            self.found.append(f"{address}: scrolls sideways at {width} px")
        if page.locator("html").get_attribute("lang") == "de" and not address.startswith("/api/"):
            self.found += [f"{address}: says in English: {each}" for each in self.person.english()]
            self.found += [f"{address}: cuts off {each}" for each in page.evaluate(CUT_OFF)]
        links = page.locator("a[href^='/']").evaluate_all("all => all.map((each) => each.getAttribute('href'))")
        return [each.split("#")[0] for each in links]

    def unfold(self) -> None:
        self.person.page.locator("main details.fold").evaluate_all(
            "all => all.forEach((each) => { each.open = true; })"
        )


def pages_of(app: Flask) -> set[str]:
    """Where the portal answers with something to look at, by endpoint."""
    ours = {page.blueprint.name for page in PAGES}
    read = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {each for each in read if each.split(".")[0] in ours} - PARTS


@pytest.mark.parametrize("user", ["clerk", "owner"])
def test_nothing_keeps_a_clerk_or_an_owner_out_of_any_page(installation: Any, person: Any, user: str) -> None:
    # Without movement, or a colour is measured on its way from light to dark.
    walk = Walk(person(user, reduced_motion="reduce"), installation.app, each=1)
    walk.go("/tasks")
    assert walk.found == []
    assert {"task.show", "start.form", "account.show"} <= {kind[0] for kind in walk.seen}


def test_nothing_keeps_an_administrator_out_of_any_page_there_is(installation: Any, person: Any) -> None:
    admin = person("admin", reduced_motion="reduce")
    page = admin.page
    made: list[str] = []
    admin.upload(STOPS)
    made.append(page.url)
    page.goto("/import")
    page.set_input_files("#file", [STOPS, HERE / "leave.bpmn"])
    page.get_by_role("button", name="Deploy the marked ones").wait_for()
    made.append(page.url)
    page.get_by_role("button", name="Deploy the marked ones").click()
    page.get_by_text("Done: ").wait_for()
    made.append(page.url)
    walk = Walk(admin, installation.app)
    walk.go("/tasks", *(urlsplit(each).path for each in made))
    assert walk.found == []
    assert pages_of(installation.app) - {kind[0] for kind in walk.seen} == set()


def test_every_page_is_german_and_fits(installation: Any, person: Any) -> None:
    admin = person("admin", reduced_motion="reduce", locale="de-DE")
    walk = Walk(admin, installation.app, each=1, views=((390, "light"),))
    walk.go("/tasks")
    assert walk.found == []
    assert {"task.show", "instance.show", "process.show", "acts.show", "account.show"} <= {
        kind[0] for kind in walk.seen
    }


def test_nothing_keeps_anybody_out_of_what_strangers_and_the_lost_see(person: Any) -> None:
    for scheme in ("light", "dark"):
        stranger = person(None, reduced_motion="reduce", color_scheme=scheme)
        stranger.page.goto("/sign-in")
        assert stranger.complaints() == []
        stranger.page.get_by_label("User name").fill("nobody")
        stranger.page.get_by_label("Password").fill("wrong")
        stranger.press("Sign in")
        stranger.page.get_by_role("alert").wait_for()
        assert stranger.complaints() == []
        lost = person("clerk", reduced_motion="reduce", color_scheme=scheme)
        lost.page.goto("/tasks/nowhere")
        assert lost.complaints() == []
