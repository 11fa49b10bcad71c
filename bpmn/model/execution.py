"""Execution details in no vendor's words: what a dialect reads from its extensions, and all that the engine reads of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

JobKind = Literal["external", "expression", "class", "delegate", "connector", "python", "http", "mail", "operation"]
ListenerKind = Literal["expression", "class", "delegate", "script", "job"]


@dataclass(frozen=True, slots=True)
class Code:
    """Text in a language: `python`, `juel`, `feel`, `javascript`, `groovy` ...; `text` is a constant that means itself."""

    text: str
    language: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does a task and until when. Candidates are comma-separated lists or expressions that give lists."""

    assignee: Code | None = None
    owner: Code | None = None
    candidate_users: tuple[Code, ...] = ()
    candidate_groups: tuple[Code, ...] = ()
    due_date: Code | None = None
    follow_up_date: Code | None = None
    priority: Code | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """A field that the model declares. `type`: string, long, double, boolean, date, enum, or what the vendor wrote."""

    id: str
    label: str | None = None
    type: str = "string"
    default: Code | None = None
    required: bool = False
    readable: bool = True
    writable: bool = True
    options: tuple[tuple[str, str], ...] = ()
    constraints: tuple[tuple[str, str], ...] = ()
    date_pattern: str | None = None
    variable: str | None = None
    expression: Code | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a task or start event: declared fields, a key, or a form of its own deployed beside the model."""

    key: Code | None = None
    ref: Code | None = None
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What a service, send or business rule task asks a program to do.

    `target` is the topic, class name, expression or connector id. `fields` are the vendor's injected fields or headers.
    """

    kind: JobKind
    target: Code
    result_variable: str | None = None
    result_local: bool = False
    fields: tuple[tuple[str, Code], ...] = ()
    priority: Code | None = None
    triggerable: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """One variable mapping: `source` evaluated on one side, kept as `target` on the other. No source: all variables."""

    source: Code | None
    target: str | Code | None
    local: bool = False
    items: tuple[tuple[str | None, Code], ...] | None = None
    shape: Literal["value", "list", "map"] = "value"


@dataclass(frozen=True, slots=True)
class CalledElement:
    """What a call activity calls and what it hands over."""

    key: Code
    binding: Literal["latest", "deployment", "version", "versionTag"] = "latest"
    version: Code | None = None
    business_key: Code | None = None
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    inherit_variables: bool = False
    propagate_all: bool = False
    inherit_business_key: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """What a multi-instance marker iterates over beyond the standard's own attributes."""

    collection: Code | None = None
    element_variable: str | None = None
    index_variable: str | None = None
    output_collection: str | None = None
    output_element: Code | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """Code that runs at a moment of an element's life: start, end, take; of a user task: create, assignment, complete ..."""

    event: str
    kind: ListenerKind
    target: Code
    fields: tuple[tuple[str, Code], ...] = ()
    on: Literal["execution", "task"] = "execution"


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """Which decision a business rule task asks for and how its result is kept (`shape` is Camunda 7's mapDecisionResult)."""

    key: Code
    binding: Literal["latest", "deployment", "version", "versionTag"] = "latest"
    version: Code | None = None
    result_variable: str | None = None
    shape: Literal["singleEntry", "singleResult", "collectEntries", "resultList"] = "resultList"


@dataclass(frozen=True, slots=True)
class ErrorMapping:
    """A condition under which a job's outcome counts as a BPMN error."""

    error_ref: str | None
    condition: Code | None


@dataclass(frozen=True, slots=True)
class Execution:
    """All execution details of one element; each is absent where the file says nothing."""

    assignment: Assignment | None = None
    form: Form | None = None
    job: Job | None = None
    script: Code | None = None
    script_result_variable: str | None = None
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    called: CalledElement | None = None
    loop: Loop | None = None
    decision: DecisionCall | None = None
    listeners: tuple[Listener, ...] = ()
    retry: Code | None = None
    async_before: bool = False
    async_after: bool = False
    exclusive: bool = True
    skip: Code | None = None
    initiator: str | None = None
    message_name: Code | None = None
    correlation_key: Code | None = None
    code_variable: str | None = None
    message_variable: str | None = None
    error_message: Code | None = None
    error_mappings: tuple[ErrorMapping, ...] = ()
    variables_for_event: tuple[Mapping, ...] = ()
    condition_variable: str | None = None
    condition_events: tuple[str, ...] = ()
    start_users: tuple[Code, ...] = ()
    start_groups: tuple[Code, ...] = ()
    version_tag: str | None = None
    properties: dict[str, str] = field(default_factory=dict)
