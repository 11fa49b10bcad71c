"""Script task: a script of the model in its sandbox; what fails in it is an incident."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.runtime.records import IncidentRecord

ONE = """
<process id="p" isExecutable="true">
  <startEvent id="s"/><scriptTask id="t" scriptFormat="python"><script>{script}</script></scriptTask><endEvent id="e"/>
  s -> t
  t -> e
</process>"""


@pytest.mark.construct("scriptTask")
def test_sets_and_changes_variables(play: Callable[..., Any]) -> None:
    run = play("script_task.bpmn")
    run.start(lines=[{"price": 3, "count": 2}, {"price": 4, "count": 1}])
    assert run.tasks == ["check"]
    assert run.variables()["total"] == 10
    assert len(run.variables()["lines"]) == 3
    run.complete("check")
    assert run.state() == "completed"


def test_a_script_that_fails_is_an_incident_that_retry_mends(play: Callable[..., Any]) -> None:
    run = play(ONE.format(script="rate = total / count"))
    run.start(total=6, count=0)
    incident = run.record(IncidentRecord, "t")
    assert run.state() == "running"
    assert (incident.code, incident.expression) == ("expression", "rate = total / count")
    assert "ZeroDivisionError" in incident.reason
    run.command(lambda root: root.set_variables("r1", {"count": 3}))
    run.retry("t")
    assert (run.state(), run.variables()["rate"], run.incidents) == ("completed", 2, {})


def test_a_failed_script_leaves_no_half_done_change(play: Callable[..., Any]) -> None:
    run = play(ONE.format(script="a = 1\nb = missing"))
    run.start()
    assert "missing" in run.incidents["t"]
    assert run.variables() == {}


@pytest.mark.parametrize(
    "script",
    ["import os\nx = os.getpid()", "x = open('/etc/hostname').read()", "x = ().__class__.__mro__[1].__subclasses__()"],
    ids=["os", "files", "classes"],
)
def test_a_script_sees_nothing_of_the_machine(play: Callable[..., Any], script: str) -> None:
    run = play(ONE.format(script=script))
    run.start()
    assert list(run.incidents) == ["t"]
    assert "x" not in run.variables()


def test_a_script_without_end_is_stopped(play: Callable[..., Any]) -> None:
    run = play(ONE.format(script="while True: pass"))
    run.start()
    incident = run.record(IncidentRecord, "t")
    assert "more time" in incident.reason
    assert incident.fix


def test_a_script_in_a_foreign_language_is_an_incident_that_says_so(play: Callable[..., Any]) -> None:
    run = play(ONE.format(script="x = 1").replace("python", "application/x-perl"))
    run.start()
    assert "does not run here" in run.incidents["t"]


def test_without_a_script_it_is_passed_and_guided_a_person_does_it(play: Callable[..., Any]) -> None:
    model = '<process id="p"><scriptTask id="t"/></process>'
    run = play(model, guided=False)
    run.start()
    assert run.state() == "completed"
    run = play(model)
    run.start()
    assert run.tasks == ["t"]


def test_a_script_sees_the_items_own_variables_first(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><scriptTask id="t" scriptFormat="python"><script>seen.append(loopCounter)</script>
          <multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>
          </multiInstanceLoopCharacteristics></scriptTask>
        s -> t
      </process>""")
    run.start(seen=[])
    assert run.variables()["seen"] == [0, 1, 2]
