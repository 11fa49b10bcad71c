"""Some weeks of the demo's company: people start and do cases by the engine's commands, while a clock is moved."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from engine.clock import VirtualClock
from engine.commands import (
    AddAttachment,
    AddComment,
    CancelInstance,
    ClaimUserTask,
    CompleteUserTask,
    CorrelateMessage,
    StartProcess,
)
from engine.errors import Conflict
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import DefinitionList, JobList, TaskDetail, TaskList
from engine.queries.user_tasks import TaskRow
from engine.settings import Settings
from webapp.demo.answers import Scan, answer
from webapp.demo.cases import CANCELLED, LEFT, WITHDRAWN, Case, cases
from webapp.demo.prepare import Login, prepare
from webapp.demo.worker import work

WEEKS = 6
HOURS = (8, 12, 16)
USUAL_PACE = 0.5
# How likely somebody does such a task when they look at their list. A manager sometimes lets the three days pass.
PACE = {"approve_as_manager": 0.15, "approve_as_director": 0.3, "approve_request": 0.25, "submit_documents": 0.3}
TAKEN = 8
# What is said of a task while it waits. Nobody writes a comment twice.
SAID = {
    "record_invoice": "The supplier sends the second page tomorrow.",
    "approve_as_manager": "@clerk, is this the price we agreed on?",
    "approve_as_director": "@manager, did you see the offer?",
    "approve_request": "@employee, is there an offer of a second supplier?",
    "order_goods": "Bolt Tools calls back about the price.",
    "check_documents": "The tax form is hard to read; I have asked for a better copy.",
    "answer_ticket": "I could not reach them; I try again this afternoon.",
    "solve_ticket": "It looks like the update of last week.",
    "judge_risks": "@sales, what does the partner say about the notice period?",
    "change_document": "I wait for the numbers of last year.",
}


def tell_history(database_url: str, settings: Settings, now: datetime | None = None) -> bool:
    """Fill a database into which nothing was deployed before; any other is left as it is. Whether it was filled."""
    end = (now or datetime.now(UTC)).replace(microsecond=0)
    clock = VirtualClock(end - timedelta(weeks=WEEKS))
    engine = ProcessEngine(database_url, clock=clock, settings=settings)
    try:
        if engine.query(DefinitionList(limit=1), SYSTEM).rows:
            return False
        Company(engine, clock, prepare(engine)).live(end)
        return True
    finally:
        engine.close()


class Company:
    """The people of the samples at work. The same for the same days: chance has a fixed seed."""

    def __init__(self, engine: ProcessEngine, clock: VirtualClock, logins: list[Login]) -> None:
        self.engine = engine
        self.clock = clock
        self.random = random.Random(4)
        self.people = {login.user: _actor(login) for login in logins}
        self.in_group = {login.groups[0]: _actor(login) for login in logins if len(login.groups) == 1}
        self.cases = cases()
        self.facts = {case.business_key: case.facts for case in self.cases}
        self.taken: set[str] = set()
        self.done: Counter[tuple[str, str]] = Counter()
        rows = engine.query(DefinitionList(limit=200), SYSTEM).rows
        self.definitions = {row.name: row.id for row in rows}

    def live(self, end: datetime) -> None:
        """From one look at the task list to the next, until the end."""
        begun = list(self.cases)
        moments = list(_working_hours(self.clock.now(), end))
        for number, moment in enumerate(moments):
            self.clock.set(moment)
            self.engine.run_due()
            while begun and begun[0].days_ago >= (end - moment) / timedelta(days=1):
                self._start(begun.pop(0))
            if self.engine.query(JobList(kind="external", limit=1), SYSTEM).rows:
                work(self.engine, self.facts)
            for task in self._open():
                if task.id in self.taken:
                    continue
                if self.random.random() < PACE.get(task.element_id, USUAL_PACE):
                    self._look_at(task)
            self.engine.run_due()
            if number == len(moments) - 2:
                self._take_some()

    def _start(self, case: Case) -> None:
        variables = dict(case.variables)
        if "starts_in" in case.facts:
            variables["start_date"] = self.clock.now().date() + timedelta(days=case.facts["starts_in"])
        command = StartProcess(
            definition_id=self.definitions[case.process], variables=variables, business_key=case.business_key
        )
        self.engine.execute(command, self.people[case.starter])

    def _open(self) -> list[TaskRow]:
        # What one pool sends makes an event of another happen: nobody needs to say so.
        rows = self.engine.query(TaskList(limit=200), SYSTEM).rows
        return [row for row in rows if row.kind != "happened"]

    def _look_at(self, task: TaskRow) -> None:
        """Do it, unless it lies still or the case is ended before its time."""
        about = task.business_key or ""
        if LEFT.get(about) in (task.element_id, task.name):
            return
        if about in CANCELLED:
            self.engine.execute(CancelInstance(task.instance_id, CANCELLED[about]), self.people["admin"])
        elif about in WITHDRAWN and task.element_id == "answer_ticket":
            self.engine.execute(CorrelateMessage("ticket-withdrawn", business_key=about), SYSTEM)
        else:
            with suppress(Conflict):  # What a colleague did this very hour may have ended it.
                self._do(task, about)

    def _do(self, task: TaskRow, about: str) -> None:
        facts = self.facts.get(about, {})
        times = self.done[about, task.element_id]
        given = answer(task.element_id, facts, times, self.clock.now().date())
        flows = self._chosen(task, str(facts.get("in_stock"))) if task.kind == "question" else ()
        who = self._who_does(task)
        for name, scan in [(name, value) for name, value in given.items() if isinstance(value, Scan)]:
            attachment = self.engine.execute(AddAttachment(task.id, scan.name, scan.text.encode()), who)
            given[name] = {"attachment": attachment, "name": scan.name}
        self.engine.execute(CompleteUserTask(task.id, given, flows), who)
        self.done[about, task.element_id] += 1

    def _chosen(self, task: TaskRow, wanted: str) -> tuple[str, ...]:
        """The branch whose name is wanted, else one by chance."""
        options = (self.engine.query(TaskDetail(task.id), SYSTEM).form or {})["options"]
        named = [option["id"] for option in options if option.get("name") == wanted]
        return (named[0] if named else self.random.choice(options)["id"],)

    def _who_does(self, task: TaskRow) -> Actor:
        return next((self.in_group[group] for group in task.candidate_groups if group in self.in_group), SYSTEM)

    def _take_some(self) -> None:
        """When they look for the last time some take a task and do not come to do it; a few say why."""
        tasks = [task for task in self._open() if self._who_does(task) is not SYSTEM]
        said = set()
        for task in self.random.sample(tasks, min(TAKEN, len(tasks))):
            who = self._who_does(task)
            self.engine.execute(ClaimUserTask(task.id), who)
            self.taken.add(task.id)
            if task.element_id in SAID and task.element_id not in said:
                said.add(task.element_id)
                self.engine.execute(AddComment(task.id, SAID[task.element_id]), who)


def _actor(login: Login) -> Actor:
    return Actor(login.user, frozenset(login.groups), frozenset({"read", *login.permissions}))


def _working_hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """The hours at which people look at their lists, on working days between two moments, and the end."""
    day = start.date()
    while day <= end.date():
        for hour in HOURS if day.weekday() < 5 else ():
            moment = datetime.combine(day, time(hour), UTC)
            if start < moment < end:
                yield moment
        day += timedelta(days=1)
    yield end
