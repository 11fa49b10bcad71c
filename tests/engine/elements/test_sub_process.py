"""Sub-process, embedded: a scope of its own that is done when no token is left inside."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.construct("subProcess")
def test_is_done_when_no_token_is_left_inside(play: Callable[..., Any]) -> None:
    run = play("sub_process.bpmn")
    run.start()
    assert run.tasks == ["pack", "room", "train"]
    for task in ("train", "pack", "room"):
        assert "leave" not in run.tasks
        run.complete(task)
    assert run.tasks == ["leave"]
    run.complete("leave")
    assert run.state() == "completed"


def test_empty_it_is_passed(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"/><userTask id="after"/>
        sub -> after
      </process>""")
    run.start()
    assert run.tasks == ["after"]


def test_what_is_set_inside_is_the_instances_unless_it_is_the_sub_processs_own(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><userTask id="u"/></subProcess><userTask id="after"/>
        sub -> after
      </process>""")
    run.start(known=1)
    scope = max(run.roots["r1"].scopes)
    run.command(lambda root: root.set_variables(scope, {"mine": "inside"}, local=True))
    run.complete("u", known=2, new=3, mine="changed")
    assert run.variables() == {"known": 2, "new": 3}


def test_in_a_loop_each_round_has_a_scope_of_its_own(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><exclusiveGateway id="m"/><subProcess id="sub"><userTask id="u"/></subProcess>
        <exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>
        s -> m
        m -> sub
        sub -> g
        g -> m if again
        g -> e
      </process>""")
    run.start()
    run.complete("u", again=True)
    assert len(run.roots["r1"].scopes) == 2
    run.complete("u", again=False)
    assert (run.state(), run.roots["r1"].scopes) == ("completed", {})


def test_a_plain_start_event_inside_wins_over_what_nothing_leads_to(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><startEvent id="s"/><userTask id="a"/><userTask id="unreached"/>
          s -> a
        </subProcess>
      </process>""")
    run.start()
    assert run.tasks == ["a"]


def test_an_incident_inside_is_retried_there(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <subProcess id="sub"><scriptTask id="t" scriptFormat="python"><script>y = 1 / x</script></scriptTask>
        </subProcess><userTask id="after"/>
        sub -> after
      </process>""")
    run.start(x=0)
    assert list(run.incidents) == ["t"]
    run.command(lambda root: root.set_variables("r1", {"x": 1}))
    run.retry("t")
    assert run.tasks == ["after"]


def test_thirty_levels_deep(play: Callable[..., Any]) -> None:
    inside = '<userTask id="deep"/>'
    for level in range(30):
        inside = f'<subProcess id="level{level}">{inside}</subProcess>'
    run = play(f'<process id="p" isExecutable="true">{inside}</process>')
    run.start()
    run.complete("deep", found=True)
    assert (run.state(), run.variables()) == ("completed", {"found": True})
