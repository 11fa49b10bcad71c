"""Link events: a jump within the same process level."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("intermediateThrowEvent/link", "intermediateCatchEvent/link")
def test_jumps_to_the_link_of_the_same_name(play: Callable[..., Any]) -> None:
    run = play("link_event.bpmn")
    run.start()
    assert run.tasks == ["first"]
    run.complete("first")
    assert run.tasks == ["second"]
    run.complete("second")
    assert run.state() == "completed"
    assert [element for element in run.path() if element.endswith("_a")] == ["to_a", "from_a"]


def test_several_throw_to_one(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/>
        <intermediateThrowEvent id="t1"><linkEventDefinition id="l1" name="A"/></intermediateThrowEvent>
        <intermediateThrowEvent id="t2"><linkEventDefinition id="l2" name="A"/></intermediateThrowEvent>
        <intermediateCatchEvent id="c"><linkEventDefinition id="l3" name="A"/></intermediateCatchEvent>
        <userTask id="u"/>
        s -> t1
        s -> t2
        c -> u
      </process>""")
    run.start()
    assert run.tasks == ["u", "u"]


def test_a_link_in_a_sub_process_is_not_one_outside(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/>
        <intermediateThrowEvent id="t" name="Off"><linkEventDefinition id="l1" name="A"/></intermediateThrowEvent>
        <subProcess id="sub"><task id="x"/>
          <intermediateCatchEvent id="c"><linkEventDefinition id="l2" name="A"/></intermediateCatchEvent></subProcess>
        s -> t
      </process>""")
    run.start()
    assert "which nothing catches" in run.incidents["t"]


def test_in_a_loop_of_links_each_round_passes(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="m"/><userTask id="u"/><exclusiveGateway id="g" default="g_e"/>
        <intermediateThrowEvent id="t"><linkEventDefinition id="l1" name="back"/></intermediateThrowEvent>
        <intermediateCatchEvent id="c"><linkEventDefinition id="l2" name="back"/></intermediateCatchEvent>
        <endEvent id="e"/>
        s -> m
        c -> m
        m -> u
        u -> g
        g -> t if again
        g -> e
      </process>""")
    run.start()
    run.complete("u", again=True)
    run.complete("u", again=False)
    assert run.state() == "completed"


def test_guided_a_link_to_nowhere_is_where_the_way_ends(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <task id="t"/><intermediateThrowEvent id="l" name="A"><linkEventDefinition id="d" name="A"/>
        </intermediateThrowEvent>
        t -> l
      </process>""")
    run.start()
    run.complete("t")
    assert (run.state(), run.incidents) == ("completed", {})
