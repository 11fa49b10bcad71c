"""Inclusive gateway: every flow that is true; joined as soon as no other token can still arrive."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import UserTaskRecord


@pytest.mark.construct("inclusiveGateway")
@pytest.mark.parametrize(
    ("flight", "nights", "asked"), [(True, 3, ["flight", "hotel"]), (True, 0, ["flight"]), (False, 0, [])]
)
def test_takes_every_true_flow_and_joins_them(
    play: Callable[..., Any], flight: bool, nights: int, asked: list[str]
) -> None:
    run = play("inclusive_gateway.bpmn")
    run.start(flight=flight, nights=nights)
    assert run.tasks == asked
    for task in asked:
        assert run.state() == "running"
        run.complete(task)
    assert run.state() == "completed"
    assert run.path().count("end") == 1
    assert ("none" in run.path()) == (not asked)


def test_no_true_flow_and_no_default_is_an_incident(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><inclusiveGateway id="g"/><endEvent id="a"/><endEvent id="b"/>
        s -> g
        g -> a if x > 1
        g -> b if x > 2
      </process>""")
    run.start(x=0)
    assert "No condition" in run.incidents["g"]
    run.command(lambda root: root.set_variables("r1", {"x": 9}))
    run.retry("g")
    assert run.state() == "completed"


def test_guided_its_question_takes_several_answers(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <startEvent id="s"/><inclusiveGateway id="g" name="What is broken?"/><task id="a"/><task id="b"/><task id="c"/>
        <inclusiveGateway id="j"/><task id="after"/>
        s -> g
        g -> a
        g -> b
        g -> c
        a -> j
        b -> j
        c -> j
        j -> after
      </process>""")
    run.start()
    assert run.record(UserTaskRecord, "g").form["multiple"] is True
    run.complete("g", outcome=["g_a", "g_c"])
    assert run.tasks == ["a", "c"]
    run.complete("c")
    run.complete("a")
    assert run.tasks == ["after"]
    assert len([event for event in run.roots["r1"].events if event.element_id == "after"]) == 2


def test_joins_after_an_exclusive_choice(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="g" default="g_b"/><userTask id="a"/><userTask id="b"/>
        <inclusiveGateway id="j"/><userTask id="after"/>
        s -> g
        g -> a if x == 1
        g -> b
        a -> j
        b -> j
        j -> after
      </process>""")
    run.start(x=1)
    run.complete("a")
    assert run.tasks == ["after"]


def test_waits_for_a_token_that_may_still_choose_to_come(play: Callable[..., Any]) -> None:
    run = play(MAY_COME)
    run.start()
    run.complete("fast")
    assert run.tasks == ["slow"]
    run.complete("slow", way="join")
    assert run.tasks == ["after"]


def test_goes_on_when_the_other_token_chooses_another_way(play: Callable[..., Any]) -> None:
    run = play(MAY_COME)
    run.start()
    run.complete("fast")
    run.complete("slow", way="out")
    assert run.tasks == ["after"]


MAY_COME = """
<process id="p" isExecutable="true">
  <startEvent id="s"/><parallelGateway id="f"/><userTask id="fast"/><userTask id="slow"/>
  <exclusiveGateway id="g" default="g_j"/><endEvent id="out"/><inclusiveGateway id="j"/><userTask id="after"/>
  s -> f
  f -> fast
  f -> slow
  slow -> g
  g -> out if way == "out"
  g -> j
  fast -> j
  j -> after
</process>"""


def test_in_a_loop_each_round_is_joined(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="m"/><inclusiveGateway id="f" default="f_b"/>
        <userTask id="a"/><userTask id="b"/><inclusiveGateway id="j"/>
        <exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>
        s -> m
        m -> f
        f -> a if a
        f -> b
        a -> j
        b -> j
        j -> g
        g -> m if again
        g -> e
      </process>""")
    run.start(a=True)
    run.complete("a", again=True, a=False)
    assert run.tasks == ["b"]
    run.complete("b", again=True, a=True)
    run.complete("a", again=False)
    assert run.state() == "completed"
    assert run.path().count("j") == 3


def test_a_join_that_loops_back_into_itself(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><inclusiveGateway id="j"/><userTask id="work"/>
        <exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>
        s -> j
        j -> work
        work -> g
        g -> j if again
        g -> e
      </process>""")
    run.start()
    for again in (True, True, False):
        run.complete("work", again=again)
    assert run.state() == "completed"


def test_a_boundary_event_on_the_way_is_a_way_too(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="fast"/><userTask id="slow"/><endEvent id="other"/>
        <boundaryEvent id="late" attachedToRef="slow"><timerEventDefinition id="d"><timeDuration>PT1H</timeDuration>
        </timerEventDefinition></boundaryEvent>
        <inclusiveGateway id="j"/><userTask id="after"/>
        s -> fast
        s -> slow
        slow -> other
        late -> j
        fast -> j
        j -> after
      </process>""")
    run.start()
    run.complete("fast")
    assert run.tasks == ["slow"]
    run.later(hours=1)
    assert run.tasks == ["after"]
    run.complete("after")
    assert run.state() == "completed"


def test_two_joins_that_wait_for_each_other_do_not_hang(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><inclusiveGateway id="j"/><inclusiveGateway id="k"/><task id="a"/><task id="b"/>
        <exclusiveGateway id="x" default="x_e1"/><exclusiveGateway id="y" default="y_e2"/>
        <endEvent id="e1"/><endEvent id="e2"/>
        s -> j
        s -> k
        j -> x
        k -> y
        x -> k if False
        x -> e1
        y -> j if False
        y -> e2
      </process>""")
    run.start()
    assert run.state() == "completed"


def test_in_a_sub_process_only_its_own_tokens_count(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="beside"/>
        <subProcess id="sub"><inclusiveGateway id="f" default="f_j"/><userTask id="a"/><inclusiveGateway id="j"/>
          <userTask id="after"/>
          f -> a if True
          f -> j
          a -> j
          j -> after
        </subProcess>
        s -> beside
        s -> sub
      </process>""")
    run.start()
    run.complete("a")
    assert run.tasks == ["after", "beside"]


def test_a_link_on_the_way_is_a_way_too(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="fast"/><userTask id="slow"/>
        <intermediateThrowEvent id="jump"><linkEventDefinition id="l1" name="A"/></intermediateThrowEvent>
        <intermediateCatchEvent id="land"><linkEventDefinition id="l2" name="A"/></intermediateCatchEvent>
        <inclusiveGateway id="j"/><userTask id="after"/>
        s -> fast
        s -> slow
        fast -> j
        slow -> jump
        land -> j
        j -> after
      </process>""")
    run.start()
    run.complete("fast")
    assert run.tasks == ["slow"]
    run.complete("slow")
    assert run.tasks == ["after"]
