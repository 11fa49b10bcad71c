"""Every input of the collection is sent, and the documents say by which tests."""

from __future__ import annotations

from collections import defaultdict

import pytest
from attack_table import SECURITY, TABLE, attack_of, security_text, sender_of, table_text
from hostile import MANIFEST

WRITTEN = "run `make attacks` and look at what it changed"


@pytest.fixture
def sent(request: pytest.FixtureRequest) -> dict[str, set[str]]:
    """By attack the tests that send it. That they pass they say themselves."""
    if not MANIFEST:
        pytest.skip("the collection of hostile inputs is not here")
    found: dict[str, set[str]] = defaultdict(set)
    for item in request.session.items:
        if item.path.parent == request.path.parent and (attack := attack_of(item)) is not None:
            found[attack].add(sender_of(item))
    if {path.name for path in request.path.parent.glob("test_*.py")} - {
        item.path.name for item in request.session.items
    }:
        pytest.skip("only a part of the tests is run")
    if any("::" in arg for arg in request.config.args) or request.config.option.keyword:
        pytest.skip("only a part of the tests is run")
    return found


def test_every_input_is_sent(sent: dict[str, set[str]]) -> None:
    assert {each["name"] for each in MANIFEST} == sent.keys()


def test_what_comes_over_http_is_sent_to_pages_and_to_the_api(sent: dict[str, set[str]]) -> None:
    """But what is sent to both in one test, and what comes by neither."""
    of_both = {"slowloris", "smuggling_te_cl", "four_eyes_same_user", "audit_log_tamper"}
    for each in MANIFEST:
        if each["kind"] == "http" and each["name"] not in of_both:
            files = {test.partition("::")[0] for test in sent[each["name"]]}
            assert "test_api.py" in files, each["name"]
            assert files - {"test_api.py"}, each["name"]


def test_the_documents_say_what_is_sent(sent: dict[str, set[str]], pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--write-attacks", False):
        return
    assert TABLE.read_text(encoding="utf-8") == table_text(sent), WRITTEN
    text = SECURITY.read_text(encoding="utf-8")
    assert text == security_text(text, sent), WRITTEN
