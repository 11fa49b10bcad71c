"""The suite that every runner passes: due jobs are done once each, in time, and a failure stops nothing."""

import threading
from datetime import timedelta

import pytest

from engine.clock import SystemClock, VirtualClock
from engine.jobs import EmbeddedRunner
from engine.persistence.jobs import Job

PATIENCE = 10


class ListOfWork:
    """Jobs in memory: leased once, done once."""

    def __init__(self, clock):
        self.clock = clock
        self.lock = threading.Lock()
        self.waiting = []
        self.done = []
        self.most_leased = self.leased = 0
        self.changed = threading.Condition(self.lock)
        self.broken = self.failing = False
        self.gate = None

    def add(self, id, later=0, then=()):
        now = self.clock.now()
        job = Job(id, "async", now, now + timedelta(seconds=later), payload={"then": then})
        with self.lock:
            self.waiting.append(job)

    def acquire(self, owner, limit):
        if self.broken:
            self.broken = False
            raise OSError("the database is away")
        with self.lock:
            due = [job for job in self.waiting if job.due_at <= self.clock.now()][:limit]
            self.waiting = [job for job in self.waiting if job not in due]
            self.leased += len(due)
            self.most_leased = max(self.most_leased, self.leased)
            return due

    def perform(self, job, owner):
        if self.gate is not None:
            assert self.gate.wait(PATIENCE)
        for id in job.payload["then"]:
            self.add(id)
        with self.changed:
            self.leased -= 1
            self.done.append(job.id)
            self.changed.notify_all()
        if self.failing:
            raise RuntimeError("a job nobody can do")

    def next_due(self):
        with self.lock:
            return min((job.due_at for job in self.waiting), default=None)

    def wait_for(self, number):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= number, PATIENCE), self.done


@pytest.fixture
def work():
    return ListOfWork(SystemClock())


@pytest.fixture
def running(work):
    runner = EmbeddedRunner(work, work.clock, threads=3, poll=timedelta(seconds=60))
    runner.start()
    yield runner
    runner.stop()


def test_a_woken_runner_does_each_job_once(work, running):
    for number in range(50):
        work.add(str(number))
        running.wake()
    work.wait_for(50)
    assert sorted(work.done, key=int) == [str(number) for number in range(50)]


def test_no_more_is_leased_than_threads_are_free(work, running):
    work.gate = threading.Event()
    for number in range(20):
        work.add(str(number))
    running.wake()
    work.gate.set()
    work.wait_for(20)
    assert work.most_leased <= 3


def test_it_sleeps_until_the_next_is_due(work, running):
    work.add("later", later=0.05)
    running.wake()
    work.wait_for(1)


def test_failures_end_neither_thread_nor_runner(work, running):
    work.failing = True
    for number in range(9):
        work.add(str(number))
    running.wake()
    work.wait_for(9)


def test_a_database_that_is_away_is_asked_again(work):
    work.broken = True
    work.add("one")
    runner = EmbeddedRunner(work, work.clock, threads=1, poll=timedelta(milliseconds=10))
    runner.start()
    work.wait_for(1)
    runner.stop()


def test_stop_waits_for_what_is_in_hand_and_start_goes_on(work, running):
    work.add("first")
    running.wake()
    work.wait_for(1)
    running.stop()
    work.add("second")
    assert work.done == ["first"]
    running.start()
    work.wait_for(2)


def test_run_due_does_what_is_due_and_what_follows():
    clock = VirtualClock()
    work = ListOfWork(clock)
    runner = EmbeddedRunner(work, clock, threads=0, poll=timedelta(seconds=1))
    work.add("a", then=("b",))
    work.add("tomorrow", later=86400)
    assert runner.run_due() == 2
    assert work.done == ["a", "b"]
    clock.advance(timedelta(days=1))
    assert runner.run_due() == 1
