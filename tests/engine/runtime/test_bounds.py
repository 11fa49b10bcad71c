"""Bounds of one command: crossing one is an incident that names element, reason and fix, and that retry takes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Invalid
from engine.runtime.records import IncidentRecord

LOOP = """
<process id="p" isExecutable="true">
  <startEvent id="s"/><exclusiveGateway id="merge"/><task id="t"/><exclusiveGateway id="g" default="g_e"/>
  <endEvent id="e"/>
  s -> merge
  merge -> t
  t -> g
  g -> merge if go_on
  g -> e
</process>"""


def diamonds(count: int, last: str = '<endEvent id="last"/>') -> str:
    """Tasks with two flows to one merge after the other: each diamond doubles the tokens."""
    parts = ['<startEvent id="m0"/>']
    for index in range(count):
        parts += [f'<task id="t{index}"/><task id="a{index}"/><task id="b{index}"/>']
        parts += [f'<exclusiveGateway id="m{index + 1}"/>']
        for source, target in (
            ("m{0}", "t{0}"),
            ("t{0}", "a{0}"),
            ("t{0}", "b{0}"),
            ("a{0}", "m{1}"),
            ("b{0}", "m{1}"),
        ):
            parts.append(f"\n{source.format(index)} -> {target.format(index, index + 1)}\n")
    return f'<process id="p" isExecutable="true">{"".join(parts)}{last}\nm{count} -> last\n</process>'


def complained(run: Any, element: str, code: str) -> Any:
    incident = run.record(IncidentRecord, element)
    assert (incident.code, run.state()) == (code, "running")
    assert incident.reason
    assert incident.fix
    return incident


def test_a_loop_that_never_waits_is_stopped_and_goes_on_when_mended(play: Callable[..., Any]) -> None:
    run = play(LOOP)
    run.start(go_on=True)
    [element] = run.incidents
    assert "10000 steps" in complained(run, element, "too-many-steps").reason
    run.retry(element)
    [element] = run.incidents
    run.command(lambda root: root.set_variables("r1", {"go_on": False}))
    run.retry(element)
    assert (run.state(), run.incidents) == ("completed", {})


def test_two_to_the_sixteenth_tokens_are_taken_in_portions(play: Callable[..., Any]) -> None:
    run = play(diamonds(16))
    run.start()
    for _ in range(3):
        [element] = run.incidents
        complained(run, element, "too-many-steps")
        assert len(run.roots["r1"].tokens) < 100
        run.retry(element)
    assert run.path().count("last") > 4000


def test_too_many_tokens_at_once_are_stopped_and_can_be_cancelled(play: Callable[..., Any]) -> None:
    items = (
        "<multiInstanceLoopCharacteristics><loopCardinality>4000</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    run = play(f"""
      <process id="p" isExecutable="true">
        <userTask id="a">{items}</userTask><userTask id="b">{items}</userTask><userTask id="c">{items}</userTask>
      </process>""")
    run.start()
    [element] = run.incidents
    assert "10000 tokens" in complained(run, element, "too-many-steps").reason
    run.command(lambda root: root.cancel("r1"))
    stored = run.roots["r1"]
    assert (run.state(), stored.tokens, stored.waits) == ("cancelled", {}, {})


def test_a_process_that_calls_itself_is_stopped_at_fifty(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="g" default="g_e"/><callActivity id="again" calledElement="p"/>
        <endEvent id="e"/>
        s -> g
        g -> again if go_on
        g -> e
      </process>""")
    run.start(go_on=True)
    assert "50 calls deep" in complained(run, "again", "too-deep").reason
    assert len(run.roots["r1"].instances) == 51


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("while True: pass", "more time"),
        ("x = [0] * 10 ** 9", "memory"),
        ("def f(n): return f(n + 1)\nx = f(0)", "deeper calls"),
        ("x = 'a' * 5_000_000", "“x”"),
    ],
    ids=["time", "memory", "depth", "size of a variable"],
)
def test_a_script_out_of_bounds_is_an_incident(play: Callable[..., Any], script: str, words: str) -> None:
    run = play(f"""
      <process id="p" isExecutable="true">
        <scriptTask id="t" name="Compute" scriptFormat="python"><script>{script}</script></scriptTask>
      </process>""")
    run.start()
    incident = run.record(IncidentRecord, "t")
    complained(run, "t", incident.code)
    assert words in incident.reason


def test_what_a_script_gathers_is_bounded_too_and_retry_takes_it_on(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <scriptTask id="t" scriptFormat="python"><script>text = text * times</script></scriptTask>
      </process>""")
    run.start(text="word" * 1000, times=1_500)
    assert "text" in complained(run, "t", run.record(IncidentRecord, "t").code).reason
    run.command(lambda root: root.set_variables("r1", {"times": 2}))
    run.retry("t")
    assert (run.state(), len(run.variables()["text"])) == ("completed", 8000)


@pytest.mark.parametrize("value", ["x" * 5_000_000, object()], ids=["size", "kind"])
def test_what_a_person_sends_beyond_bounds_is_refused_and_changes_nothing(play: Callable[..., Any], value: Any) -> None:
    run = play('<process id="p" isExecutable="true"><userTask id="t"/></process>')
    run.start()
    with pytest.raises(Invalid):
        run.complete("t", fine=1, value=value)
    assert (run.tasks, run.incidents, run.variables()) == (["t"], {}, {})
    with pytest.raises(Invalid):
        run.command(lambda root: root.set_variables("r1", {"value": value}))
    with pytest.raises(Invalid):
        run.start(value=value)
    run.complete("t", fine=2)
    assert (run.state(), run.variables()) == ("completed", {"fine": 2})


def test_where_failures_are_raised_the_bound_is_a_refusal(play: Callable[..., Any]) -> None:
    run = play(LOOP)
    run.failures = "raise"
    with pytest.raises(Exception, match="10000 steps"):
        run.start(go_on=True)
    assert run.roots == {}
