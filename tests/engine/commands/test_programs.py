"""What programs bring with their commands: tokens, keys, versions; and what is told outside. On both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bench import Bench, flows, process

from engine.commands import CreateUser, SetJobRetries, SetUser, StartProcess
from engine.commands.api_tokens import CreateToken, RevokeToken
from engine.commands.requested import HasChanged, Requested, Unchanged, version_of
from engine.commands.set_variables import SetVariables
from engine.commands.webhooks import CreateWebhook, DeleteWebhook
from engine.errors import Forbidden, Invalid, NotFound
from engine.identity import SYSTEM, Actor
from engine.queries import InstanceDetail, JobList, UserDetail
from engine.queries.api_tokens import ActorOfToken, TokenList
from engine.queries.totals import JobTotals, TablesAreCurrent, Totals
from engine.queries.webhooks import WebhookList

TASK = process('<startEvent id="s"/><userTask id="t"/>' + flows("s", "t"))


def test_a_token_acts_for_its_user_within_its_permissions(bench: Bench):
    bench.do(CreateUser("ann", permissions=("work", "start"), groups=("clerks",)))
    made = bench.do(CreateToken("t", ("read", "work", "operate"), "ann"))
    acts = bench.ask(ActorOfToken(made.token))
    assert (acts.user, acts.groups, acts.permissions) == ("ann", {"clerks"}, {"read", "work"})
    assert bench.ask(ActorOfToken(made.token + "x")) is None
    bench.do(SetUser("ann", permissions=()))
    assert bench.ask(ActorOfToken(made.token)).permissions == {"read"}
    assert made.token not in str(bench.ask(TokenList("ann")))
    bench.do(RevokeToken(made.id), acts)
    assert bench.ask(ActorOfToken(made.token)) is None


def test_a_token_is_asked_for_rightly(bench: Bench):
    bench.do(CreateUser("ann"))
    ann = Actor("ann", permissions=frozenset({"read"}))
    for permissions in ((), ("fly",)):
        with pytest.raises(Invalid):
            bench.do(CreateToken("t", permissions), ann)
    with pytest.raises(Invalid):
        bench.do(CreateToken("t", ("read",), expires_at=bench.clock.now() - timedelta(seconds=1)), ann)
    with pytest.raises(Forbidden):
        bench.do(CreateToken("t", ("operate",)), ann)
    with pytest.raises(NotFound):
        bench.do(CreateToken("t", ("read",), "nobody"))
    with pytest.raises(NotFound):
        bench.do(RevokeToken("none"), ann)


def test_a_command_under_a_key_is_done_once_and_needs_its_own_permission(bench: Bench):
    bench.deploy(TASK)
    sent = Requested(StartProcess("p"), lambda id: {"id": id}, "k", "said")
    assert bench.do(sent) == bench.do(sent)
    with pytest.raises(Invalid):
        bench.do(Requested(StartProcess("p"), lambda id: {"id": id}, "k", "said otherwise"))
    with pytest.raises(Forbidden):
        bench.do(Requested(StartProcess("p"), str, "k2"), Actor("ann", permissions=frozenset({"read"})))


def test_a_command_with_a_version_is_done_only_if_nothing_has_changed(bench: Bench):
    bench.deploy(TASK)
    id = bench.start()
    seen = Unchanged(InstanceDetail(id), frozenset({version_of(bench.ask(InstanceDetail(id)))}), id)
    bench.do(Requested(SetVariables(id, {"x": 1}), lambda result: None, unchanged=seen))
    with pytest.raises(HasChanged):
        bench.do(Requested(SetVariables(id, {"x": 2}), lambda result: None, unchanged=seen))
    assert bench.ask(InstanceDetail(id)).scopes[0].variables == {"x": 1}
    stranger = Actor("eve", permissions=frozenset({"read", "start"}))
    with pytest.raises(HasChanged):
        bench.do(Requested(StartProcess("p"), str, unchanged=seen), stranger)


def test_of_many_who_read_the_same_user_one_changes_it(bench: Bench):
    bench.do(CreateUser("ann"))
    seen = Unchanged(UserDetail("ann"), frozenset({version_of(bench.ask(UserDetail("ann")))}))
    gate = threading.Barrier(4)

    def change(number: int) -> bool:
        gate.wait()
        try:
            bench.do(Requested(SetUser("ann", name=f"Ann {number}"), lambda result: None, unchanged=seen))
        except HasChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as people:
        assert sorted(people.map(change, range(4))) == [False, False, False, True]


def test_a_message_outside_is_a_job_of_the_same_transaction(bench: Bench):
    bench.deploy(TASK)
    hook = bench.do(CreateWebhook("https://example.org/hook", ("instance-started", "task-opened")))
    assert hook.secret not in str(bench.ask(WebhookList()))
    id = bench.start()
    jobs = bench.ask(JobList(kind="webhook")).rows
    assert [(job.instance_id, job.topic, job.retries) for job in jobs] == [(id, hook.id, 12)] * 2
    bench.do(DeleteWebhook(hook.id))
    bench.start()
    assert len(bench.ask(JobList(kind="webhook")).rows) == 2
    with pytest.raises(NotFound):
        bench.do(DeleteWebhook(hook.id))
    with pytest.raises(Invalid):
        bench.do(CreateWebhook("https://example.org/", ("variable-set",)))


def test_numbers_of_now(bench: Bench):
    assert bench.ask(TablesAreCurrent())
    bench.deploy(TASK)
    bench.start()
    totals = bench.ask(Totals(), SYSTEM)
    assert (totals.instances, totals.tasks, totals.incidents) == ({"running": 1}, 1, 0)


def test_jobs_are_counted_by_kind_and_by_what_keeps_them(bench: Bench):
    timer = "<timerEventDefinition><timeDuration>PT{}M</timeDuration></timerEventDefinition>"
    for key, minutes in (("soon", 1), ("later", 60)):
        event = f'<intermediateCatchEvent id="c">{timer.format(minutes)}</intermediateCatchEvent>'
        bench.deploy(process(f'<startEvent id="s"/>{event}' + flows("s", "c"), key))
        bench.start(key)
        bench.start(key)
    bench.do(SetJobRetries(bench.ask(JobList(sort="due")).rows[-1].id, 0))
    bench.clock.advance(timedelta(minutes=1))
    assert bench.ask(Totals(), SYSTEM).jobs == {"timer": JobTotals(waiting=3, due=2, late=0, exhausted=1)}
    bench.clock.advance(timedelta(minutes=1))
    assert bench.ask(Totals(), SYSTEM).jobs["timer"].late == 2
