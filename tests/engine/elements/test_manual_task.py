"""Manual task: a person says when it is done; in files of suites that pass it, it is passed."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("manualTask")
def test_waits_until_a_person_says_it_is_done(play: Callable[..., Any]) -> None:
    run = play("manual_task.bpmn")
    run.start()
    assert run.tasks == ["carry"]
    run.complete("carry", floor=4)
    assert (run.state(), run.variables()) == ("completed", {"floor": 4})


def test_is_passed_in_a_camunda_file(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:versionTag="1">
        <startEvent id="s"/><manualTask id="carry"/><endEvent id="e"/>
        s -> carry
        carry -> e
      </process>""")
    run.start()
    assert run.state() == "completed"
