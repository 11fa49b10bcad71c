"""Multi-instance marker: the activity once for each item, at once or one after the other."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import IncidentRecord, UserTaskRecord

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'


@pytest.mark.construct("multi-instance/parallel", "multi-instance/sequential")
def test_at_once_until_enough_are_done_then_in_turn(play: Callable[..., Any]) -> None:
    run = play("multi_instance.bpmn")
    run.start(readers=3, needed=2, signers=2)
    assert run.tasks == ["read", "read", "read"]
    assert [run.record(UserTaskRecord, "read", index).loop_counter for index in range(3)] == [0, 1, 2]
    run.complete("read", index=2)
    assert run.tasks == ["read", "read"]
    run.complete("read")
    assert run.tasks == ["sign"]
    run.complete("sign")
    assert run.record(UserTaskRecord, "sign").loop_counter == 1
    run.complete("sign")
    assert run.state() == "completed"
    assert "loopCounter" not in run.variables()


@pytest.mark.construct("multi-instance/parallel")
@pytest.mark.parametrize("sequential", ["true", "false"])
def test_no_item_is_passed_at_once(play: Callable[..., Any], sequential: str) -> None:
    run = play(f"""
      <process id="p" isExecutable="true">
        <userTask id="t"><multiInstanceLoopCharacteristics isSequential="{sequential}">
          <loopCardinality>0</loopCardinality></multiInstanceLoopCharacteristics></userTask><userTask id="after"/>
        t -> after
      </process>""")
    run.start()
    assert run.tasks == ["after"]


@pytest.mark.construct("multi-instance/sequential")
def test_in_turn_until_the_condition_holds(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="t"><multiInstanceLoopCharacteristics isSequential="true">
          <loopCardinality>5</loopCardinality><completionCondition>found</completionCondition>
          </multiInstanceLoopCharacteristics></userTask><userTask id="after"/>
        t -> after
      </process>""")
    run.start()
    run.complete("t", found=False)
    run.complete("t", found=True)
    assert run.tasks == ["after"]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_over_a_collection_each_sees_its_item(play: Callable[..., Any], sequential: str) -> None:
    run = play(f"""
      <process id="p" isExecutable="true" {CAMUNDA}>
        <subProcess id="sub"><multiInstanceLoopCharacteristics isSequential="{sequential}"
          camunda:collection="${{names}}" camunda:elementVariable="name"/>
          <scriptTask id="t" scriptFormat="python"><script>greeted.append(name)</script></scriptTask>
        </subProcess>
      </process>""")
    run.start(names=["Ann", "Bob"], greeted=[])
    assert (run.state(), sorted(run.variables()["greeted"])) == ("completed", ["Ann", "Bob"])


def test_of_a_sub_process_with_work_inside(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>
          </multiInstanceLoopCharacteristics><userTask id="a"/><userTask id="b"/>
          a -> b
        </subProcess><userTask id="after"/>
        sub -> after
      </process>""")
    run.start()
    assert run.tasks == ["a", "a"]
    run.complete("a")
    run.complete("b")
    assert run.tasks == ["a"]
    run.complete("a")
    run.complete("b")
    assert run.tasks == ["after"]


def test_in_one_another(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="outer"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>
          </multiInstanceLoopCharacteristics>
          <userTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>
            <completionCondition>nrOfCompletedInstances == 2</completionCondition>
            </multiInstanceLoopCharacteristics></userTask>
        </subProcess><userTask id="after"/>
        outer -> after
      </process>""")
    run.start()
    assert run.tasks == ["t"] * 6
    run.complete("t", index=0)
    run.complete("t", index=0)
    assert run.tasks == ["t"] * 3, "the first three are done after two"
    run.complete("t")
    run.complete("t")
    assert run.tasks == ["after"]


@pytest.mark.parametrize(("count", "reason"), [(5001, "5,001"), (-1, "-1"), ("many", "many"), (None, "None")])
def test_what_is_no_count_is_an_incident_that_retry_mends(play: Callable[..., Any], count: Any, reason: str) -> None:
    run = play("multi_instance.bpmn")
    run.start(readers=count, needed=1, signers=0)
    incident = run.record(IncidentRecord, "read")
    assert reason in incident.reason
    assert incident.fix
    run.command(lambda root: root.set_variables("r1", {"readers": 1}))
    run.retry("read")
    assert run.tasks == ["read"]
    run.complete("read")
    assert run.state() == "completed"


def test_an_item_that_fails_is_retried_alone(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <scriptTask id="t" scriptFormat="python"><multiInstanceLoopCharacteristics>
          <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>
          <script>done = done + 1 / divisors[loopCounter]</script></scriptTask>
      </process>""")
    run.start(done=0, divisors=[1, 0, 1])
    assert (run.incidents.keys(), run.variables()["done"]) == ({"t"}, 2)
    run.command(lambda root: root.set_variables("r1", {"divisors": [1, 1, 1]}))
    run.retry("t")
    assert (run.state(), run.variables()["done"]) == ("completed", 3)


def test_a_write_in_one_item_is_seen_in_the_other(play: Callable[..., Any]) -> None:
    run = play("multi_instance.bpmn")
    run.start(readers=2, needed=2, signers=0, votes=0)
    run.complete("read", votes=1)
    run.complete("read", votes=2)
    assert run.variables()["votes"] == 2


def test_guided_without_a_count_it_is_done_once(play: Callable[..., Any]) -> None:
    run = play('<process id="p"><task id="t"><multiInstanceLoopCharacteristics/></task></process>')
    run.start()
    assert run.tasks == ["t"]
    run.complete("t")
    assert run.state() == "completed"


def test_a_thousand_items_at_once(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <scriptTask id="t" scriptFormat="python"><multiInstanceLoopCharacteristics>
          <loopCardinality>1000</loopCardinality></multiInstanceLoopCharacteristics></scriptTask>
      </process>""")
    run.start()
    assert (run.state(), run.path().count("t")) == ("completed", 1000)
