"""Jobs are leased to one runner at a time, earliest due first, and come free when a lease runs out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from engine.persistence import Database
from engine.persistence.jobs import Job, Jobs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def writing(database: Database) -> Callable[[], Iterator[Jobs]]:
    @contextmanager
    def transaction() -> Iterator[Jobs]:
        with database.writing() as connection:
            yield Jobs(connection)
            connection.commit()

    return transaction


def add(jobs: Jobs, *ids: str, due: datetime = NOW, **values: object) -> None:
    for id in ids:
        jobs.add(Job(id, **{"kind": "timer", "created_at": NOW, "due_at": due, **values}))


def test_the_earliest_due_are_acquired_first(writing) -> None:
    with writing() as jobs:
        add(jobs, "late", due=NOW)
        add(jobs, "early", due=NOW - timedelta(hours=1))
        add(jobs, "not yet", due=SOON)
        assert [job.id for job in jobs.acquire(NOW, "me", SOON, 10)] == ["early", "late"]
        assert jobs.acquire(NOW, "you", SOON, 10) == []
        assert jobs.get("early").tries == 1


def test_a_lease_that_ran_out_is_free(writing) -> None:
    with writing() as jobs:
        add(jobs, "j")
        jobs.acquire(NOW, "me", SOON, 1)
        assert [job.lease_owner for job in jobs.acquire(SOON, "you", SOON + timedelta(minutes=1), 1)] == ["you"]


def test_a_job_without_retries_rests(writing) -> None:
    with writing() as jobs:
        add(jobs, "j", retries=0)
        assert jobs.acquire(NOW, "me", SOON, 1) == []
        assert jobs.next_due() is None


def test_kinds_and_topics_are_told_apart(writing) -> None:
    with writing() as jobs:
        add(jobs, "t")
        add(jobs, "a", kind="external", topic="mail")
        add(jobs, "b", kind="external", topic="mail", priority=5)
        add(jobs, "c", kind="external", topic="print")
        assert [job.id for job in jobs.acquire(NOW, "me", SOON, 9, kinds=["external"], topics=["mail"])] == ["b", "a"]
        assert [job.id for job in jobs.acquire(NOW, "me", SOON, 9, kinds=["timer", "async"])] == ["t"]


def test_who_releases_leaves_it_to_others(writing) -> None:
    with writing() as jobs:
        add(jobs, "j")
        jobs.acquire(NOW, "me", SOON, 1)
        assert jobs.release("j", retries=2, error="no answer", due_at=SOON)
        job = jobs.get("j")
        assert (job.lease_owner, job.retries, job.error, job.due_at) == (None, 2, "no answer", SOON)
        assert not jobs.release("gone")


def test_one_job_is_leased_by_name_unless_another_has_it(writing) -> None:
    with writing() as jobs:
        add(jobs, "j", due=SOON)
        assert jobs.lease("j", NOW, "me", SOON).lease_owner == "me"
        assert jobs.lease("j", NOW, "me", SOON).tries == 2
        assert jobs.lease("j", NOW, "you", SOON) is None


def test_the_next_due_counts_leases_that_run_out(writing) -> None:
    with writing() as jobs:
        assert jobs.next_due() is None
        add(jobs, "j")
        assert jobs.next_due() == NOW
        jobs.acquire(NOW, "me", SOON, 1)
        assert jobs.next_due(["timer"]) == SOON
        assert jobs.next_due(["async"]) is None


def test_a_job_that_is_written_or_put_off_wakes(database: Database) -> None:
    woken: list[datetime] = []
    with database.writing() as connection:
        jobs = Jobs(connection, woken.append)
        add(jobs, "j")
        jobs.change("j", retries=1)
        jobs.release("j", due_at=SOON)
    assert woken == [NOW, SOON]


def test_runners_never_get_the_same_job(writing) -> None:
    with writing() as jobs:
        add(jobs, *(f"job{number}" for number in range(60)))
    together = threading.Barrier(6, timeout=10)

    def acquire(name: int) -> list[str]:
        together.wait()
        taken: list[str] = []
        for _ in range(10):
            with writing() as jobs:
                taken += [job.id for job in jobs.acquire(NOW, str(name), SOON, 3)]
        return taken

    with ThreadPoolExecutor(6) as runners:
        taken = [id for each in [runners.submit(acquire, name) for name in range(6)] for id in each.result()]
    assert sorted(taken) == sorted(f"job{number}" for number in range(60))


def test_misspelled_columns_are_refused(writing) -> None:
    with pytest.raises(ValueError, match="retrys"), writing() as jobs:
        jobs.change("j", retrys=3)
