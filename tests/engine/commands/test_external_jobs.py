"""Workers: fetch, complete, fail, extend, throw; who holds a job and who does not."""

from datetime import timedelta

import pytest
from bench import flows, model, person

from engine.commands import (
    CompleteExternalJob,
    ExecuteJob,
    ExtendLock,
    FailExternalJob,
    FetchExternalJobs,
    RetryIncident,
    ThrowErrorFromJob,
    UnlockJob,
)
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.queries import IncidentList, JobList

MINUTE = timedelta(minutes=1)
WORK = model(
    '<error id="er" errorCode="BAD"/><process xmlns:c="http://camunda.org/schema/1.0/bpmn" id="p" isExecutable="true">'
    '<startEvent id="s"/><serviceTask id="w" c:type="external" c:topic="print"/><userTask id="t"/><userTask id="bad"/>'
    '<boundaryEvent id="b" attachedToRef="w"><errorEventDefinition id="d" errorRef="er"/></boundaryEvent>'
    + flows("s", "w", "t")
    + flows("b", "bad")
    + "</process>"
)
worker = person("robot", may=frozenset({"serve"}))


@pytest.fixture
def instance(bench):
    bench.deploy(WORK)
    return bench.start(business_key="B", variables={"pages": 3})


def fetch(bench, name="one", **options):
    return bench.do(FetchExternalJobs(("print",), name, **options), worker)


def test_fetched_and_completed(bench, instance):
    (job,) = fetch(bench)
    assert (job.topic, job.instance_id, job.variables, job.business_key) == ("print", instance, {"pages": 3}, "B")
    assert (job.definition_key, job.element_id) == ("p", "w")
    assert fetch(bench, "two") == []
    bench.do(CompleteExternalJob(job.id, "one", {"printed": True}), worker)
    assert (bench.at(instance), bench.variables(instance)["printed"]) == (["t"], True)
    with pytest.raises(NotFound):
        bench.do(CompleteExternalJob(job.id, "one"), worker)


def test_people_are_no_workers(bench, instance):
    with pytest.raises(Forbidden):
        bench.do(FetchExternalJobs(("print",), "ann"), person("ann"))


def test_runners_leave_it_to_workers(bench, instance):
    assert bench.run_due() == 0
    (row,) = bench.ask(JobList()).rows
    with pytest.raises(Invalid, match="worker's"):
        bench.do(ExecuteJob(row.id))


def test_a_lease_that_ran_out_is_anybodys(bench, instance):
    (job,) = fetch(bench, lock=MINUTE)
    bench.clock.advance(MINUTE)
    with pytest.raises(Conflict, match="run out"):
        bench.do(ExtendLock(job.id, "one", MINUTE), worker)
    (again,) = fetch(bench, "two")
    assert again.id == job.id
    with pytest.raises(Forbidden):
        bench.do(CompleteExternalJob(job.id, "one"), worker)
    bench.do(CompleteExternalJob(job.id, "two"), worker)


def test_extended_and_unlocked(bench, instance):
    (job,) = fetch(bench, lock=MINUTE)
    bench.do(ExtendLock(job.id, "one", 10 * MINUTE), worker)
    bench.clock.advance(5 * MINUTE)
    assert fetch(bench, "two") == []
    bench.do(UnlockJob(job.id))
    assert len(fetch(bench, "two")) == 1


def test_failed_until_none_is_left(bench, instance):
    for left in (2, 1):
        (job,) = fetch(bench)
        bench.do(FailExternalJob(job.id, "one", "no paper", pause=MINUTE), worker)
        assert fetch(bench) == []
        bench.clock.advance(MINUTE)
        assert bench.ask(JobList()).rows[0].retries == left
    (job,) = fetch(bench)
    bench.do(FailExternalJob(job.id, "one", "no paper"), worker)
    (incident,) = bench.ask(IncidentList(instance_id=instance)).rows
    assert (incident.element_id, incident.reason) == ("w", "no paper")
    assert "print" in incident.fix
    bench.do(RetryIncident(incident.id))
    (new,) = fetch(bench)
    assert new.retries == 3
    bench.do(CompleteExternalJob(new.id, "one"), worker)
    assert bench.at(instance) == ["t"]


def test_an_error_goes_the_models_way(bench, instance):
    (job,) = fetch(bench)
    bench.do(ThrowErrorFromJob(job.id, "one", "BAD", "torn", {"page": 2}), worker)
    assert bench.at(instance) == ["bad"]
    assert bench.variables(instance)["page"] == 2


def test_at_most_so_many_of_the_named_topics(bench):
    bench.deploy(WORK)
    for _ in range(5):
        bench.start()
    assert len(fetch(bench, max=3)) == 3
    assert bench.do(FetchExternalJobs(("other",), "one"), worker) == []
    assert len(fetch(bench, max=10)) == 2
    for wrong in ({"max": 0}, {"lock": timedelta(0)}, {"lock": timedelta(days=365)}):
        with pytest.raises(Invalid):
            fetch(bench, **wrong)
