"""Intermediate catch event without a trigger: guided, a person says that it happened; otherwise an incident."""

from collections.abc import Callable
from typing import Any

MODEL = """
<process id="p">
  <startEvent id="s"/><intermediateCatchEvent id="c" name="The weather is good"/><endEvent id="e"/>
  s -> c
  c -> e
</process>"""


def test_guided_a_person_says_that_it_happened(play: Callable[..., Any]) -> None:
    run = play(MODEL)
    run.start()
    assert run.tasks == ["c"]
    run.complete("c")
    assert run.state() == "completed"


def test_executable_it_is_an_incident_and_not_passed(play: Callable[..., Any]) -> None:
    run = play(MODEL, guided=False)
    run.start()
    assert run.incidents == {"c": "“The weather is good” waits, but not for what."}


def test_guided_behind_an_event_based_gateway_too(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p">
        <eventBasedGateway id="g"/><intermediateCatchEvent id="a"/><intermediateCatchEvent id="b"/><task id="after"/>
        g -> a
        g -> b
        b -> after
      </process>""")
    run.start()
    assert run.tasks == ["a", "b"]
    run.complete("b")
    assert run.tasks == ["after"]
