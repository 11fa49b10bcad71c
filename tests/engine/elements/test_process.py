"""Process: several in a file, pools and lanes, data objects, an end when nothing is left."""

from collections.abc import Callable
from typing import Any

from engine.runtime.records import UserTaskRecord


def test_each_process_of_a_file_runs_for_itself(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("selling")
    run.start("posting")
    assert run.tasks == ["post", "sell", "write"]
    run.complete("post")
    assert (run.state("r1"), run.state("r2")) == ("running", "completed")


def test_without_lanes_the_pool_is_who_does_it(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("posting")
    assert run.record(UserTaskRecord, "post").candidate_groups == ("Post",)


def test_a_data_object_is_a_variable_of_the_instance(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("selling")
    run.complete("write", invoice={"number": 7})
    assert run.variables() == {"invoice": {"number": 7}}


def test_the_innermost_lane_is_who_does_it(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <laneSet id="ls"><lane id="l1" name="Company"><flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef>
          <childLaneSet id="cs"><lane id="l2" name="Sales"><flowNodeRef>b</flowNodeRef></lane></childLaneSet>
        </lane></laneSet>
        <startEvent id="s"/><userTask id="a"/><userTask id="b"/>
        s -> a
        s -> b
      </process>""")
    run.start()
    assert run.record(UserTaskRecord, "a").candidate_groups == ("Company",)
    assert run.record(UserTaskRecord, "b").candidate_groups == ("Sales",)


def test_cancelled_it_leaves_nothing_behind(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("selling")
    run.command(lambda root: root.cancel("r1", "not needed"))
    stored = run.roots["r1"]
    assert (run.state(), stored.instances["r1"].end_reason) == ("cancelled", "not needed")
    assert (stored.tokens, stored.scopes, stored.waits, stored.variables) == ({}, {}, {}, {})


def test_ended_it_leaves_nothing_behind_but_its_history(play: Callable[..., Any]) -> None:
    run = play("process.bpmn")
    run.start("posting", parcel=1)
    run.complete("post")
    stored = run.roots["r1"]
    assert (stored.tokens, stored.scopes, stored.waits, stored.variables) == ({}, {}, {}, {})
    assert run.variables() == {"parcel": 1}


def test_data_goes_into_and_out_of_a_task_as_its_associations_say(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <dataObject id="order"/><dataObjectReference id="order_ref" name="order" dataObjectRef="order"/>
        <dataObject id="bill"/><dataObjectReference id="bill_ref" name="bill" dataObjectRef="bill"/>
        <userTask id="write">
          <ioSpecification id="io">
            <dataInput id="in" name="wanted"/><dataOutput id="out" name="written"/>
            <inputSet id="is"><dataInputRefs>in</dataInputRefs></inputSet>
            <outputSet id="os"><dataOutputRefs>out</dataOutputRefs></outputSet>
          </ioSpecification>
          <dataInputAssociation id="a1"><sourceRef>order_ref</sourceRef><targetRef>in</targetRef>
          </dataInputAssociation>
          <dataOutputAssociation id="a2"><sourceRef>out</sourceRef><targetRef>bill_ref</targetRef>
          </dataOutputAssociation>
        </userTask>
      </process>""")
    run.start(order="lamp")
    task = run.record(UserTaskRecord, "write")
    seen: dict[str, Any] = {}
    run.command(lambda root: seen.update(root.workflow.tasks[task.token].data))
    assert seen == {"order": "lamp", "wanted": "lamp"}
    run.complete("write", written="one lamp")
    assert run.variables()["bill"] == "one lamp"
