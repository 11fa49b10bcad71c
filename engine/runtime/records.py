"""The state of one root process instance as plain records: what storage loads and writes, and nothing else.

A *root* is a process instance with all that it called. Tokens, scopes and waits are numbered within their root, in
order of creation, so that an id outside (`<root id>-<number>`) names the instance as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

InstanceState = Literal["running", "completed", "failed", "cancelled"]
TokenState = Literal["READY", "WAITING", "STARTED"]


@dataclass(slots=True)
class InstanceRecord:
    """A process instance. The root has `id == root_id` and no parent; a called one names the call activity's token."""

    id: str
    root_id: str
    definition_id: str
    key: str
    started_at: datetime
    parent_id: str | None = None
    parent_token: int | None = None
    business_key: str | None = None
    conversation: str | None = None
    started_by: str | None = None
    state: InstanceState = "running"
    ended_at: datetime | None = None
    end_reason: str | None = None


@dataclass(slots=True)
class ScopeRecord:
    """A place where variables live: process instance, sub-process, multi-instance item or activity."""

    number: int
    instance_id: str
    parent: int | None = None
    token: int | None = None


@dataclass(slots=True)
class TokenRecord:
    """A token at rest: at which element, in which scope, inside which activity (`parent`), and what it remembers."""

    number: int
    instance_id: str
    element_id: str
    scope: int
    parent: int | None
    state: TokenState
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class RootState:
    """All that is loaded of one root. `variables` holds encoded values (engine.values) by scope number and name."""

    root_id: str
    revision: int
    counter: int
    event_count: int
    instances: list[InstanceRecord]
    scopes: list[ScopeRecord]
    tokens: list[TokenRecord]
    variables: list[tuple[int, str, str]]


@dataclass(slots=True)
class UserTaskRecord:
    """Work for a person. `kind`: a task; a gateway's question with `options`; an event a person says has happened."""

    number: int
    token: int
    instance_id: str
    element_id: str
    created_at: datetime
    name: str | None = None
    kind: Literal["task", "question", "happened"] = "task"
    assignee: str | None = None
    owner: str | None = None
    candidate_users: tuple[str, ...] = ()
    candidate_groups: tuple[str, ...] = ()
    lane: str | None = None
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    priority: int = 50
    form: dict[str, Any] | None = None
    loop_counter: int | None = None
    apart: dict[str, Any] | None = None
    """Who may not do it: who did `tasks` (names by id), who started it if `start` has a name, and `users`."""


@dataclass(slots=True)
class JobRecord:
    """Work for a runner or a worker: due, leased, tried, backed off. `token` is None for what concerns others."""

    number: int
    instance_id: str
    kind: Literal["timer", "async", "service", "external", "message", "signal"]
    created_at: datetime
    due_at: datetime
    token: int | None = None
    element_id: str | None = None
    topic: str | None = None
    retries: int = 3
    retry_cycle: str | None = None
    priority: int = 0
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class SubscriptionRecord:
    """A token that waits for a message or signal of that name; `correlation` narrows which message it takes."""

    number: int
    token: int
    instance_id: str
    element_id: str
    kind: Literal["message", "signal"]
    name: str
    created_at: datetime
    correlation: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class IncidentRecord:
    """What stopped a token: where, why, what to do. It stays until the token is retried or cancelled."""

    number: int
    instance_id: str
    element_id: str
    created_at: datetime
    code: str
    reason: str
    fix: str = ""
    token: int | None = None
    job: int | None = None
    expression: str | None = None


Wait = UserTaskRecord | JobRecord | SubscriptionRecord | IncidentRecord


@dataclass(slots=True)
class EventRecord:
    """One line of history. The `token-*`, `scope-*`, `variable-*` and `instance-*` kinds rebuild any past state.

    | kind | carries |
    | --- | --- |
    | instance-started | data: `definition_id`, `key`, `parent_id`, `parent_token`, `business_key`, `conversation` |
    | instance-ended | data: `state`, `reason` |
    | token-new, token-changed | token, element_id, scope; data: `parent`, `state`, `data` (its memory), new: `flow` |
    | token-passed | a token that came and went within the step; data: `flow`, `how`, `by` |
    | token-gone | data: `how` (completed, cancelled, undone, or unbegun), `by` which event it was taken away |
    | scope-new, scope-gone | scope, token; data: `parent` |
    | variable-set, variable-gone | scope, name, value |
    | task-*, job-*, message-*, incident-* | what people and programs did; data tells more |
    """

    number: int
    instance_id: str
    at: datetime
    kind: str
    element_id: str | None = None
    token: int | None = None
    scope: int | None = None
    name: str | None = None
    data: dict[str, Any] | None = None
    value: str | None = None
    actor: str | None = None


@dataclass(slots=True)
class Step:
    """What one command changed in one root: the difference that rows, wait states and history are written from.

    `revision` is the one the change was computed on (None: the root is new). A token, scope or wait that came and went
    within the step appears in `events` only. `closed` are the numbers of waits that ended.
    """

    root_id: str
    revision: int | None
    counter: int
    event_count: int
    events: list[EventRecord] = field(default_factory=list)
    new_instances: list[InstanceRecord] = field(default_factory=list)
    changed_instances: list[InstanceRecord] = field(default_factory=list)
    new_scopes: list[ScopeRecord] = field(default_factory=list)
    gone_scopes: list[int] = field(default_factory=list)
    new_tokens: list[TokenRecord] = field(default_factory=list)
    changed_tokens: list[TokenRecord] = field(default_factory=list)
    gone_tokens: list[int] = field(default_factory=list)
    new_variables: list[tuple[int, str, str]] = field(default_factory=list)
    changed_variables: list[tuple[int, str, str]] = field(default_factory=list)
    gone_variables: list[tuple[int, str]] = field(default_factory=list)
    opened: list[Wait] = field(default_factory=list)
    closed_user_tasks: list[int] = field(default_factory=list)
    closed_jobs: list[int] = field(default_factory=list)
    closed_subscriptions: list[int] = field(default_factory=list)
    closed_incidents: list[int] = field(default_factory=list)
