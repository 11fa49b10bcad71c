"""The parser in SpiffWorkflow's own way, on files that its own parser refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.compiler.parser import Parser

ELEMENTS = Path(__file__).parents[1] / "elements"
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://example.org">'

# What the stock parser refuses, one reason each, and the tasks that a person then meets.
REFUSED = {
    "a gateway without conditions": (
        """<process id="p" isExecutable="true">
          <startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>
          <sequenceFlow id="f1" sourceRef="s" targetRef="g"/><sequenceFlow id="f2" sourceRef="g" targetRef="a"/>
          <sequenceFlow id="f3" sourceRef="g" targetRef="b"/></process>""",
        ["g"],
    ),
    "several flows out of a task": (
        """<process id="p" isExecutable="true">
          <startEvent id="s"/><userTask id="t"/><endEvent id="e1"/><endEvent id="e2"/>
          <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e1"/>
          <sequenceFlow id="f3" sourceRef="t" targetRef="e2"/></process>""",
        ["t"],
    ),
    "no start event": ('<process id="p" isExecutable="true"><userTask id="t"/></process>', ["t"]),
    "a data store without a class": (
        """<process id="p" isExecutable="true">
          <startEvent id="s"/><userTask id="t"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
          <dataStoreReference id="store" dataStoreRef="files"/></process><dataStore id="files"/>""",
        ["t"],
    ),
    "a business rule task": (
        """<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="t"/><businessRuleTask id="rule"/>
          <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="rule"/>
          </process>""",
        ["t"],
    ),
    "a sub-process without start and end": (
        """<process id="p" isExecutable="true"><startEvent id="s"/><subProcess id="sub"><userTask id="t"/></subProcess>
          <sequenceFlow id="f1" sourceRef="s" targetRef="sub"/></process>""",
        ["t"],
    ),
}


def ready(workflow: BpmnWorkflow) -> list[str]:
    return sorted(task.task_spec.name for task in workflow.get_tasks(state=TaskState.READY, manual=True))


def stock_refuses(data: str) -> bool:
    """Whether SpiffWorkflow's own parser cannot give a workflow of the process."""
    try:
        parser = BpmnParser()
        parser.add_bpmn_str(data.encode())
        BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    except (ValidationException, KeyError, AttributeError, TypeError):
        return True
    return False


@pytest.mark.parametrize("why", REFUSED)
def test_runs_what_the_stock_parser_refuses(why: str) -> None:
    body, tasks = REFUSED[why]
    data = f"{HEAD}{body}</definitions>"
    assert stock_refuses(data)
    parser = Parser()
    parser.add_bpmn_str(data)
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.do_engine_steps()
    assert ready(workflow) == tasks


def test_a_person_completes_it_with_data() -> None:
    parser = Parser()
    parser.add_bpmn_file(str(ELEMENTS / "parallel_gateway.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("moving"))
    workflow.do_engine_steps()
    while tasks := workflow.get_tasks(state=TaskState.READY, manual=True):
        task = tasks[0]
        task.data[f"{task.task_spec.name}_done"] = True
        task.run()
        workflow.do_engine_steps()
    assert workflow.completed
    assert workflow.data == {"keys_done": True, "desk_done": True, "account_done": True}


def test_scripts_and_conditions_run() -> None:
    parser = Parser()
    parser.add_bpmn_file(str(ELEMENTS / "script_task.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("pricing"))
    workflow.task_tree.data["lines"] = [{"price": 2, "count": 3}]
    workflow.do_engine_steps()
    [task] = workflow.get_tasks(state=TaskState.READY, manual=True)
    assert task.data["total"] == 6


def test_a_process_that_calls_others() -> None:
    parser = Parser()
    parser.add_bpmn_files([str(ELEMENTS / "call_activity.bpmn")])
    assert parser.get_process_dependencies() == {"checking", "verifying"}
    workflow = BpmnWorkflow(parser.get_spec("hiring"), parser.get_subprocess_specs("hiring"))
    workflow.do_engine_steps()
    for expected in ("interview", "compare", "sign"):
        [task] = workflow.get_tasks(state=TaskState.READY, manual=True)
        assert task.task_spec.name == expected
        task.run()
        workflow.do_engine_steps()
    assert workflow.completed


def test_a_called_process_that_was_not_added_is_said() -> None:
    parser = Parser()
    parser.add_bpmn_str(f'{HEAD}<process id="p"><callActivity id="c" calledElement="q"/></process></definitions>')
    with pytest.raises(ValidationException, match="'q' is called"):
        parser.get_subprocess_specs("p")


def test_messages_are_sent_to_it() -> None:
    parser = Parser()
    parser.add_bpmn_file(str(ELEMENTS / "receive_task.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("purchase"))
    workflow.do_engine_steps()
    assert not workflow.completed
    workflow.send_event(BpmnEvent(MessageEventDefinition("offer"), {"price": 3}))
    workflow.do_engine_steps()
    assert workflow.completed
    assert workflow.data["price"] == 3


def test_guided_a_drawing_has_processes_and_manual_tasks() -> None:
    data = f'{HEAD}<process id="p"><task id="a"/><task id="b"/></process></definitions>'
    parser = Parser(guided=True)
    parser.add_bpmn_str(data)
    assert parser.get_process_ids() == ["p"]
    workflow = BpmnWorkflow(parser.find_all_specs()["p"])
    workflow.do_engine_steps()
    assert ready(workflow) == ["a", "b"]


def test_five_hundred_nodes_in_a_row() -> None:
    count = 600
    nodes = "".join(f'<userTask id="t{i}"/>' for i in range(count))
    flows = "".join(f'<sequenceFlow id="f{i}" sourceRef="t{i}" targetRef="t{i + 1}"/>' for i in range(count - 1))
    parser = Parser()
    parser.add_bpmn_str(f'{HEAD}<process id="p" isExecutable="true">{nodes}{flows}</process></definitions>')
    workflow = BpmnWorkflow(parser.get_spec("p"))
    workflow.do_engine_steps()
    done = 0
    while tasks := workflow.get_tasks(state=TaskState.READY, manual=True):
        tasks[0].run()
        workflow.do_engine_steps()
        done += 1
    assert (done, workflow.completed) == (count, True)


def test_two_workflows_share_one_spec() -> None:
    parser = Parser()
    parser.add_bpmn_file(str(ELEMENTS / "user_task.bpmn"))
    spec = parser.get_spec("approval")
    one, two = BpmnWorkflow(spec), BpmnWorkflow(spec)
    for workflow in (one, two):
        workflow.do_engine_steps()
    one.get_tasks(state=TaskState.READY, manual=True)[0].run()
    one.do_engine_steps()
    assert (one.completed, two.completed) == (True, False)


@pytest.mark.parametrize("data", [b"", b"not xml", b"<definitions/>", b"PK\x03\x04"])
def test_what_is_no_bpmn_is_refused_in_its_own_words(data: bytes) -> None:
    parser = Parser()
    with pytest.raises(ValidationException):
        parser.add_bpmn_str(data)


def test_a_process_that_is_not_there_is_said_with_those_that_are() -> None:
    parser = Parser()
    parser.add_bpmn_file(str(ELEMENTS / "user_task.bpmn"))
    with pytest.raises(ValidationException, match="There is: approval"):
        parser.get_spec("elsewhere")
    assert parser.get_spec("elsewhere", required=False) is None
