"""Processes that would run away, multiply or hang: held by bounds, and each a matter of one instance."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hostile import Product, content_of, named, of_kind

from engine.clock import VirtualClock
from engine.commands import CorrelateMessage
from engine.errors import Invalid, Refusal
from engine.queries import InstanceList, TaskCounts, TaskList

MINUTE = timedelta(minutes=1)


def deployed(product: Product, attack: dict[str, Any]) -> None:
    product.deploy(content_of(attack))


@pytest.fixture
def begin(product: Product, clock: VirtualClock) -> Callable[..., str]:
    """Start what is deployed and let its jobs run for a minute."""

    def make(attack: dict[str, Any]) -> str:
        deployed(product, attack)
        instance = product.start()
        clock.advance(MINUTE)
        product.engine.run_due()
        return instance

    return make


@of_kind("process", "incident")
def test_it_stops_with_an_incident(product: Product, begin: Callable[..., str], attack: dict[str, Any]) -> None:
    started = time.monotonic()
    try:
        instance = begin(attack)
    except Invalid as refusal:
        assert refusal.message
        return
    assert time.monotonic() - started < 90
    states = {row.state for row in product.ask(InstanceList(limit=200, called_too=True)).rows}
    incidents = product.incidents()
    assert incidents, states
    assert all(each.element_id and each.reason for each in incidents)
    if attack["name"] != "signal_storm_self":
        assert product.state(instance) != "completed"
    alice = product.visitor("alice")
    started = time.monotonic()
    assert alice.see("/tasks")
    assert time.monotonic() - started < 2
    assert incidents[0].reason[:20] in alice.see(f"/instances/{incidents[0].instance_id}").replace("&#39;", "'")


@named("multi_instance_1e9", "user_task_1e4_parallel")
def test_nothing_is_made_of_what_is_too_many(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    begin(attack)
    assert product.ask(TaskCounts()).all == 0


@named("signal_storm_self")
def test_a_signal_that_feeds_itself_is_cut(product: Product, begin: Callable[..., str], attack: dict[str, Any]) -> None:
    begin(attack)
    assert len(product.ask(InstanceList(limit=200)).rows) <= 60


@named("call_recursive_conditional")
def test_calls_are_not_deeper_than_they_may_be(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    begin(attack)
    assert len(product.ask(InstanceList(limit=200, called_too=True)).rows) <= 60


@named("timer_past_date", "timer_negative")
def test_a_time_that_has_passed_fires_once_and_at_once(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    instance = begin(attack)
    if attack["verdict"] == "accept" or not product.incidents():
        assert product.state(instance) == "completed"


@named("multi_instance_not_int")
def test_a_number_in_quotation_marks_is_never_none(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    begin(attack)
    tasks = product.ask(TaskList(view="all")).rows
    assert len(tasks) == 3 or (not tasks and product.incidents())


@named("message_key_injection")
@pytest.mark.parametrize("key", [{"order": {"$ne": None}}, ["1", "2"], {"order": ["1", "2"]}])
def test_a_key_is_compared_and_never_a_query(
    product: Product, begin: Callable[..., str], attack: dict[str, Any], key: Any
) -> None:
    instance = begin(attack)
    try:
        product.do(CorrelateMessage("Paid", correlation=key if isinstance(key, dict) else {"order": key}))
    except Refusal:
        assert product.state(instance) == "running"
    product.engine.run_due()
    assert product.state(instance) == "running"


@named("message_flood_unmatched")
def test_messages_that_nobody_waits_for_do_not_pile_up(
    product: Product, clock: VirtualClock, attack: dict[str, Any]
) -> None:
    deployed(product, attack)
    kept = 0
    for number in range(60):
        try:
            product.do(CorrelateMessage("Nobody", business_key=str(number)))
            kept += 1
        except Refusal as refusal:
            assert 400 <= refusal.status < 500
    assert kept < 60 or clock.advance(timedelta(hours=2)) is None
    product.engine.run_due()
    assert product.incidents() == []


@named("exclusive_no_match")
def test_no_way_out_is_an_incident_at_the_gateway(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    begin(attack)
    (incident,) = product.incidents()
    assert incident.element_id == "x"


@named("error_uncaught")
def test_an_error_that_nobody_catches_is_no_success(
    product: Product, begin: Callable[..., str], attack: dict[str, Any]
) -> None:
    instance = begin(attack)
    assert product.state(instance) in {"failed", "running"}
    assert "boom" in product.incidents()[0].reason or "E1" in product.incidents()[0].reason
