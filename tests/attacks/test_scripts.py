"""Hostile scripts in script tasks: refused when deployed, or an incident; the server and other instances go on."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hostile import Product, Traps, content_of, named, of_kind

from engine.errors import Invalid


@pytest.fixture
def run(product: Product, model: Callable[..., bytes], traps: Traps) -> Callable[..., tuple[str, Any]]:
    """Deploy and start a process whose script that is: its state, and its incident if there is one."""

    def make(attack: dict[str, Any], format: str = "python") -> tuple[str, Any]:
        text = escape(traps.set_in(content_of(attack).decode()))
        script = f'<scriptTask id="t" scriptFormat="{format}"><script>{text}</script></scriptTask>'
        after = '<scriptTask id="after" scriptFormat="python"><script>n = len([1, 2, 3])</script></scriptTask>'
        ways = (("f", "t", "after"), ("g", "after", "e"))
        flows = "".join(f'<sequenceFlow id="{id}" sourceRef="{a}" targetRef="{b}"/>' for id, a, b in ways)
        product.deploy(model(script + after + '<endEvent id="e"/>' + flows))
        started = time.monotonic()
        instance = product.start()
        assert time.monotonic() - started < 15
        traps.check(product.incidents(), product.state(instance))
        return instance, next(iter(product.incidents()), None)

    return make


@of_kind("script", "incident")
def test_a_script_is_stopped_with_an_incident(
    product: Product, run: Callable[..., tuple[str, Any]], attack: dict[str, Any]
) -> None:
    instance, incident = run(attack)
    assert incident.element_id == "t"
    assert incident.reason
    assert product.state(instance) == "running"
    page = product.visitor("alice").see(f"/instances/{instance}")
    assert "Traceback" not in page
    assert "site-packages" not in page


@of_kind("script", "accept", "either")
def test_a_script_that_means_no_harm_runs(
    product: Product, run: Callable[..., tuple[str, Any]], attack: dict[str, Any]
) -> None:
    instance, incident = run(attack)
    if attack["verdict"] == "accept":
        assert incident is None
    if incident is None:
        assert product.state(instance) == "completed"


@named("py_overwrite_function")
def test_a_name_that_one_script_takes_is_free_in_the_next(
    product: Product, run: Callable[..., tuple[str, Any]], model: Callable[..., bytes], attack: dict[str, Any]
) -> None:
    run(attack)
    script = '<scriptTask id="t" scriptFormat="python"><script>n = len([1, 2, 3])</script></scriptTask>'
    wait = '<userTask id="w"/><sequenceFlow id="f" sourceRef="t" targetRef="w"/>'
    product.deploy(model(script + wait))
    assert product.variables(product.start())["n"] == 3


@of_kind("script", "incident")
def test_nothing_of_a_script_runs_when_it_is_deployed(
    product: Product, model: Callable[..., bytes], traps: Traps, attack: dict[str, Any]
) -> None:
    text = escape(traps.set_in(content_of(attack).decode()))
    with contextlib.suppress(Invalid):
        product.deploy(model(f'<scriptTask id="t" scriptFormat="python"><script>{text}</script></scriptTask>'))
    traps.check()
