"""Intermediate throw event without a trigger: a milestone that is passed."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("intermediateThrowEvent")
def test_is_passed(play: Callable[..., Any]) -> None:
    run = play("intermediate_throw_event.bpmn")
    run.start()
    assert (run.tasks, "half" in run.path()) == (["rest"], True)
