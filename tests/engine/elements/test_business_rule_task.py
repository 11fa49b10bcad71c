"""Business rule task: the decision is a worker's job or, bound or guided, a person's."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.services.binding import Binding


@pytest.mark.construct("businessRuleTask")
@pytest.mark.parametrize(("percent", "end"), [(5, "with"), (0, "full")])
def test_the_decision_of_a_worker_goes_on_in_the_process(play: Callable[..., Any], percent: int, end: str) -> None:
    run = play("business_rule_task.bpmn")
    run.start()
    assert run.jobs == [("external", "decide")]
    run.work("decide", percent=percent)
    assert run.state() == "completed"
    assert end in run.path()


def test_bound_to_a_person_it_is_a_task(play: Callable[..., Any]) -> None:
    run = play("business_rule_task.bpmn", bindings={"decide": Binding("person", "sales")})
    run.start()
    run.complete("decide", percent=0)
    assert "full" in run.path()
