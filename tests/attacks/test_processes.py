"""Processes that would run away, multiply or hang: held by bounds, and each a matter of one instance."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from hostile import Product, attacks, content_of, named

from engine.clock import VirtualClock
from engine.commands import CorrelateMessage
from engine.errors import NotFound, Refusal
from engine.queries import InstanceDetail, InstanceList, JobList, TaskCounts, TaskList

MINUTE = timedelta(minutes=1)
# An error that nobody catches ends the instance, so that there is nothing to repair.
ENDS = {"error_uncaught"}


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


@attacks(lambda attack: attack["kind"] == "process" and attack["verdict"] == "incident" and attack["name"] not in ENDS)
def test_it_stops_with_an_incident(product: Product, begin: Callable[..., str], attack: dict[str, Any]) -> None:
    started = time.monotonic()
    instance = begin(attack)
    assert time.monotonic() - started < 90
    incidents = product.incidents()
    assert incidents
    assert all(each.element_id and each.reason for each in incidents)
    if attack["name"] != "signal_storm_self":
        assert product.state(instance) == "running"
    alice = product.visitor("alice")
    started = time.monotonic()
    assert alice.see("/tasks")
    assert time.monotonic() - started < 2
    assert incidents[0].reason in unescape(alice.see(f"/instances/{incidents[0].instance_id}"))


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
    with pytest.raises(Refusal):
        product.do(CorrelateMessage("Paid", correlation=key if isinstance(key, dict) else {"order": key}))
    product.engine.run_due()
    assert product.state(instance) == "running"


@named("message_flood_unmatched")
def test_messages_that_nobody_waits_for_do_not_pile_up(
    product: Product, clock: VirtualClock, attack: dict[str, Any]
) -> None:
    deployed(product, attack)
    for number in range(60):
        with pytest.raises(NotFound):
            product.do(CorrelateMessage("Nobody", business_key=str(number)))
    product.do(CorrelateMessage("Nobody", keep=MINUTE))
    clock.advance(2 * MINUTE)
    product.engine.run_due()
    assert product.ask(JobList()).rows == ()


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
    row = product.ask(InstanceDetail(instance)).instance
    assert (row.state, row.end_reason) == ("failed", "error E1")
    assert "E1" in product.visitor("alice").see(f"/instances/{instance}")
