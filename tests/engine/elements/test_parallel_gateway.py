"""Parallel gateway: one token of each incoming flow in, one on each outgoing flow out."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("parallelGateway")
def test_forks_and_waits_for_all(play: Callable[..., Any]) -> None:
    run = play("parallel_gateway.bpmn")
    run.start()
    assert run.tasks == ["account", "desk", "keys"]
    run.complete("desk")
    run.complete("keys")
    assert run.state() == "running"
    run.complete("account")
    assert run.state() == "completed"
    assert run.path().count("end") == 1


def test_a_write_in_one_branch_is_seen_in_the_other(play: Callable[..., Any]) -> None:
    run = play("parallel_gateway.bpmn")
    run.start(room=None)
    run.complete("keys", room=12)
    run.command(lambda root: root.set_variables("r1", {"seen": root.workflow.bodies["r1"].data["room"]}))
    run.complete("desk", chair=True)
    run.complete("account")
    assert run.variables() == {"room": 12, "seen": 12, "chair": True}


def test_two_tokens_on_one_flow_do_not_make_up_for_another(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><task id="a"/><task id="b"/><exclusiveGateway id="m"/>
        <userTask id="slow"/><parallelGateway id="join"/><userTask id="after"/>
        s -> a
        s -> b
        s -> slow
        a -> m
        b -> m
        m -> join
        slow -> join
        join -> after
      </process>""")
    run.start()
    assert run.tasks == ["slow"]
    run.complete("slow")
    assert run.tasks == ["after"]
    run.complete("after")
    assert run.state() == "running", "the second token still waits at the join"


def test_the_surplus_token_waits_for_the_next_round(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><task id="a"/><task id="b"/><exclusiveGateway id="m"/><exclusiveGateway id="n"/>
        <userTask id="one"/><userTask id="two"/><parallelGateway id="join"/><userTask id="after"/>
        s -> a
        s -> b
        s -> one
        s -> two
        a -> m
        b -> m
        one -> n
        two -> n
        m -> join
        n -> join
        join -> after
      </process>""")
    run.start()
    run.complete("one")
    assert run.tasks == ["after", "two"]
    run.complete("two")
    assert run.tasks == ["after", "after"]
    run.complete("after")
    run.complete("after")
    assert run.state() == "completed"


def test_conditions_on_its_flows_count_for_nothing(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><userTask id="b"/>
        s -> g
        g -> a if False
        g -> b
      </process>""")
    run.start()
    assert run.tasks == ["a", "b"]


def test_joins_in_each_round_of_a_loop(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="m"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>
        <parallelGateway id="j"/><exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>
        s -> m
        m -> f
        f -> a
        f -> b
        a -> j
        b -> j
        j -> g
        g -> m if again
        g -> e
      </process>""")
    run.start(again=True)
    for again in (True, True, False):
        run.complete("a")
        run.complete("b", again=again)
    assert run.state() == "completed"
    assert run.path().count("a") == 3


def test_a_join_that_can_never_complete_waits_in_an_executable_process(play: Callable[..., Any]) -> None:
    run = play(AFTER_A_CHOICE.format(executable='isExecutable="true"'))
    run.start(x=1)
    assert (run.state(), run.tasks) == ("running", [])


def test_guided_a_join_goes_on_when_nobody_else_can_come(play: Callable[..., Any]) -> None:
    run = play(AFTER_A_CHOICE.format(executable=""))
    run.start(x=1)
    assert run.tasks == ["after"]
    run.complete("after")
    assert run.state() == "completed"


AFTER_A_CHOICE = """
<process id="p" {executable}>
  <startEvent id="s"/><exclusiveGateway id="g" default="g_b"/>
  <exclusiveGateway id="m"/><scriptTask id="b" scriptFormat="python"><script>x = 2</script></scriptTask>
  <parallelGateway id="join"/><userTask id="after"/>
  s -> g
  g -> m if x == 1
  g -> b
  m -> join
  b -> join
  join -> after
</process>"""
