"""Hostile scripts, expressions and data, one by one: held, and at once."""

import json
import socket
import time
from pathlib import Path

import pytest

from engine.errors import Invalid
from engine.expressions import LANGUAGES, ExpressionError, compile_expression, run_script
from engine.values import decode, encode, read_json

ATTACKS = Path(__file__).parents[4] / "shared" / "attacks"
MANIFEST = json.loads((ATTACKS / "manifest.json").read_text()) if ATTACKS.is_dir() else []

pytestmark = pytest.mark.skipif(not MANIFEST, reason="the collection of hostile inputs is not here")
LANGUAGE_OF = {"juel": "juel", "spel": "juel", "feel": "feel", "groovy": "groovy", "js": "javascript", "xpath": "xpath"}


def entries(kind):
    return [pytest.param(entry, id=entry["name"]) for entry in MANIFEST if entry["kind"] == kind]


class Execution:
    expression_members = frozenset({"setVariable", "getVariable"})

    def __init__(self):
        self.set = {}

    def setVariable(self, name, value):
        self.set[name] = value

    def getVariable(self, name):
        return self.set.get(name)


@pytest.fixture
def traps(tmp_path):
    """A file that must not appear, one that must not be read, and a port that nobody may call."""
    canary = tmp_path / "canary"
    canary.write_text("the canary's song")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        yield {"MARK": tmp_path / "mark", "CANARY": canary, "PORT": server.getsockname()[1], "server": server}


def text_of(entry, traps):
    text = (ATTACKS / entry["file"]).read_text()
    for name in ("MARK", "CANARY", "PORT"):
        text = text.replace(f"@@{name}@@", str(traps[name]))
    return text


def unharmed(traps, result=""):
    with pytest.raises(TimeoutError):
        traps["server"].accept()
    return not traps["MARK"].exists() and "canary's song" not in repr(result)


@pytest.mark.parametrize("entry", entries("script"))
def test_a_script_does_no_harm(entry, traps):
    text = text_of(entry, traps)
    result = None
    started = time.monotonic()
    try:
        result = run_script(text, "python", {})
        encode(result.changed)
    except ExpressionError:
        assert entry["verdict"] != "accept"
    else:
        assert entry["verdict"] != "incident"
    assert time.monotonic() - started < 5
    assert unharmed(traps, result)
    assert run_script("x = len([1])", "python", {}).changed == {"x": 1}


@pytest.mark.parametrize("entry", entries("expr"))
def test_an_expression_does_no_harm(entry, traps):
    text = text_of(entry, traps)
    language = LANGUAGE_OF.get(entry["name"].split("_")[0], "text/x-unknown")
    execution = Execution()
    started = time.monotonic()
    value = None
    try:
        value = compile_expression(text, language).evaluate({"execution": execution, "x": {"a": 1}})
    except ExpressionError:
        assert not execution.set
    else:
        # What has no ${ } is a text to JUEL, and stays one.
        assert language in LANGUAGES
        assert value in (None, True, False, text) or entry["name"] == "feel_replace_regex"
        assert set(execution.set) <= {"approved"}
    assert time.monotonic() - started < 3
    assert unharmed(traps, value)


@pytest.mark.parametrize("entry", [param for param in entries("data") if param.values[0]["name"].startswith("json_")])
def test_data_is_refused_or_kept_as_it_is(entry):
    text = (ATTACKS / entry["file"]).read_text()
    try:
        value = read_json(text)
    except Invalid:
        assert entry["verdict"] in ("http_4xx", "either")
    else:
        # Wrong types for a form's fields are the form's to refuse.
        assert entry["verdict"] != "http_4xx" or entry["name"] == "json_wrong_types"
        assert decode(encode(value)) == value


def test_a_variable_does_not_take_a_functions_place():
    assert compile_expression("count([1, 2])", "feel").evaluate({"count": "evil"}) == 2
    assert compile_expression("len([1, 2])", "python").evaluate({"len": "evil"}) == 2
    assert run_script("x = len([1, 2])", "python", {"len": "evil"}).changed == {"x": 2}
    assert run_script("x = date(2026, 3, 1).year", "python", {"date": "evil"}).changed == {"x": 2026}
    assert run_script("x = sum + 1", "python", {"sum": 2}).changed == {"x": 3}
