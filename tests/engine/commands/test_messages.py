"""Messages and signals: who takes them, from outside and between instances."""

from datetime import timedelta
from functools import partial

import pytest
from bench import flows, model, process

from engine.commands import (
    BroadcastSignal,
    CompleteUserTask,
    CorrelateMessage,
    RetryIncident,
    StartByMessage,
    TriggerSubscription,
    TriggerToken,
)
from engine.errors import Conflict, NotFound
from engine.queries import History, IncidentList, InstanceDetail, InstanceList, JobList, SubscriptionList
from engine.spiff.bounds import Bounds
from engine.spiff.chain import NO_CHAIN, Chain, chain_of

MESSAGE = '<message id="m" name="paid"/>'
SIGNAL = '<signal id="g" name="alarm"/>'


def about(id, kind, ref):
    return f'<{kind}EventDefinition id="{id}d" {kind}Ref="{ref}"/>'


def catch(id, kind="message", ref="m"):
    return f'<intermediateCatchEvent id="{id}">{about(id, kind, ref)}</intermediateCatchEvent>'


def throw(id, kind="message", ref="m"):
    return f'<intermediateThrowEvent id="{id}">{about(id, kind, ref)}</intermediateThrowEvent>'


def starts(kind="message", ref="m"):
    return f'<startEvent id="s"><{kind}EventDefinition id="sd" {kind}Ref="{ref}"/></startEvent>'


WAITS = process('<startEvent id="s"/>' + catch("c") + '<userTask id="t"/>' + flows("s", "c", "t"), outside=MESSAGE)
STARTS = process(starts() + '<userTask id="t"/>' + flows("s", "t"), key="q", outside=MESSAGE)


def test_one_that_waits_takes_it(bench):
    bench.deploy(WAITS)
    instance = bench.start()
    assert bench.do(CorrelateMessage("paid", {"sum": 3})) == [instance]
    assert (bench.at(instance), bench.variables(instance)) == (["t"], {"sum": 3})
    with pytest.raises(NotFound, match="paid"):
        bench.do(CorrelateMessage("paid"))


def test_of_several_one_is_named(bench):
    bench.deploy(WAITS)
    first, second = bench.start(business_key="a", variables={"n": 1}), bench.start(business_key="b", variables={"n": 2})
    third = bench.start(variables={"n": 3})
    with pytest.raises(Conflict, match="3 take"):
        bench.do(CorrelateMessage("paid"))
    assert bench.do(CorrelateMessage("paid", business_key="b")) == [second]
    assert bench.do(CorrelateMessage("paid", correlation={"n": 1})) == [first]
    assert bench.do(CorrelateMessage("paid", instance_id=third)) == [third]


def test_all_get_it_each_in_a_transaction_of_its_own(bench):
    bench.deploy(WAITS)
    bench.deploy(STARTS)
    instances = [bench.start() for _ in range(3)]
    bench.do(CorrelateMessage("paid", all=True))
    assert all(bench.at(each) == ["c"] for each in instances)
    assert bench.run_due() == 4
    assert all(bench.at(each) == ["t"] for each in instances)
    assert len(bench.ask(InstanceList(key="q")).rows) == 1


def test_a_message_starts_a_process(bench):
    bench.deploy(STARTS)
    started = bench.do(StartByMessage("paid", {"a": 1}, business_key="k", idempotency_key="1"))
    assert bench.do(StartByMessage("paid", {"a": 1}, business_key="k", idempotency_key="1")) == started
    row = bench.ask(InstanceDetail(started)).instance
    assert (row.key, row.business_key, bench.variables(started)) == ("q", "k", {"a": 1})
    assert len(bench.do(CorrelateMessage("paid"))) == 1
    with pytest.raises(NotFound):
        bench.do(StartByMessage("unheard"))


def test_only_the_latest_version_is_started(bench):
    bench.deploy(STARTS)
    bench.deploy(STARTS)
    bench.do(CorrelateMessage("paid"))
    (row,) = bench.ask(InstanceList()).rows
    assert row.version == 2


def test_a_message_may_be_kept_for_who_comes_later(bench):
    bench.deploy(WAITS)
    bench.do(CorrelateMessage("paid", {"sum": 1}, keep=timedelta(hours=1)))
    bench.run_due()
    bench.clock.advance(timedelta(minutes=30))
    instance = bench.start()
    assert bench.run_due() == 1
    assert bench.at(instance) == ["t"]
    assert bench.variables(instance) == {"sum": 1}


def test_a_kept_message_ends(bench):
    bench.deploy(WAITS)
    bench.do(CorrelateMessage("paid", keep=timedelta(hours=1)))
    for _ in range(200):
        bench.run_due(timedelta(seconds=30))
    assert bench.ask(JobList()).rows == ()
    assert bench.at(bench.start()) == ["c"]


TALK = model(
    '<message id="order" name="order"/><message id="bill" name="bill"/>'
    '<process id="customer" isExecutable="true"><startEvent id="s"/>'
    + throw("ask", ref="order")
    + catch("billed", ref="bill")
    + '<endEvent id="e"/>'
    + flows("s", "ask", "billed", "e")
    + '</process><process id="shop" isExecutable="true">'
    + starts(ref="order").replace('"s"', '"s2"').replace('"sd"', '"sd2"')
    + '<userTask id="pack"/>'
    + throw("send", ref="bill")
    + '<endEvent id="e2"/>'
    + flows("s2", "pack", "send", "e2")
    + "</process>"
)


def test_an_answer_comes_back_to_who_asked(bench):
    bench.deploy(TALK)
    customers = [bench.start("customer", variables={"n": number}) for number in range(3)]
    bench.run_due()
    tasks = bench.tasks()
    assert len(tasks) == 3
    by_number = {bench.variables(task.instance_id)["n"]: task for task in tasks}
    for number in (2, 0, 1):
        bench.do(CompleteUserTask(by_number[number].id))
        bench.run_due()
        assert bench.state(customers[number]) == "completed"


def test_a_message_to_nobody_is_kept_and_then_given_up(bench):
    bench.deploy(
        process('<startEvent id="s"/>' + throw("x") + '<userTask id="t"/>' + flows("s", "x", "t"), outside=MESSAGE)
    )
    instance = bench.start()
    bench.run_due()
    assert len(bench.ask(JobList(kind="message")).rows) == 1
    for _ in range(130):
        bench.run_due(timedelta(seconds=30))
    assert bench.ask(JobList()).rows == ()
    assert "message-undelivered" in [row.kind for row in bench.ask(History(instance)).rows]


SIGNALLED = model(
    SIGNAL
    + '<process id="p" isExecutable="true"><startEvent id="s"/>'
    + catch("c", "signal", "g")
    + '<userTask id="t"/>'
    + flows("s", "c", "t")
    + '</process><process id="q" isExecutable="true">'
    + starts("signal", "g").replace('"s"', '"s2"').replace('"sd"', '"sd2"')
    + '<userTask id="u"/>'
    + flows("s2", "u")
    + '</process><process id="r" isExecutable="true"><startEvent id="s3"/>'
    + throw("x", "signal", "g")
    + '<endEvent id="e3"/>'
    + flows("s3", "x", "e3")
    + "</process>"
)


@pytest.mark.parametrize("thrown", [True, False])
def test_a_signal_reaches_all(bench, thrown):
    bench.deploy(SIGNALLED)
    instances = [bench.start() for _ in range(3)]
    if thrown:
        bench.start("r")
    else:
        bench.do(BroadcastSignal("alarm", {"level": 2}))
    bench.run_due()
    assert all(bench.at(each) == ["t"] for each in instances)
    assert len(bench.ask(InstanceList(key="q")).rows) == 1
    if not thrown:
        assert bench.variables(instances[0]) == {"level": 2}


def test_by_hand(bench):
    bench.deploy(WAITS)
    first, second = bench.start(), bench.start()
    (subscription,) = bench.ask(SubscriptionList(instance_id=first)).rows
    bench.do(TriggerSubscription(subscription.id, {"a": 1}))
    with pytest.raises(NotFound):
        bench.do(TriggerSubscription(subscription.id))
    token = next(each for each in bench.ask(InstanceDetail(second)).tokens if each.element_id == "c")
    bench.do(TriggerToken(token.id, {"b": 2}))
    assert bench.at(first) == bench.at(second) == ["t"]
    with pytest.raises(Conflict):
        bench.do(TriggerToken(token.id))


def test_a_receive_task_that_names_no_message_is_triggered_by_its_token(bench):
    body = '<startEvent id="s"/><receiveTask id="r"/><userTask id="t"/>' + flows("s", "r", "t")
    bench.deploy(process(body))
    instance = bench.start()
    token = next(each for each in bench.ask(InstanceDetail(instance)).tokens if each.element_id == "r")
    bench.do(TriggerToken(token.id, {"b": 2}))
    assert (bench.at(instance), bench.variables(instance)) == (["t"], {"b": 2})


def test_a_process_that_starts_itself_is_cut_with_an_incident(bench):
    signal = '<signalEventDefinition signalRef="g"/>'
    body = f'<startEvent id="s"/><startEvent id="again">{signal}</startEvent>'
    body += f'<intermediateThrowEvent id="t">{signal}</intermediateThrowEvent>' + flows("s", "t") + flows("again", "t")
    bench.deploy(process(body, outside='<signal id="g" name="GO"/>'))
    bench.start()
    bench.run_due()
    assert len(bench.ask(InstanceList()).rows) == 16
    (incident,) = bench.ask(IncidentList()).rows
    assert (incident.element_id, incident.code) == ("t", "chain")
    bench.run_due(timedelta(hours=1))
    bench.do(RetryIncident(incident.id))
    assert bench.ask(IncidentList()).rows == ()


PING_PONG = model(
    '<message id="ball" name="ball"/><message id="back" name="back"/>'
    '<process id="ping" isExecutable="true"><startEvent id="s"/>'
    + throw("hit", ref="ball")
    + catch("wait", ref="back")
    + flows("s", "hit", "wait", "hit")
    + '</process><process id="pong" isExecutable="true"><startEvent id="s2"/>'
    + catch("wait2", ref="ball")
    + throw("hit2", ref="back")
    + flows("s2", "wait2", "hit2", "wait2")
    + "</process>"
)


def test_two_that_answer_each_other_for_ever_are_cut_with_an_incident_that_names_both(bench, monkeypatch):
    monkeypatch.setattr("engine.spiff.tree.Bounds", partial(Bounds, sent=21))
    bench.deploy(PING_PONG)
    pong, ping = bench.start("pong"), bench.start("ping")
    bench.run_due()
    (incident,) = bench.ask(IncidentList()).rows
    assert (incident.instance_id, incident.element_id, incident.code) == (pong, "hit2", "chain")
    assert all(name in incident.reason for name in ("21", "ping", ping, "pong", pong))
    bench.do(RetryIncident(incident.id))
    bench.run_due()
    assert len(bench.ask(History(ping, kinds=("message-sent",))).rows) == 21
    (incident,) = bench.ask(IncidentList()).rows
    assert (incident.instance_id, incident.element_id) == (ping, "hit")


def test_what_waited_for_a_person_begins_anew(bench, monkeypatch):
    monkeypatch.setattr("engine.spiff.tree.Bounds", partial(Bounds, sent=4))
    asked = '<startEvent id="s2"/><userTask id="ask"/><sequenceFlow id="a" sourceRef="ask" targetRef="wait2"/>'
    asks = PING_PONG.decode().replace('<startEvent id="s2"/>', asked)
    for before in ("s2", "hit2"):
        asks = asks.replace(f'sourceRef="{before}" targetRef="wait2"', f'sourceRef="{before}" targetRef="ask"')
    bench.deploy(asks.encode())
    bench.start("pong")
    bench.start("ping")
    for _ in range(5):
        bench.run_due(timedelta(minutes=30))
        (task,) = bench.tasks()
        bench.do(CompleteUserTask(task.id))
        bench.run_due()
    assert bench.ask(IncidentList()).rows == ()


def test_a_job_of_an_earlier_version_counts_its_starts() -> None:
    assert chain_of(3) == Chain(starts=3)
    assert chain_of(None) == NO_CHAIN
    assert chain_of(Chain(1, 2, "a").kept()) == Chain(1, 2, "a")
