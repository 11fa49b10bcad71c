"""Letters are jobs in the transaction that they tell of: of a task that the model gives somebody, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench import flows, person, process

from engine.clock import VirtualClock
from engine.commands import AssignUserTask, ChangeProfile, CreateUser, Deploy, StartProcess
from engine.errors import NotFound
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries import JobList, TaskList
from engine.queries.mails import Notice, NoticeOf
from engine.settings import Settings

GIVEN = (
    '<startEvent id="s"/><userTask id="t" name="Sign"><humanPerformer><resourceAssignmentExpression>'
    "<formalExpression>ann</formalExpression></resourceAssignmentExpression></humanPerformer></userTask>"
    '<endEvent id="e"/>' + flows("s", "t", "e")
)


@pytest.fixture
def engine(database_url: str) -> Iterator[ProcessEngine]:
    settings = Settings(smtp_url="smtp://127.0.0.1:9", mail_from="no-reply@example.org", runner_threads=0)
    engine = ProcessEngine(database_url, clock=VirtualClock(), settings=settings)
    engine.write_letters(lambda notice: (notice.about, notice.process))
    engine.execute(Deploy({"model.bpmn": process(GIVEN)}), SYSTEM)
    engine.execute(CreateUser("ann", email="ann@example.org"), SYSTEM)
    engine.execute(ChangeProfile(mail_tasks=True), person("ann"))
    yield engine
    engine.close()


def test_what_the_model_gives_somebody_is_told(engine: ProcessEngine) -> None:
    engine.execute(StartProcess("p", business_key="K-1"), SYSTEM)
    (job,) = engine.query(JobList(), SYSTEM).rows
    assert (job.kind, job.element_id) == ("mail", "t")
    (leased,) = engine._work.acquire("runner", 10)
    notice = engine.query(NoticeOf(leased.id, "runner"), SYSTEM)
    assert isinstance(notice, Notice)
    assert (notice.about, notice.address, notice.by) == ("task", "ann@example.org", None)
    assert (notice.task, notice.process, notice.business_key) == ("Sign", "p", "K-1")
    assert engine.query(NoticeOf(leased.id, "another"), SYSTEM) is None


def test_nothing_is_told_of_what_did_not_happen(engine: ProcessEngine) -> None:
    with pytest.raises(NotFound):
        engine.execute(AssignUserTask("0-1", "ann"), SYSTEM)
    assert engine.query(JobList(), SYSTEM).rows == ()


def test_a_server_that_is_not_there_is_tried_again(engine: ProcessEngine) -> None:
    engine.execute(StartProcess("p"), SYSTEM)
    engine.run_due()
    (job,) = engine.query(JobList(), SYSTEM).rows
    assert job.retries == 11
    assert "cannot be reached" in (job.error or "")
    assert len(engine.query(TaskList(), SYSTEM).rows) == 1
