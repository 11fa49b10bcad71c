"""Models run from their start to their end in memory: whoever answers is asked, the clock jumps to what is due next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bpmn.dialects import execution
from bpmn.model import CallActivity, Definitions
from engine.clock import VirtualClock
from engine.commands import (
    Bind,
    CompleteExternalJob,
    CompleteUserTask,
    Deploy,
    DeployedProcess,
    FetchExternalJobs,
    StartProcess,
    TriggerSubscription,
)
from engine.compiler import judge
from engine.processengine import ProcessEngine
from engine.queries.definitions import StartEvents
from engine.queries.instances import InstanceList, InstanceRow
from engine.queries.user_task import TaskDetail
from engine.queries.user_tasks import TaskList
from engine.queries.waits import IncidentList, IncidentRow, JobList, JobRow, SubscriptionList
from engine.services import Binding
from engine.settings import Settings
from webapp.cli.database import TERMINAL
from webapp.cli.output import PlainFailure
from webapp.cli.people import Beginning, Person, ServiceJob
from webapp.cli.together import ModelFile, Models
from webapp.forms.start import start_form_of

WORKER = "rehearsal"
PAGE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: all instances, what stopped them, and whether it was given up with something left to do."""

    instances: tuple[InstanceRow, ...]
    incidents: tuple[IncidentRow, ...]
    given_up: bool

    @property
    def completed(self) -> bool:
        return not self.given_up and all(instance.state == "completed" for instance in self.instances)


class Rehearsal:
    """Files on an engine of their own. `services`: call what is bound; otherwise the person stands in for programs."""

    def __init__(
        self, models: Models, *, person: Person, guided: bool | None, settings: Settings, services: bool = False
    ) -> None:
        self.models = models
        self.person = person
        self.clock = VirtualClock(datetime.now(UTC).replace(microsecond=0))
        self.engine = ProcessEngine("sqlite://", clock=self.clock, settings=settings)
        files = models.beside | {file.name: file.content for file in models.files}
        self.processes = self.engine.execute(Deploy(files, guided=guided), TERMINAL).processes
        bound = {file.name: dict(file.bindings) for file in models.files}
        if not services:
            for file in models.files:
                bound[file.name] |= _stand_ins(file, guided)
        for process in self.processes:
            for subject, binding in bound[process.resource].items():
                self.engine.execute(Bind(process.key, subject, binding), TERMINAL)

    def start(self, wanted: str | None, variables: Mapping[str, Any]) -> None:
        """Start the wanted process, or each that nothing else in the files starts; its form is asked first."""
        for process in self._to_start(wanted):
            model = self.models.model(process.key)
            form = start_form_of(model, model.process_of(process.key) if model else "", self.models.form)
            asked = tuple(each for each in form.asked if each.writable and each.name not in variables)
            given = self.person.begin(Beginning(process.name or process.key, process.key, asked)) if asked else {}
            command = StartProcess(definition_id=process.definition_id, variables={**given, **variables})
            self.engine.execute(command, TERMINAL)

    def run(self, most: int, watch: Callable[[], None]) -> Outcome:
        """Until nothing is left to do, at most so many acts; `watch` is called after each."""
        acts = 0
        watch()
        while acts < most and self._act():
            acts += 1
            watch()
        given_up = acts >= most and self._is_running()
        instances = self.engine.query(InstanceList(limit=PAGE, called_too=True), TERMINAL).rows
        incidents = self.engine.query(IncidentList(limit=PAGE), TERMINAL).rows
        return Outcome(instances, incidents, given_up)

    def _act(self) -> bool:
        """The next thing: what is due, a person's task, a program's, a time to come, a message from outside."""
        return (
            self.engine.run_due() > 0 or self._do_task() or self._do_job() or self._wait_for_timer() or self._receive()
        )

    def _do_task(self) -> bool:
        page = self.engine.query(TaskList(limit=PAGE, sort="name"), TERMINAL)
        if not page.rows:
            return False
        # What one pool sends makes an event of another happen; only then is a person asked whether it has.
        rows = [row for row in page.rows if row.kind != "happened"] or page.rows
        views = [self.engine.query(TaskDetail(row.id), TERMINAL) for row in rows]
        task = self.person.choose(views)
        answer = self.person.answer(task)
        self.engine.execute(CompleteUserTask(task.task.id, answer.variables, answer.outcome), TERMINAL)
        return True

    def _do_job(self) -> bool:
        topics = {job.topic for job in self._jobs("external") if job.topic is not None and job.retries > 0}
        jobs = self.engine.execute(FetchExternalJobs(sorted(topics), WORKER, max=1), TERMINAL) if topics else []
        for job in jobs:
            name = self.models.names(job.definition_key).get(job.element_id) or job.element_id
            given = self.person.stand_in(ServiceJob(name, job.topic, job.variables))
            self.engine.execute(CompleteExternalJob(job.id, WORKER, given), TERMINAL)
        return bool(jobs)

    def _wait_for_timer(self) -> bool:
        # A timer that starts a process belongs to no instance; it would go on for ever.
        due = [job.due_at for job in self._jobs(None) if job.root_id and job.kind != "external" and job.retries > 0]
        if not due:
            return False
        self.clock.set(max(min(due), self.clock.now() + timedelta(microseconds=1)))
        return True

    def _receive(self) -> bool:
        """What only the outside can send has come: otherwise the run would end here."""
        for subscription in self.engine.query(SubscriptionList(limit=1), TERMINAL).rows:
            self.engine.execute(TriggerSubscription(subscription.id), TERMINAL)
            return True
        return False

    def _jobs(self, kind: str | None) -> tuple[JobRow, ...]:
        return self.engine.query(JobList(kind=kind, limit=PAGE), TERMINAL).rows

    def _is_running(self) -> bool:
        return bool(self.engine.query(InstanceList(state="running", limit=1), TERMINAL).rows)

    def _to_start(self, wanted: str | None) -> list[DeployedProcess]:
        if wanted is not None:
            found = [each for each in self.processes if wanted in (each.key, each.name)]
            if not found:
                known = ", ".join(each.name or each.key for each in self.processes)
                raise PlainFailure(f"There is no process {wanted!r} here.", fix=f"There is: {known}.")
            return found
        called = set().union(*(_called(file.definitions) for file in self.models.files))
        free = [each for each in self.processes if each.key not in called and not self._is_triggered(each)]
        return free or list(self.processes[:1])

    def _is_triggered(self, process: DeployedProcess) -> bool:
        return bool(self.engine.query(StartEvents(process.definition_id), TERMINAL))


def _stand_ins(file: ModelFile, guided: bool | None) -> dict[str, Binding]:
    """What would call the outside becomes a job that the person does: what is bound, and what is still to be."""
    found = judge(file.definitions, guided=guided, bindings=file.bindings).findings
    targets = {each.element_id: each.element_id for each in found if each.element_id and each.code == "not-bound"}
    targets |= {subject: bound.target for subject, bound in file.bindings.items() if bound.kind != "person"}
    return {subject: Binding("external", target) for subject, target in targets.items()}


def _called(definitions: Definitions) -> set[str]:
    """The processes that call activities of the file name, as its dialect writes that."""
    found = (execution(definitions, element).called for element in definitions.of(CallActivity))
    return {called.key.text for called in found if called is not None}
