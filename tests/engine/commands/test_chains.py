"""Instances that answer one another without end are stopped, though the outside is called in each round."""

from datetime import timedelta
from functools import partial

import pytest
from bench import flows, model

from engine.commands import Bind, CompleteExternalJob, FetchExternalJobs, ThrowErrorFromJob
from engine.queries import IncidentList
from engine.services import Binding, BpmnError
from engine.spiff.bounds import Bounds


def event(kind, id, message):
    return (
        f'<intermediate{kind}Event id="{id}"><messageEventDefinition messageRef="{message}"/></intermediate{kind}Event>'
    )


PING_PONG = model(
    '<message id="ball" name="ball"/><message id="back" name="back"/>'
    '<process id="ping" isExecutable="true"><startEvent id="s"/>'
    + event("Throw", "hit", "ball")
    + event("Catch", "wait", "back")
    + flows("s", "hit", "wait", "hit")
    + '</process><process id="pong" isExecutable="true"><startEvent id="s2"/>'
    + event("Catch", "wait2", "ball")
    + '<serviceTask id="call"/><boundaryEvent id="odd" attachedToRef="call"><errorEventDefinition/></boundaryEvent>'
    + event("Throw", "answer", "back")
    + flows("s2", "wait2", "call", "answer", "wait2")
    + flows("odd", "answer")
    + "</process>"
)


def begun(bench, monkeypatch, sent, kind):
    monkeypatch.setattr("engine.spiff.tree.Bounds", partial(Bounds, sent=sent))
    bench.deploy(PING_PONG)
    bench.do(Bind("pong", "call", Binding(kind, "billing:look" if kind == "python" else "look")))
    bench.start("pong")
    bench.start("ping")


@pytest.mark.parametrize("throws", [False, True])
@pytest.mark.parametrize("kind", ["external", "python"])
def test_a_call_in_each_round_makes_the_exchange_no_shorter(bench, billing, monkeypatch, kind, throws):
    @billing.define
    def look():
        if throws:
            raise BpmnError("odd")

    begun(bench, monkeypatch, 7, kind)
    for _ in range(20):
        bench.run_due()
        for job in bench.do(FetchExternalJobs(["look"], "w")) if kind == "external" else ():
            bench.do(ThrowErrorFromJob(job.id, "w", "odd") if throws else CompleteExternalJob(job.id, "w"))
    (incident,) = bench.ask(IncidentList()).rows
    assert (incident.code, "7 messages" in incident.reason) == ("chain", True)


def test_a_worker_that_takes_its_time_lets_a_new_chain_begin(bench, monkeypatch):
    begun(bench, monkeypatch, 4, "external")
    for _ in range(6):
        bench.run_due()
        bench.clock.advance(timedelta(minutes=2))
        (job,) = bench.do(FetchExternalJobs(["look"], "w"))
        bench.do(CompleteExternalJob(job.id, "w"))
    assert bench.ask(IncidentList()).rows == ()
