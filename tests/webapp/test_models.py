"""The text twin: elements in the order one meets them, in plain words."""

from __future__ import annotations

import bpmn
from webapp.locale_formats import span
from webapp.models import Model, ModelCache
from webapp.words import ago


def stations(content: bytes):
    reading = bpmn.read(content)
    assert reading.definitions is not None
    return [(each.name, each.kind, each.depth) for each in Model(reading.definitions).stations("p")]


def test_elements_come_in_the_order_of_their_flows(model):
    body = (
        '<endEvent id="e" name="Done"/><task id="b" name="Second"/><task id="a" name="First"/>'
        '<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
        '<startEvent id="s"/><task id="lonely" name="Nobody gets here"/>'
        '<sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/>'
        '<sequenceFlow id="3" sourceRef="b" targetRef="e"/><sequenceFlow id="4" sourceRef="late" targetRef="a"/>'
    )
    assert stations(model(body)) == [
        ("Start", "Start", 0),
        ("First", "Task", 0),
        ("Second", "Task", 0),
        ("Timer boundary event", "Timer boundary event", 0),
        ("Done", "End", 0),
        ("Nobody gets here", "Task", 0),
    ]


def test_what_is_inside_a_sub_process_follows_it_deeper(model):
    body = '<subProcess id="sub" name="Pack"><task id="t" name="Wrap&#10; it"/></subProcess><task id="u" name="Send"/>'
    assert stations(model(body)) == [("Pack", "Sub-process", 0), ("Wrap it", "Task", 1), ("Send", "Task", 0)]


def test_a_loop_of_flows_without_a_start_ends(model):
    body = (
        '<task id="a" name="A"/><task id="b" name="B"/>'
        '<sequenceFlow id="1" sourceRef="a" targetRef="b"/><sequenceFlow id="2" sourceRef="b" targetRef="a"/>'
    )
    assert [name for name, _, _ in stations(model(body))] == ["A", "B"]


def test_a_file_that_nobody_drew_is_laid_out(purchase):
    definitions = bpmn.read(purchase).definitions
    assert definitions is not None
    model = Model(definitions)
    assert model.laid_out == "all"
    assert b"BPMNShape" in (model.drawing or b"")


def test_models_are_read_once_and_the_oldest_forgotten(purchase):
    reads = []

    def content() -> tuple[bytes, str]:
        reads.append(1)
        return purchase, "purchase.bpmn"

    cache = ModelCache(most=2)
    for key in ("a", "a", "b", "a", "c", "b"):
        assert cache.get(key, content) is not None
    assert len(reads) == 4
    assert cache.get("broken", lambda: (b"", "x")) is None


def test_times_are_told_in_their_largest_unit(clock):
    from datetime import timedelta

    now = clock.now()
    assert ago(now - timedelta(hours=3, minutes=5), now) == "3 hours ago"
    assert ago(now + timedelta(days=2), now) == "in 2 days"
    assert ago(now, now) == "just now"
    assert span(timedelta(minutes=1)) == "1 minute"


def test_what_is_too_large_is_not_laid_out_while_somebody_waits(purchase, monkeypatch):
    definitions = bpmn.read(purchase).definitions
    assert definitions is not None
    monkeypatch.setattr("webapp.models.MOST_LAID_OUT", 2)
    large = Model(definitions)
    assert large.too_large
    assert large.drawing is None
    assert large.laid_out is None
