"""Event sub-process: waits in its scope; interrupting it takes over, otherwise it runs beside."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("eventSubProcess", "startEvent/message/non-interrupting")
def test_beside_it_may_run_again_and_again(play: Callable[..., Any]) -> None:
    run = play("event_sub_process.bpmn")
    run.start()
    run.message("change", colour="red")
    run.message("change", colour="blue")
    assert run.tasks == ["note", "note", "pick"]
    run.complete("pick")
    run.work("ship")
    assert (run.state(), run.tasks) == ("running", ["note", "note"])
    run.complete("note")
    run.complete("note")
    assert (run.state(), run.variables()) == ("completed", {"colour": "blue"})


@pytest.mark.construct("eventSubProcess", "startEvent/error")
def test_an_error_inside_the_scope_starts_it(play: Callable[..., Any]) -> None:
    run = play("event_sub_process.bpmn")
    run.start()
    run.complete("pick")
    run.message("change")
    run.throw("ship", "LOST")
    assert (run.tasks, run.jobs, run.subscriptions) == (["apologise"], [], [])
    run.complete("apologise")
    assert run.state() == "completed"


@pytest.mark.construct("eventSubProcess", "startEvent/timer")
def test_a_timer_starts_it_and_interrupts(play: Callable[..., Any]) -> None:
    run = play("event_sub_process.bpmn")
    run.start()
    run.later(days=30)
    assert (run.tasks, run.jobs) == (["refund"], [])
    run.complete("refund")
    assert run.state() == "completed"


INSIDE = """
<message id="m" name="m"/><signal id="s1" name="sig"/><escalation id="x" name="X" escalationCode="X"/>
<process id="p" isExecutable="true">
  <subProcess id="sub">
    <startEvent id="s"/><userTask id="work"/>
    <intermediateThrowEvent id="esc"><escalationEventDefinition id="d0" escalationRef="x"/></intermediateThrowEvent>
    <userTask id="more"/>
    s -> work
    work -> esc
    esc -> more
    <subProcess id="esp" triggeredByEvent="true">
      <startEvent id="start" isInterrupting="{interrupting}">{definition}</startEvent><userTask id="handle"/>
      start -> handle
    </subProcess>
  </subProcess>
  <userTask id="after"/>
  sub -> after
</process>"""

KINDS = {
    "message": '<messageEventDefinition id="d" messageRef="m"/>',
    "signal": '<signalEventDefinition id="d" signalRef="s1"/>',
    "timer": '<timerEventDefinition id="d"><timeDuration>PT1H</timeDuration></timerEventDefinition>',
    "escalation": '<escalationEventDefinition id="d" escalationRef="x"/>',
}
TRIGGERS: dict[str, Callable[[Any], None]] = {
    "message": lambda run: run.message("m"),
    "signal": lambda run: run.message("sig"),
    "timer": lambda run: run.later(hours=1),
    "escalation": lambda run: run.complete("work"),
}


@pytest.mark.construct("eventSubProcess", "startEvent/message", "startEvent/signal", "startEvent/timer")
@pytest.mark.construct("startEvent/escalation")
@pytest.mark.parametrize("kind", KINDS)
def test_inside_a_sub_process_it_takes_over_that_only(play: Callable[..., Any], kind: str) -> None:
    run = play(INSIDE.format(interrupting="true", definition=KINDS[kind]))
    run.start()
    TRIGGERS[kind](run)
    assert (run.tasks, run.subscriptions, run.jobs) == (["handle"], [], [])
    run.complete("handle")
    assert run.tasks == ["after"]


@pytest.mark.construct("eventSubProcess", "startEvent/message/non-interrupting", "startEvent/signal/non-interrupting")
@pytest.mark.construct("startEvent/timer/non-interrupting", "startEvent/escalation/non-interrupting")
@pytest.mark.parametrize("kind", KINDS)
def test_inside_a_sub_process_it_runs_beside(play: Callable[..., Any], kind: str) -> None:
    run = play(INSIDE.format(interrupting="false", definition=KINDS[kind]))
    run.start()
    TRIGGERS[kind](run)
    other = "more" if kind == "escalation" else "work"
    assert run.tasks == sorted(["handle", other])
    for task in ["work", "more"] if other == "work" else ["more"]:
        run.complete(task)
    assert run.tasks == ["handle"]
    run.complete("handle")
    assert run.tasks == ["after"]


def test_an_error_it_throws_itself_goes_outwards(play: Callable[..., Any]) -> None:
    run = play("""
      <error id="e1" name="One" errorCode="ONE"/>
      <process id="p" isExecutable="true">
        <subProcess id="sub">
          <endEvent id="throw"><errorEventDefinition id="d1" errorRef="e1"/></endEvent>
          <subProcess id="esp" triggeredByEvent="true">
            <startEvent id="s"><errorEventDefinition id="d2" errorRef="e1"/></startEvent><userTask id="handle"/>
            <endEvent id="again"><errorEventDefinition id="d3" errorRef="e1"/></endEvent>
            s -> handle
            handle -> again
          </subProcess>
        </subProcess>
        <boundaryEvent id="b" attachedToRef="sub"><errorEventDefinition id="d4" errorRef="e1"/></boundaryEvent>
        <userTask id="outside"/>
        b -> outside
      </process>""")
    run.start()
    assert run.tasks == ["handle"]
    run.complete("handle")
    assert run.tasks == ["outside"]


def test_it_has_a_scope_of_its_own(play: Callable[..., Any]) -> None:
    run = play("event_sub_process.bpmn")
    run.start()
    run.message("change", colour="red")
    scope = max(run.roots["r1"].scopes)
    run.command(lambda root: root.set_variables(scope, {"private": 1}, local=True))
    run.complete("note", private=2)
    assert "private" not in run.variables()


def test_guided_a_person_says_that_an_unsaid_start_happened(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <task id="work"/>
        <subProcess id="esp" triggeredByEvent="true"><startEvent id="s"/><task id="handle"/>
          s -> handle
        </subProcess>
      </process>""")
    run.start()
    assert run.tasks == ["s", "work"]
    run.complete("s")
    assert run.tasks == ["handle"]


def test_without_a_start_event_it_never_begins_and_holds_nothing_up(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="work"/><subProcess id="esp" triggeredByEvent="true"><userTask id="handle"/></subProcess>
      </process>""")
    run.start()
    assert run.tasks == ["work"]
    run.complete("work")
    assert run.state() == "completed"
