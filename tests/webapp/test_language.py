"""The portal in the reader's language: chosen, whole, and with nothing English left."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from webapp.language import TRANSLATIONS, _
from webapp.locale_formats import day, number, size, span
from webapp.script_words import WORDS
from webapp.sentence_patterns import HOLE

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import catalogue as command  # noqa: E402

GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}


def holes(text: str) -> set[str]:
    return set(HOLE.findall(text))


@pytest.mark.parametrize("domain", ["messages", "engine"])
@pytest.mark.parametrize("folder", sorted(TRANSLATIONS.glob("*/LC_MESSAGES")), ids=lambda path: path.parts[-2])
def test_a_catalogue_has_every_text_and_no_other(folder, domain):
    with (folder / f"{domain}.po").open("rb") as file:
        catalog = read_po(file)
    wanted = {message.id for message in command.DOMAINS[domain]() if message.id}
    assert {message.id for message in catalog if message.id} == wanted
    for message in catalog:
        if not message.id:
            continue
        texts = (message.string,) if isinstance(message.string, str) else message.string
        ids = (message.id,) if isinstance(message.id, str) else message.id
        assert all(texts), message.id
        for text in texts:
            assert holes(text) <= set().union(*map(holes, ids)), message.id
            assert holes(ids[0]) <= holes(text), message.id
            # A page takes markup from these only; the engine's sentences are text.
            if domain == "messages":
                assert re.findall(r"</?\w+", text) == re.findall(r"</?\w+", ids[0]), message.id


def test_scripts_say_what_the_page_gives_them():
    said = {m.id for m in command.said() if any(place.endswith(".js") for place, _line in m.locations)}
    assert said == set(WORDS)


def test_the_browser_asks_for_a_language(app):
    client = app.test_client()
    assert '<html lang="de"' in client.get("/sign-in", headers=GERMAN).text
    assert '<html lang="en"' in client.get("/sign-in").text
    assert '<html lang="en"' in client.get("/sign-in", headers={"Accept-Language": "xx-\x00,fr"}).text


def test_a_choice_stays_in_the_browser_and_in_the_profile(reader):
    clara = reader("clara")
    clara.get("/tasks")
    clara.post("/language", language="de", back="/tasks")
    assert '<html lang="de"' in clara.get("/tasks")
    clara.client.delete_cookie("procession_language")
    assert "Aufgaben" in clara.get("/tasks")
    clara.post("/language", language="../de", back="/tasks")
    assert '<html lang="de"' in clara.get("/tasks")


@pytest.mark.parametrize(
    "path",
    [
        "/tasks",
        "/start",
        "/processes",
        "/instances",
        "/operations",
        "/jobs",
        "/incidents",
        "/import",
        "/account",
        "/people",
        "/groups",
        "/acts",
    ],
)
def test_nothing_english_is_left(reader, deploy, english, path):
    deploy()
    page = reader("otto").get(path, headers=GERMAN)
    assert "Abmelden" in page
    assert english(page) == []
    assert english(reader("otto").get(path)) != []


def test_dates_numbers_and_spans_are_the_readers(app):
    with app.test_request_context(headers=GERMAN):
        assert number(1234.5) == "1.234,5"
        assert day(datetime(2026, 3, 31, tzinfo=UTC).date()) == "31.03.2026"
        assert (span(timedelta(days=3), directed=True), span(-timedelta(days=3), directed=True)) == (
            "in 3 Tagen",
            "vor 3 Tagen",
        )
        assert size(1_500_000) == "1,5 MB"
        assert _("Save") == "Speichern"
    assert number(1234.5) == "1,234.5"
