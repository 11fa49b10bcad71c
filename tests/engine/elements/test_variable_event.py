"""Events that wait for a change of a variable, without a condition (Flowable: variable listener event definition)."""

from collections.abc import Callable
from typing import Any

import pytest

FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'
LISTENS = """<extensionElements><flowable:variableListenerEventDefinition variableName="price"
  variableChangeType="{0}"/></extensionElements>"""


def sets(**variables: Any) -> Callable[[Any], None]:
    return lambda root: root.set_variables("r1", variables)


@pytest.mark.construct("intermediateCatchEvent/variable")
def test_waits_for_a_change(play: Callable[..., Any]) -> None:
    run = play(f"""
      <process id="p" isExecutable="true" {FLOWABLE}>
        <startEvent id="s"/><intermediateCatchEvent id="c">{LISTENS.format("all")}</intermediateCatchEvent>
        <userTask id="after"/>
        s -> c
        c -> after
      </process>""")
    run.start(price=1)
    run.command(sets(other=1))
    assert run.tasks == []
    run.command(sets(price=2))
    assert run.tasks == ["after"]


@pytest.mark.construct("boundaryEvent/variable/interrupting", "boundaryEvent/variable/non-interrupting")
@pytest.mark.parametrize(("cancels", "left"), [("true", ["after"]), ("false", ["after", "after", "work"])])
def test_at_the_boundary_of_an_activity(play: Callable[..., Any], cancels: str, left: list[str]) -> None:
    run = play(f"""
      <process id="p" isExecutable="true" {FLOWABLE}>
        <startEvent id="s"/><userTask id="work"/>
        <boundaryEvent id="b" attachedToRef="work" cancelActivity="{cancels}">{LISTENS.format("update")}
        </boundaryEvent><userTask id="after"/>
        s -> work
        b -> after
      </process>""")
    run.start()
    run.command(sets(price=1))
    assert run.tasks == ["work"], "it is created, not updated"
    run.command(sets(price=2))
    run.command(sets(price=3))
    assert run.tasks == left


@pytest.mark.construct("startEvent/variable", "startEvent/variable/non-interrupting", "eventSubProcess")
@pytest.mark.parametrize(("interrupting", "left"), [("true", ["handle"]), ("false", ["handle", "work"])])
def test_starts_an_event_sub_process(play: Callable[..., Any], interrupting: str, left: list[str]) -> None:
    run = play(f"""
      <process id="p" isExecutable="true" {FLOWABLE}>
        <startEvent id="s"/><userTask id="work"/>
        <subProcess id="esp" triggeredByEvent="true">
          <startEvent id="changed" isInterrupting="{interrupting}">{LISTENS.format("create")}</startEvent>
          <userTask id="handle"/>
          changed -> handle
        </subProcess>
        s -> work
      </process>""")
    run.start()
    run.command(sets(price=1))
    assert run.tasks == left


def test_guided_a_person_may_say_that_it_happened(play: Callable[..., Any]) -> None:
    run = play(
        f"""
      <process id="p" {FLOWABLE}>
        <startEvent id="s"/><intermediateCatchEvent id="c">{LISTENS.format("all")}</intermediateCatchEvent>
        s -> c
      </process>""",
        guided=True,
    )
    run.start()
    assert run.tasks == ["c"]
    run.complete("c")
    assert run.state() == "completed"
