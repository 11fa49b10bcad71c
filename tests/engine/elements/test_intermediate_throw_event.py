"""Intermediate throw event without a trigger: a milestone that is passed."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("intermediateThrowEvent")
def test_is_passed(play: Callable[..., Any]) -> None:
    run = play("intermediate_throw_event.bpmn")
    run.start()
    assert (run.tasks, "half" in run.path()) == (["rest"], True)


@pytest.mark.parametrize("guided", [True, False], ids=["guided", "executable"])
def test_what_does_not_run_yet_is_said_where_nobody_is_asked(play: Callable[..., Any], guided: bool) -> None:
    run = play(
        """
      <process id="p">
        <intermediateThrowEvent id="t"><compensateEventDefinition id="d"/></intermediateThrowEvent>
      </process>""",
        guided=guided,
    )
    run.start()
    assert bool(run.incidents) is not guided
