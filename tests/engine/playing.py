"""Runs a model without a database: every command is computed on a root loaded from what the one before stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import bpmn
from engine.compiler import compile_process
from engine.errors import NotFound
from engine.runtime.records import (
    IncidentRecord,
    InstanceRecord,
    JobRecord,
    RootState,
    ScopeRecord,
    Step,
    SubscriptionRecord,
    TokenRecord,
    UserTaskRecord,
    Wait,
)
from engine.runtime.root import Root
from engine.spiff.process_spec import ProcessSpec
from engine.values import decode

FLOW = re.compile(r"^ *(\w+) -> (\w+)(?: if (.+))?$", re.MULTILINE)
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://example.org">'


class Stored:
    """One root as rows would hold it: only what steps said is known."""

    def __init__(self) -> None:
        self.revision = -1
        self.counter = 0
        self.event_count = 0
        self.instances: dict[str, InstanceRecord] = {}
        self.scopes: dict[int, ScopeRecord] = {}
        self.tokens: dict[int, TokenRecord] = {}
        self.variables: dict[tuple[int, str], str] = {}
        self.waits: dict[int, Wait] = {}
        self.events: list[Any] = []

    def save(self, step: Step) -> None:
        self.revision += 1
        self.counter, self.event_count = step.counter, step.event_count
        for instance in [*step.new_instances, *step.changed_instances]:
            self.instances[instance.id] = replace(instance)
        self.scopes.update({scope.number: scope for scope in step.new_scopes})
        for number in step.gone_scopes:
            del self.scopes[number]
        if step.gone_scopes:
            self.variables = {key: value for key, value in self.variables.items() if key[0] in self.scopes}
        self.tokens.update({token.number: token for token in [*step.new_tokens, *step.changed_tokens]})
        for number in step.gone_tokens:
            del self.tokens[number]
        for scope, name, text in [*step.new_variables, *step.changed_variables]:
            self.variables[scope, name] = text
        for key in step.gone_variables:
            self.variables.pop(key, None)
        self.waits.update({wait.number: wait for wait in step.opened})
        closed = step.closed_user_tasks + step.closed_jobs + step.closed_subscriptions + step.closed_incidents
        for number in closed:
            del self.waits[number]
        self.events += step.events

    def state(self, root_id: str) -> RootState:
        return RootState(
            root_id,
            self.revision,
            self.counter,
            self.event_count,
            [replace(instance) for instance in self.instances.values()],
            list(self.scopes.values()),
            [replace(token, data=dict(token.data)) for token in self.tokens.values()],
            [(scope, name, text) for (scope, name), text in self.variables.items()],
        )


class Play:
    """Runs processes of a file without a database. The clock stands still unless it is moved."""

    def __init__(self, specs: dict[str, ProcessSpec]) -> None:
        self.specs = specs
        self.now = datetime(2030, 1, 1, 9, 0, tzinfo=UTC)
        self.roots: dict[str, Stored] = {}
        self.failures: Any = "incident"
        self.delivering = False

    # -- the library of the runtime ---------------------------------------------------------------------------------

    def spec(self, definition_id: str) -> ProcessSpec:
        return self.specs[definition_id]

    def called(self, key: str, binding: str, version: str | None, caller_id: str) -> str:
        if key not in self.specs:
            raise NotFound(f"{key} is not deployed.")
        return key

    def resource(self, definition_id: str, name: str) -> str | None:
        return None

    # -- commands ---------------------------------------------------------------------------------------------------

    def start(
        self, key: str | None = None, at: str | None = None, conversation: str | None = None, **variables: Any
    ) -> str:
        root_id = f"r{len(self.roots) + 1}"
        root = Root.new(root_id, self, self.now, "ann")
        root.at(self.now, "ann", self.failures)
        root.start(key or next(iter(self.specs)), variables, start_element=at, conversation=conversation)
        self.roots[root_id] = Stored()
        self.roots[root_id].save(root.step())
        self._deliver()
        return root_id

    def complete(self, element: str, outcome: list[str] | None = None, index: int = 0, **variables: Any) -> None:
        root_id, task = self._find(UserTaskRecord, element, index)
        self._move(root_id, lambda root: root.complete_user_task(task.token, task.number, variables, outcome))

    def work(self, element: str, index: int = 0, **variables: Any) -> None:
        """A worker or runner has done the job."""
        root_id, job = self._find(JobRecord, element, index)
        self._move(root_id, lambda root: root.trigger(job.token or 0, job.number, variables))

    def throw(self, element: str, code: str, **variables: Any) -> None:
        """A worker ends its job with a BPMN error."""
        root_id, job = self._find(JobRecord, element, 0)
        self._move(root_id, lambda root: root.throw_error(job.token or 0, job.number, code, "", variables))

    def message(self, name: str, index: int = 0, **variables: Any) -> None:
        root_id, wait = [
            (root_id, wait)
            for root_id, wait in self._all(SubscriptionRecord)
            if wait.name == name and wait.kind in ("message", "signal")
        ][index]
        self._move(root_id, lambda root: root.trigger(wait.token, wait.number, variables))

    def later(self, **duration: float) -> None:
        """Move the clock and let fire what is due, in order."""
        end = self.now + timedelta(**duration)
        while due := [
            (job.due_at, root_id, job)
            for root_id, job in self._all(JobRecord)
            if job.kind == "timer" and job.due_at <= end
        ]:
            at, root_id, job = min(due, key=lambda each: (each[0], each[1], each[2].number))
            self.now = max(self.now, at)
            self._move(root_id, partial(_trigger, wait=job, variables={}))
        self.now = end

    def retry(self, element: str) -> None:
        root_id, incident = self._find(IncidentRecord, element, 0)
        self._move(root_id, lambda root: root.retry(incident.token or 0, incident.number))

    def command(self, act: Callable[[Root], Any], root_id: str = "r1") -> None:
        self._move(root_id, act)

    # -- what there is ----------------------------------------------------------------------------------------------

    @property
    def tasks(self) -> list[str]:
        return sorted(task.element_id for _, task in self._all(UserTaskRecord))

    @property
    def jobs(self) -> list[tuple[str, str | None]]:
        return sorted((job.kind, job.element_id) for _, job in self._all(JobRecord))

    @property
    def incidents(self) -> dict[str, str]:
        return {incident.element_id: incident.reason for _, incident in self._all(IncidentRecord)}

    @property
    def subscriptions(self) -> list[tuple[str, str]]:
        return sorted((wait.kind, wait.name) for _, wait in self._all(SubscriptionRecord))

    def record(self, kind: type, element: str, index: int = 0) -> Any:
        return self._find(kind, element, index)[1]

    def state(self, root_id: str = "r1") -> str:
        return self.roots[root_id].instances[root_id].state

    def variables(self, root_id: str = "r1") -> dict[str, Any]:
        """The instance's variables; of one that has ended, those it ended with."""
        stored = self.roots[root_id]
        outermost = min((event.scope for event in stored.events if event.kind == "scope-new"), default=None)
        found = {e.name: decode(e.value) for e in stored.events if e.kind == "variable-set" and e.scope == outermost}
        gone = [e.name for e in stored.events if e.kind == "variable-gone" and e.scope == outermost]
        return {name: value for name, value in found.items() if name not in gone}

    def path(self, root_id: str = "r1") -> list[str]:
        """The elements that tokens have left, in that order."""
        return [
            event.element_id
            for event in self.roots[root_id].events
            if event.kind in ("token-gone", "token-passed") and event.data["how"] == "completed"
        ]

    # -- inside -----------------------------------------------------------------------------------------------------

    def _all(self, kind: type) -> list[tuple[str, Any]]:
        return [
            (id, wait) for id, stored in self.roots.items() for wait in stored.waits.values() if isinstance(wait, kind)
        ]

    def _find(self, kind: type, element: str, index: int) -> tuple[str, Any]:
        found = [(root_id, wait) for root_id, wait in self._all(kind) if wait.element_id == element]
        assert index < len(found), f"nothing of that kind waits at {element}: {self.tasks} {self.jobs} {self.incidents}"
        return found[index]

    def _move(self, root_id: str, act: Callable[[Root], Any]) -> None:
        stored = self.roots[root_id]
        root = Root.load(stored.state(root_id), self, self.now, "ann")
        root.at(self.now, "ann", self.failures)
        act(root)
        stored.save(root.step())
        self._deliver()

    def _deliver(self) -> None:
        """Messages and signals that were thrown reach who waits for them, or start a process; one after the other."""
        if self.delivering:
            return
        self.delivering = True
        while sent := [(id, job) for id, job in self._all(JobRecord) if job.kind in ("message", "signal")]:
            root_id, job = sent[0]
            del self.roots[root_id].waits[job.number]
            name, variables = job.payload["name"], job.payload["variables"]
            waiting = [(id, w) for id, w in self._all(SubscriptionRecord) if (w.kind, w.name) == (job.kind, name)]
            for to, wait in waiting if job.kind == "signal" else waiting[:1]:
                self._move(to, partial(_trigger, wait=wait, variables=variables))
            if not waiting:
                self._start_by(job, name, variables)
        self.delivering = False

    def _start_by(self, job: JobRecord, name: str, variables: dict[str, Any]) -> None:
        for key, spec in self.specs.items():
            start: Any = spec.start
            for element_id in start.event_start_ids:
                for definition in spec.task_specs[element_id].definitions:
                    incoming = getattr(definition, "incoming", definition)
                    if definition.kind == job.kind and incoming.fixed_name == name:
                        self.start(key, at=element_id, conversation=job.payload["conversation"], **variables)
                        return


def read_play(
    model: str,
    folder: Path,
    *,
    guided: bool | None = None,
    bindings: dict[str, Any] | None = None,
    programs: Any = None,
) -> Play:
    """A file in the folder; or XML of what stands inside `definitions`.

    In such XML a line `a -> b` is a sequence flow with the id `a_b`; `a -> b if amount > 10` has a condition.
    """
    if model.lstrip().startswith("<"):
        data = f"{HEAD}{FLOW.sub(_sequence_flow, model)}</definitions>".encode()
    else:
        data = (folder / model).read_bytes()
    reading = bpmn.read(data, model)
    assert reading.definitions is not None, reading.problems
    specs = {
        process.id or "": compile_process(
            reading.definitions,
            process.id or "",
            guided=not process.is_executable if guided is None else guided,
            bindings=bindings or {},
            programs=programs,
        )
        for process in reading.definitions.processes
    }
    return Play(specs)


def _trigger(root: Root, wait: JobRecord | SubscriptionRecord, variables: dict[str, Any]) -> None:
    root.trigger(wait.token or 0, wait.number, variables)


def _sequence_flow(written: re.Match[str]) -> str:
    source, target, condition = written.groups()
    inside = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
