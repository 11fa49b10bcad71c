"""Hostile expressions as conditions and scripts: never another language than they say, never the host's objects."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hostile import Product, Traps, content_of, of_kind

SCRIPTS = {"groovy": "groovy", "js": "javascript", "script": "text/x-unknown"}
LANGUAGES = {
    "juel": "http://www.java.com/javaEL",
    "spel": "http://www.java.com/javaEL",
    "feel": "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "xpath": "http://www.w3.org/1999/XPath",
}


@pytest.fixture
def place(model: Callable[..., bytes], traps: Traps) -> Callable[..., bytes]:
    """The model with the expression where it belongs: a condition, or for a scripting language a script."""

    def make(attack: dict[str, Any]) -> bytes:
        text = escape(traps.set_in(content_of(attack).decode()))
        family = attack["name"].split("_")[0]
        if family in SCRIPTS:
            return model(f'<scriptTask id="x" scriptFormat="{SCRIPTS[family]}"><script>{text}</script></scriptTask>')
        condition = f'<conditionExpression xsi:type="tFormalExpression" language="{LANGUAGES[family]}">{text}'
        return model(
            '<exclusiveGateway id="x" default="g"/><task id="yes"/><task id="no"/>'
            f'<sequenceFlow id="f" sourceRef="x" targetRef="yes">{condition}</conditionExpression></sequenceFlow>'
            '<sequenceFlow id="g" sourceRef="x" targetRef="no"/>'
        )

    return make


@of_kind("expr")
def test_an_expression_is_held(
    product: Product, place: Callable[..., bytes], traps: Traps, attack: dict[str, Any]
) -> None:
    product.deploy(place(attack))
    started = time.monotonic()
    instance = product.start(variables={"x": {"a": 1}})
    assert time.monotonic() - started < 5
    incidents = product.incidents()
    traps.check(incidents)
    if incidents:
        assert incidents[0].element_id == "x"
        assert incidents[0].reason
    else:
        # FEEL answers null for what is not there; what a condition sets is a variable and nothing else.
        assert attack["name"].startswith(("feel_", "juel_execution_setvariable")), attack["name"]
        assert product.state(instance) == "completed"


@of_kind("expr")
def test_the_verdict_is_given_at_once(
    product: Product, place: Callable[..., bytes], traps: Traps, attack: dict[str, Any]
) -> None:
    started = time.monotonic()
    alice = product.visitor("alice")
    assert alice.see(alice.upload("model.bpmn", place(attack)))
    assert time.monotonic() - started < 5
    traps.check()
