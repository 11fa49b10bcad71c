"""What an observer of the vendors' engines saw after each step, told from this engine's queries.

Camunda shows the leaves of the activity-instance tree, Flowable all executions: scopes and armed boundary events too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from scenario_past import COMING_AND_GOING, counts, undoing

from bpmn import dialects
from bpmn import model as m
from engine.processengine import ProcessEngine
from engine.queries import (
    DefinitionDetail,
    History,
    IncidentList,
    InstanceDetail,
    InstanceList,
    JobList,
    SubscriptionList,
    TaskDetail,
    TaskList,
)

LOOP = m.MultiInstanceLoopCharacteristics
FIRST_PRIORITY = 50
FIRST_RETRIES = 3


def number(id: str) -> int:
    """Where in its root's order of creation a thing stands; a root itself comes first."""
    tail = id.rpartition("-")[2]
    return int(tail) if tail.isdigit() and "-" in id else 0


class Observer:
    """Names the instances p1, p2, ... as they come and describes all of them."""

    def __init__(self, engine: ProcessEngine, actor: Any, dialect: str) -> None:
        self.engine = engine
        self.actor = actor
        self.flowable = dialect == "flowable"
        self.nodes: dict[tuple[str, str], m.BaseElement] = {}
        # Flowable's gateways that only wait to be left are no active executions.
        self.leaving: set[tuple[str, str]] = set()
        # Camunda's history has the inputs of a sub-process as variables of what is around it.
        self.inputs: dict[str, set[str]] = {}
        self.flows: dict[tuple[str, str], list[str]] = {}
        self.details: dict[tuple[str, str], Any] = {}
        # The boundary events of each version of a process, in the order of their deployment.
        self.boundaries: dict[str, list[dict[str, m.BoundaryEvent]]] = {}
        self.names: dict[str, str] = {}
        self.ended: dict[str, dict[str, Any]] = {}

    def know(self, definitions: m.Definitions) -> None:
        """Remember the elements of a deployed file by process and id."""
        for process in definitions.processes:
            key = process.id or ""
            nodes = list(_inside(process))
            self.nodes.update({(key, node.id): node for node in nodes if node.id})
            for node in nodes:
                details = dialects.execution(definitions, node)
                self.details[key, node.id or ""] = details
                if isinstance(node, m.SubProcess) and not self.flowable:
                    self.inputs.setdefault(key, set()).update(str(each.target) for each in details.inputs)
                if isinstance(node, m.Gateway) and details.async_after and not details.async_before:
                    self.leaving.add((key, node.id or ""))
            boundaries = {node.id or "": node for node in nodes if isinstance(node, m.BoundaryEvent)}
            self.boundaries.setdefault(key, []).append(boundaries)
            sources = {flow.source_ref for flow in nodes if isinstance(flow, m.SequenceFlow)}
            for source in sources - {None}:
                leaving = [flow for flow in nodes if isinstance(flow, m.SequenceFlow) and flow.source_ref == source]
                self.flows[key, source or ""] = [flow.target_ref or "" for flow in leaving]

    def all(self, query: Any) -> Iterator[Any]:
        """The rows of all pages of a query."""
        page = self.engine.query(query, self.actor)
        yield from page.rows
        while page.next:
            page = self.engine.query(replace(query, after=page.next), self.actor)
            yield from page.rows

    def name_new(self) -> None:
        """Give the instances that came since the last call their names, callers before called."""
        rows = [row for row in self.all(InstanceList(called_too=True, limit=200)) if row.id not in self.names]
        for row in sorted(
            rows, key=lambda row: (row.started_at, row.root_id, number(row.id) * (row.id != row.root_id))
        ):
            self.names[row.id] = f"p{len(self.names) + 1}"

    def id_of(self, name: str) -> str:
        return next(id for id, given in self.names.items() if given == name)

    # -- the whole state --------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        self.name_new()
        rows = {row.id: row for row in self.all(InstanceList(called_too=True, limit=200))}
        jobs = list(self.all(JobList(limit=200)))
        subscriptions = list(self.all(SubscriptionList(limit=200)))
        state: dict[str, Any] = {
            "instances": [self._instance(rows[id], jobs) for id in self.names if id in rows],
            "tasks": [self._task(row) for row in self.all(TaskList(limit=200))],
            "jobs": [self._job(row) for row in jobs if row.kind in ("timer", "async")],
            "subscriptions": [self._subscription(row) for row in subscriptions] + list(self._watched(rows)),
            "externalTasks": [self._external(row) for row in jobs if row.kind == "external"],
            "incidents": [
                {"instance": self.names[row.instance_id], "at": row.element_id, "type": "failedJob"}
                for row in self.all(IncidentList(limit=200))
            ],
        }
        return {part: entries for part, entries in state.items() if entries or part == "instances"}

    def _instance(self, row: Any, jobs: list[Any]) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": self.names[row.id],
            "process": row.key,
            "ended": row.ended_at is not None,
            "state": "incident" if row.incidents and row.ended_at is None else row.state,
        }
        if row.parent_id is not None:
            told["calledBy"] = self.names[row.parent_id]
        if row.ended_at is not None:
            if row.id not in self.ended:
                self.ended[row.id] = self._past(row.id, row.key)
            return {**told, **self.ended[row.id]}
        detail = self.engine.query(InstanceDetail(row.id), self.actor)
        own = next((scope for scope in detail.scopes if scope.token is None), None) or detail.scopes[0]
        told["variables"] = {name: plain(value) for name, value in own.variables.items()}
        active = list(self._resting(row, detail, jobs))
        if self.flowable:
            active += self._armed(row, detail, jobs)
        told["active"] = active
        return {**told, **self._counts(row.id, row.key)}

    # -- where the tokens are ---------------------------------------------------------------------------------------

    def _resting(self, row: Any, detail: Any, jobs: list[Any]) -> Iterator[str]:
        """The elements at which tokens are seen, one for each token."""
        parents = {token.parent for token in detail.tokens}
        turns = Counter(job.element_id for job in jobs if job.kind == "async" and job.instance_id == row.id)
        for token in detail.tokens:
            id, loop, _ = token.element_id.partition("#")
            node = self.nodes.get((row.key, id))
            leaf = token.number not in parents
            if node is None:
                continue
            if self.flowable and (row.key, id) in self.leaving:
                continue
            if loop:
                if leaf:
                    yield id if self.flowable else f"{id}#multiInstanceBody"
            elif leaf and self.flowable and isinstance(node, m.EventBasedGateway):
                yield from self.flows.get((row.key, id), [])
            elif leaf and self.flowable and isinstance(node, (m.ParallelGateway, m.InclusiveGateway)):
                # Who waits for others is no active execution there; who waits for its turn is.
                if turns[id]:
                    turns[id] -= 1
                    yield id
            elif leaf or self.flowable or isinstance(node, m.ThrowEvent):
                yield token.element_id

    def _armed(self, row: Any, detail: Any, jobs: list[Any]) -> Iterator[str]:
        """The boundary events of activities that are entered: executions in Flowable until the activity ends."""
        turns = Counter(job.element_id for job in jobs if job.kind == "async" and job.instance_id == row.id)
        at = [token.element_id.partition("#") for token in detail.tokens]
        for id, node in self.boundaries[row.key][row.version - 1].items():
            host = self.nodes.get((row.key, node.attached_to_ref or ""))
            if isinstance(host, m.SubProcess) and host.triggered_by_event:
                continue
            if any(isinstance(each, m.CompensateEventDefinition) for each in node.event_definitions):
                continue
            loops = sum(host == node.attached_to_ref and bool(loop) for host, loop, _ in at)
            hosts = loops or sum(host == node.attached_to_ref for host, _, _ in at)
            yield from [id] * (hosts - min(turns[node.attached_to_ref], hosts))

    # -- what has been ----------------------------------------------------------------------------------------------

    def _counts(self, id: str, key: str) -> dict[str, Any]:
        nodes = {element: node for (process, element), node in self.nodes.items() if process == key}
        return counts(nodes, self.all(History(id, kinds=COMING_AND_GOING, limit=200)), flowable=self.flowable)

    def _past(self, id: str, key: str) -> dict[str, Any]:
        """An ended instance's last variables, from its history."""
        own: int | None = None
        variables: dict[str, Any] = {}
        for event in self.all(History(id, kinds=("scope-new", "variable-set", "variable-gone"), limit=200)):
            if event.kind == "scope-new":
                own = event.scope if own is None else own
            elif event.kind == "variable-set" and (event.scope == own or event.name in self.inputs.get(key, ())):
                variables[event.name] = plain(event.value)
            elif event.scope == own:
                variables.pop(event.name, None)
        return {"variables": variables, **self._counts(id, key)}

    # -- what waits -------------------------------------------------------------------------------------------------

    def _task(self, row: Any) -> dict[str, Any]:
        told: dict[str, Any] = {
            "instance": self.names[row.instance_id],
            "task": row.element_id,
            "name": row.name,
            "assignee": row.assignee,
            "owner": row.owner,
            "candidateUsers": sorted(row.candidate_users),
            "candidateGroups": sorted(row.candidate_groups),
            "lane": row.lane,
            "formKey": (self.engine.query(TaskDetail(row.id), self.actor).form or {}).get("key"),
        }
        if row.priority != FIRST_PRIORITY:
            told["priority"] = row.priority
        return {name: value for name, value in told.items() if name == "name" or value not in (None, [])}

    def _job(self, row: Any) -> dict[str, Any]:
        told: dict[str, Any] = {"at": row.element_id, "kind": row.kind}
        if row.instance_id is not None:
            told["instance"] = self.names[row.instance_id]
        else:
            told["process"] = self.engine.query(DefinitionDetail(id=row.definition_id), self.actor).key
        if row.kind == "timer":
            told["due"] = plain(row.due_at)["@date"]
            if self.flowable:
                told["phase"] = "waiting"
        if row.retries != FIRST_RETRIES:
            told["retries"] = row.retries
        return told

    def _subscription(self, row: Any) -> dict[str, Any]:
        return {"instance": self.names[row.instance_id], "type": row.kind, "name": row.name, "at": row.element_id}

    def _watched(self, rows: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What waits for nobody outside, and has a subscription there all the same: conditions, compensation."""
        for id in (id for id, row in rows.items() if row.ended_at is None):
            key = rows[id].key
            for token in self.engine.query(InstanceDetail(id), self.actor).tokens:
                for at in token.watches:
                    details = self.details.get((key, at))
                    if details is not None and details.condition_variable and self.flowable:
                        name = details.condition_variable
                        yield {"instance": self.names[id], "type": "variable", "name": name, "at": at}
                    elif not self.flowable:
                        yield {"instance": self.names[id], "type": "conditional", "at": at}
                for at in self._undoable(key, token.undoable):
                    yield {"instance": self.names[id], "type": "compensate", "at": at}

    def _undoable(self, key: str, records: Any) -> Iterator[str]:
        """By the handler; of a loop by its body as well, and of a sub-process by its event sub-process that undoes."""
        loops = set()
        for record in records:
            node = self.nodes.get((key, record.element_id))
            inside = next(undoing(node), None) if record.by == record.element_id else None
            yield inside or record.by
            if record.by != record.element_id and isinstance(getattr(node, "loop_characteristics", None), LOOP):
                loops.add(record.element_id)
        yield from (f"{loop}#multiInstanceBody" for loop in loops)

    def _external(self, row: Any) -> dict[str, Any]:
        told = {"instance": self.names[row.instance_id], "at": row.element_id, "topic": row.topic}
        if self.flowable or row.retries != FIRST_RETRIES:
            told["retries"] = row.retries
        if row.priority:
            told["priority"] = row.priority
        if row.error is not None:
            told["error"] = row.error
        if row.lease_owner is not None:
            told["worker"] = row.lease_owner
        return told


def plain(value: Any) -> Any:
    """A value as the recordings write it."""
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return {"@date": moment.replace(tzinfo=None).isoformat(timespec="seconds")}
    if isinstance(value, date):
        return {"@date": f"{value.isoformat()}T00:00:00"}
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value


def _inside(container: Any) -> Iterator[m.BaseElement]:
    for node in container.flow_elements:
        yield node
        if isinstance(node, m.SubProcess):
            yield from _inside(node)
