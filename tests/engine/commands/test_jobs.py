"""Jobs as runners do them: timers, turns, service calls, failures, retries, incidents."""

from datetime import timedelta

import pytest
from bench import flows, model, process

from engine.commands import (
    Bind,
    CancelInstance,
    CompleteUserTask,
    ExecuteJob,
    RetryIncident,
    SetJobRetries,
    SetVariables,
    UnlockJob,
)
from engine.commands.job_outcomes import AcquireJobs, CompleteServiceJob
from engine.identity import SYSTEM
from engine.queries import History, IncidentList, InstanceList, JobList
from engine.services import Binding, BpmnError

MINUTE = timedelta(minutes=1)


def timer(id, kind, text):
    return f'<intermediateCatchEvent id="{id}">{when(kind, text)}</intermediateCatchEvent>'


def when(kind, text):
    return f'<timerEventDefinition id="td"><{kind}>{text}</{kind}></timerEventDefinition>'


WAITS = process(
    '<startEvent id="s"/>' + timer("w", "timeDuration", "PT10M") + '<endEvent id="e"/>' + flows("s", "w", "e")
)


def test_a_timer_fires_when_it_is_due(bench):
    bench.deploy(WAITS)
    instance = bench.start()
    assert bench.run_due(9 * MINUTE) == 0
    assert bench.state(instance) == "running"
    assert bench.run_due(MINUTE) == 1
    assert bench.state(instance) == "completed"
    assert bench.ask(JobList()).rows == ()


def test_a_job_may_be_done_before_its_time(bench):
    bench.deploy(WAITS)
    instance = bench.start()
    (job,) = bench.ask(JobList(instance_id=instance)).rows
    bench.do(ExecuteJob(job.id))
    assert bench.state(instance) == "completed"


def test_a_cancelled_instance_leaves_no_job(bench):
    bench.deploy(WAITS)
    instance = bench.start()
    bench.do(CancelInstance(instance, "enough"))
    assert bench.ask(JobList()).rows == ()
    assert bench.state(instance) == "cancelled"
    assert bench.run_due(10 * MINUTE) == 0


def start_timer(kind, text, outside=""):
    return process(
        f'<startEvent id="s">{when(kind, text)}</startEvent><userTask id="t"/>' + flows("s", "t"), outside=outside
    )


def test_a_timer_starts_a_process_as_often_as_its_cycle_says(bench):
    bench.deploy(start_timer("timeCycle", "R3/PT1H"))
    for number in (1, 2, 3, 3):
        bench.run_due(60 * MINUTE)
        assert len(bench.tasks()) == number
    assert bench.ask(JobList()).rows == ()


def test_a_new_version_takes_over_the_timer(bench):
    bench.deploy(start_timer("timeCycle", "R/PT1H"))
    bench.run_due(60 * MINUTE)
    bench.deploy(start_timer("timeCycle", "R/PT2H", "<message id='m' name='m'/>"))
    bench.run_due(60 * MINUTE)
    assert len(bench.tasks()) == 1
    bench.run_due(60 * MINUTE)
    assert [row.version for row in bench.ask(InstanceList()).rows] == [2, 1]


def test_a_date_in_the_past_starts_at_once_and_once(bench):
    bench.deploy(start_timer("timeDate", "2020-01-01T00:00:00Z"))
    assert bench.run_due() == 1
    assert bench.run_due(60 * MINUTE) == 0


SERVICE = process(
    '<startEvent id="s"/><serviceTask id="pay" name="Pay"/><userTask id="after"/>' + flows("s", "pay", "after")
)


@pytest.fixture
def paying(bench, billing):
    """A process whose service is bound to `billing:pay`, which tests define."""
    bench.do(Bind("p", "pay", Binding("python", "billing:pay")))
    bench.deploy(SERVICE)
    return billing


def test_a_service_is_called_with_variables_and_key(bench, paying):
    seen = []

    @paying.define
    def pay(amount, idempotency_key):
        seen.append((amount, idempotency_key))
        return {"paid": amount * 2}

    instance = bench.start(variables={"amount": 21})
    (job,) = bench.ask(JobList()).rows
    assert bench.run_due() == 1
    assert seen == [(21, job.id)]
    assert (bench.at(instance), bench.variables(instance)["paid"]) == (["after"], 42)


def test_a_failed_call_waits_longer_each_time_and_ends_as_an_incident(bench, paying):
    seen, line = [], []

    @paying.define
    def pay(idempotency_key):
        seen.append(idempotency_key)
        if not line:
            raise OSError("no line")

    instance = bench.start()
    bench.run_due()
    (job,) = bench.ask(JobList()).rows
    assert (job.retries, job.due_at - bench.clock.now(), job.error) == (
        2,
        timedelta(seconds=5),
        "billing:pay failed: OSError: no line",
    )
    bench.run_due(timedelta(seconds=5))
    assert bench.run_due(timedelta(seconds=9)) == 0
    bench.run_due(timedelta(seconds=1))
    assert seen == [job.id] * 3
    (incident,) = bench.ask(IncidentList(instance_id=instance)).rows
    assert (incident.element_id, incident.code) == ("pay", "service-failed")
    assert "no line" in incident.reason
    assert bench.ask(JobList()).rows == ()
    assert [row.kind for row in bench.ask(History(instance)).rows if row.kind == "job-failed"] == ["job-failed"] * 3

    line.append("mended")
    bench.do(RetryIncident(incident.id))
    assert bench.at(instance) == ["pay"]
    bench.run_due()
    assert len(seen) == 4
    assert bench.at(instance) == ["after"]
    assert bench.ask(IncidentList()).rows == ()


def test_what_lasts_is_an_incident_at_once(bench, paying):
    instance = bench.start()
    bench.run_due()
    (incident,) = bench.ask(IncidentList(instance_id=instance)).rows
    assert "no function pay" in incident.reason


def test_the_bindings_retries_count(bench, paying):
    bench.do(Bind("p", "pay", Binding("python", "billing:pay", {"retries": 1})))

    @paying.define
    def pay():
        raise OSError("no line")

    bench.start()
    bench.run_due()
    assert len(bench.ask(IncidentList()).rows) == 1


def test_a_crash_between_call_and_commit_repeats_the_call_with_the_same_key(bench, paying):
    seen = []

    @paying.define
    def pay(idempotency_key):
        seen.append(idempotency_key)

    instance = bench.start()
    lease = timedelta(seconds=60)
    (job,) = bench.do(AcquireJobs("crashed", 10, lease, ("service",)))
    assert bench.run_due() == 0
    bench.run_due(lease)
    assert seen == [job.id]
    assert bench.at(instance) == ["after"]
    bench.do(CompleteServiceJob(job.id, "crashed", {"late": True}))
    assert bench.at(instance) == ["after"]
    assert "late" not in bench.variables(instance)


def test_an_operator_unlocks_and_gives_tries(bench, paying):
    @paying.define
    def pay():
        return {}

    instance = bench.start()
    (job,) = bench.do(AcquireJobs("asleep", 10, timedelta(days=1), ("service",)))
    bench.do(SetJobRetries(job.id, 0))
    bench.do(UnlockJob(job.id))
    assert bench.run_due() == 0
    assert [row.id for row in bench.ask(JobList(exhausted=True)).rows] == [job.id]
    bench.do(SetJobRetries(job.id, 1))
    assert bench.run_due() == 1
    assert bench.at(instance) == ["after"]


CAUGHT = model(
    '<error id="er" errorCode="NO_MONEY"/><process id="p" isExecutable="true"><startEvent id="s"/>'
    '<serviceTask id="pay"/><userTask id="after"/><userTask id="poor"/>'
    '<boundaryEvent id="b" attachedToRef="pay"><errorEventDefinition id="d1" errorRef="er"/></boundaryEvent>'
    + flows("s", "pay", "after")
    + flows("b", "poor")
    + "</process>"
)


def test_a_service_may_throw_a_bpmn_error(bench, billing):
    @billing.define
    def pay():
        raise BpmnError("NO_MONEY", "empty", {"left": 3})

    bench.do(Bind("p", "pay", Binding("python", "billing:pay")))
    bench.deploy(CAUGHT)
    instance = bench.start()
    bench.run_due()
    assert bench.at(instance) == ["poor"]
    assert bench.variables(instance)["left"] == 3


CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
TURN = model(
    f'<process {CAMUNDA} id="p" isExecutable="true"><startEvent id="s"/><userTask id="first"/>'
    '<exclusiveGateway id="g"/><scriptTask id="turn" scriptFormat="python" camunda:asyncBefore="true">'
    "<script>total = 100 / share</script></scriptTask><userTask id='after'/>"
    + flows("s", "first", "turn", "after")
    + "</process>"
)


def test_a_turn_is_tried_again_as_a_whole_and_its_last_failure_is_an_incident(bench):
    bench.deploy(TURN)
    instance = bench.start(variables={"share": 0})
    bench.do(CompleteUserTask(bench.tasks()[0].id))
    assert bench.at(instance) == ["turn"]
    for _ in range(3):
        assert bench.ask(IncidentList()).rows == ()
        assert bench.run_due(MINUTE) == 1
    (incident,) = bench.ask(IncidentList()).rows
    assert incident.element_id == "turn"
    bench.do(SetVariables(instance, {"share": 4}))
    bench.do(RetryIncident(incident.id))
    bench.run_due(MINUTE)
    assert bench.at(instance) == ["after"]
    assert bench.variables(instance)["total"] == 25


def test_another_runner_does_nothing_with_a_job_that_is_not_its_own(bench):
    from engine.commands.run_job import RunJob

    bench.deploy(WAITS)
    instance = bench.start()
    bench.clock.advance(10 * MINUTE)
    (job,) = bench.do(AcquireJobs("one", 10, MINUTE, ("timer",)))
    bench.do(RunJob(job, "two", MINUTE), SYSTEM)
    assert bench.state(instance) == "running"
    bench.do(RunJob(job, "one", MINUTE), SYSTEM)
    bench.do(RunJob(job, "one", MINUTE), SYSTEM)
    assert bench.state(instance) == "completed"


def test_the_models_own_tries_and_pauses_count(bench):
    bench.deploy(
        TURN.replace(
            b"<script>",
            b"<extensionElements><camunda:failedJobRetryTimeCycle>R2/PT7M</camunda:failedJobRetryTimeCycle>"
            b"</extensionElements><script>",
        )
    )
    instance = bench.start(variables={"share": 0})
    bench.do(CompleteUserTask(bench.tasks()[0].id))
    assert bench.ask(JobList(instance_id=instance)).rows[0].retries == 2
    bench.run_due()
    (job,) = bench.ask(JobList(instance_id=instance)).rows
    assert (job.retries, job.due_at - bench.clock.now()) == (1, 7 * MINUTE)
    bench.run_due(7 * MINUTE)
    assert len(bench.ask(IncidentList()).rows) == 1
