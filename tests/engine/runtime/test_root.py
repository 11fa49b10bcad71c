"""A root: what each command does with it, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Conflict, Invalid, NotFound
from engine.runtime.records import IncidentRecord, JobRecord, UserTaskRecord

BESIDE = """
<process id="p" isExecutable="true">
  <startEvent id="s"/><userTask id="u"/><serviceTask id="job"/><subProcess id="sub"><userTask id="inner"/></subProcess>
  s -> u
  s -> job
  s -> sub
</process>"""


def test_what_is_done_cannot_be_done_again(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    task, job = run.record(UserTaskRecord, "u"), run.record(JobRecord, "job")
    run.complete("u")
    run.work("job")
    for again in (
        lambda root: root.complete_user_task(task.token, task.number, {}, None),
        lambda root: root.trigger(job.token, job.number, {}),
        lambda root: root.throw_error(job.token, job.number, "X"),
        lambda root: root.fail(job.token, job.number, "code", "reason"),
        lambda root: root.retry(job.token, job.number),
    ):
        with pytest.raises(Conflict):
            run.command(again)


def test_variables_as_seen_from_a_scope_and_in_it_alone(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start(shared=1)
    inner = max(run.roots["r1"].scopes)
    run.command(lambda root: root.set_variables(inner, {"shared": 2}))
    run.command(lambda root: root.set_variables(inner, {"own": 3}, local=True))
    assert run.variables() == {"shared": 2}
    assert (inner, "own") in run.roots["r1"].variables
    run.command(lambda root: root.remove_variables(inner, ["own", "never there"], local=True))
    assert (inner, "own") not in run.roots["r1"].variables
    run.command(lambda root: root.remove_variables("r1", ["shared"]))
    assert run.variables() == {}


def test_a_scope_or_instance_that_is_not_there_is_refused(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    for nowhere in (
        lambda root: root.set_variables(999, {"x": 1}),
        lambda root: root.set_variables("r1-999", {"x": 1}),
        lambda root: root.cancel("r1-999"),
    ):
        with pytest.raises(NotFound):
            run.command(nowhere)


def test_a_token_gets_variables_of_its_own(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start(x=1)
    task = run.record(UserTaskRecord, "u")
    run.command(lambda root: root.set_variables(root.own_scope(task.token), {"x": 2}, local=True))
    run.command(lambda root: root.set_variables(root.own_scope(task.token), {"y": 3}, local=True))
    assert run.variables() == {"x": 1}
    assert len(run.roots["r1"].scopes) == 3
    run.complete("u", y=4)
    assert run.variables() == {"x": 1}
    assert len(run.roots["r1"].scopes) == 2


def test_a_person_may_escalate_and_keeps_the_task(play: Callable[..., Any]) -> None:
    run = play("""
      <escalation id="esc" name="Late" escalationCode="LATE"/>
      <process id="p" isExecutable="true">
        <userTask id="u"/><boundaryEvent id="b" attachedToRef="u" cancelActivity="false">
        <escalationEventDefinition id="d" escalationRef="esc"/></boundaryEvent><userTask id="tell"/>
        b -> tell
      </process>""")
    run.start()
    task = run.record(UserTaskRecord, "u")
    heard: list[bool] = []
    run.command(lambda root: heard.append(root.throw_escalation(task.token, task.number, "LATE", {"days": 3})))
    run.command(lambda root: heard.append(root.throw_escalation(task.token, task.number, "OTHER")))
    assert (heard, run.tasks, run.variables()) == ([True, False], ["tell", "u"], {"days": 3})


def test_a_job_that_failed_for_good_is_begun_again_by_retry(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    job = run.record(JobRecord, "job")
    run.command(lambda root: root.fail(job.token, job.number, "broke", "It broke.", "Mend it."))
    incident = run.record(IncidentRecord, "job")
    assert (incident.code, incident.job, run.jobs) == ("broke", job.number, [])
    run.retry("job")
    assert run.record(JobRecord, "job").number != job.number


def test_an_unknown_start_event_is_an_incident_that_names_it(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start(at="elsewhere")
    assert "elsewhere" in next(iter(run.incidents.values()))


def test_failures_are_raised_to_the_caller_who_asks_for_that(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><userTask id="u"/><scriptTask id="t" scriptFormat="python"><script>1 / 0</script>
        </scriptTask>
        s -> u
        u -> t
      </process>""")
    run.start()
    run.failures = "raise"
    with pytest.raises(Exception, match="ZeroDivisionError"):
        run.complete("u")
    assert run.tasks == ["u"]


def test_an_answer_without_a_question_is_refused_or_ignored_but_never_kept(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    try:
        run.complete("u", outcome=["nowhere"])
    except Invalid:
        return
    assert all("chosen" not in token.data for token in run.roots["r1"].tokens.values())


def test_who_did_it_and_when_is_in_the_history(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    run.later(hours=1)
    run.complete("u")
    done = [event for event in run.roots["r1"].events if event.kind == "task-completed"]
    assert [(event.element_id, event.actor, event.at) for event in done] == [("u", "ann", run.now)]


def test_every_event_has_the_next_number(play: Callable[..., Any]) -> None:
    run = play(BESIDE)
    run.start()
    run.complete("inner")
    run.work("job")
    run.complete("u")
    assert [event.number for event in run.roots["r1"].events] == list(range(1, len(run.roots["r1"].events) + 1))
