"""Standard loop marker: the activity again while its condition is true."""

from collections.abc import Callable
from typing import Any

import pytest


def looped(attributes: str = "", condition: str = "") -> str:
    inside = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    return f"""
      <process id="p" isExecutable="true">
        <userTask id="t"><standardLoopCharacteristics {attributes}>{inside}</standardLoopCharacteristics></userTask>
        <userTask id="after"/>
        t -> after
      </process>"""


@pytest.mark.construct("standard-loop")
def test_goes_on_while_the_condition_is_true(play: Callable[..., Any]) -> None:
    run = play("standard_loop.bpmn")
    run.start()
    run.complete("play", good=False)
    run.complete("play", good=True)
    assert (run.state(), run.path().count("play")) == ("completed", 2)


@pytest.mark.construct("standard-loop")
def test_goes_on_as_often_as_the_maximum_allows(play: Callable[..., Any]) -> None:
    run = play("standard_loop.bpmn")
    run.start()
    for _ in range(5):
        run.complete("play", good=False)
    assert run.state() == "completed"


@pytest.mark.parametrize(("more", "tasks"), [(True, ["t"]), (False, ["after"])])
def test_tested_before_it_may_not_happen_at_all(play: Callable[..., Any], more: bool, tasks: list[str]) -> None:
    run = play(looped('testBefore="true"', "more"))
    run.start(more=more)
    assert run.tasks == tasks


def test_a_maximum_alone_is_how_often(play: Callable[..., Any]) -> None:
    run = play(looped('loopMaximum="2"'))
    run.start()
    run.complete("t")
    run.complete("t")
    assert run.tasks == ["after"]


def test_without_either_it_is_an_incident_and_guided_done_once(play: Callable[..., Any]) -> None:
    run = play(looped())
    run.start()
    run.complete("t")
    assert "without a condition" in next(iter(run.incidents.values()))
    run = play(looped(), guided=True)
    run.start()
    run.complete("t")
    assert run.tasks == ["after"]


def test_of_a_sub_process(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><standardLoopCharacteristics><loopCondition>rounds &lt; 3</loopCondition>
          </standardLoopCharacteristics>
          <scriptTask id="t" scriptFormat="python"><script>rounds = rounds + 1</script></scriptTask>
        </subProcess>
      </process>""")
    run.start(rounds=0)
    assert (run.state(), run.variables()) == ("completed", {"rounds": 3})
