"""Execution details in no vendor's words: what a dialect reads from its extensions, and all that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

JobKind = Literal["external", "expression", "class", "delegate", "connector", "python", "http", "mail", "operation"]
ListenerKind = Literal["expression", "class", "delegate", "script", "job"]
Binding = Literal["latest", "deployment", "version", "versionTag"]


@dataclass(frozen=True, slots=True)
class Code:
    """Text in a language: `python`, `juel`, `feel`, `javascript`, `groovy` ...

    Two languages are no languages: `text` is a constant that means itself, `variable` names a variable whose value is
    meant (absent: null). `script`: the text is statements, not one expression. `resource`: the text lies in this file,
    deployed beside the model.
    """

    text: str
    language: str
    line: int | None = field(default=None, compare=False)
    script: bool = False
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer is due (ISO 8601 or cron where `code` is `text`). `end` bounds a cycle; `calendar` is by name."""

    kind: Literal["date", "duration", "cycle"]
    code: Code
    end: Code | None = None
    calendar: str | None = None


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
class Apart:
    """Who may not do a task: whoever did these others (by their ids), and these users."""

    tasks: tuple[str, ...] = ()
    users: tuple[Code, ...] = ()


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
    """The form of a task or start event: declared fields, a key, or a form of its own deployed beside the model.

    `document` is a form written into the model itself (a form-js or JSON schema text); its fields are in `fields` too.
    """

    key: Code | None = None
    ref: Code | None = None
    fields: tuple[FormField, ...] = ()
    binding: Binding = "latest"
    version: Code | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What a service, send or business rule task asks a program to do.

    `target` is the topic, class name, expression or connector id. `fields` are the vendor's injected fields or headers.
    `inputs` and `outputs` are the program's own mappings: where they are given, it sees and returns only these.
    """

    kind: JobKind
    target: Code
    result_variable: str | None = None
    result_local: bool = False
    fields: tuple[tuple[str, Code], ...] = ()
    priority: Code | None = None
    triggerable: bool = False
    result_transient: bool = False
    include_variables: bool = True
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """One variable mapping: `source` evaluated on one side, kept as `target` on the other.

    Neither source nor target: all variables (`local`: only those of the innermost scope). A list or map has `items`
    instead of a source, each with its key (None in lists); an item that is itself one is a Mapping without target.
    """

    source: Code | None
    target: str | Code | None
    local: bool = False
    items: tuple[tuple[str | None, Code | Mapping], ...] | None = None
    shape: Literal["value", "list", "map"] = "value"
    transient: bool = False


@dataclass(frozen=True, slots=True)
class CalledElement:
    """What a call activity calls and what it hands over."""

    key: Code
    binding: Binding = "latest"
    version: Code | None = None
    business_key: Code | None = None
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    inherit_variables: bool = False
    propagate_all: bool = False
    inherit_business_key: bool = False


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Values of every item of a multi-instance activity, gathered in the list `target` as maps of `items`."""

    target: Code
    items: tuple[tuple[str, Code], ...] = ()
    overview: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """What a multi-instance marker iterates over beyond the standard's own attributes."""

    collection: Code | None = None
    element_variable: str | None = None
    index_variable: str | None = None
    output_collection: str | None = None
    output_element: Code | None = None
    aggregations: tuple[Aggregation, ...] = ()


@dataclass(frozen=True, slots=True)
class Listener:
    """Code that runs at a moment of an element's life: start, end, take; of a user task: create, assignment ..."""

    event: str
    kind: ListenerKind
    target: Code
    fields: tuple[tuple[str, Code], ...] = ()
    on: Literal["execution", "task"] = "execution"
    result_variable: str | None = None
    timer: Timer | None = None
    retry: Code | None = None


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """Which decision a business rule task asks for and how its result is kept.

    The first four shapes are Camunda 7's mapDecisionResult; `result` is DMN's own (one output is its value, several are
    a context, several rules a list); `variables` makes each output a variable.
    """

    key: Code
    binding: Binding = "latest"
    version: Code | None = None
    result_variable: str | None = None
    shape: Literal["singleEntry", "singleResult", "collectEntries", "resultList", "result", "variables"] = "resultList"


@dataclass(frozen=True, slots=True)
class ErrorMapping:
    """A condition under which a job's outcome counts as a BPMN error."""

    error_ref: str | None
    condition: Code | None


@dataclass(frozen=True, slots=True)
class Execution:
    """All execution details of one element; each is absent where the file says nothing.

    An event has those of its event definitions and of the message, signal, error or escalation that it names. `code` is
    the error or escalation code. `variables_for_event` are evaluated where the event is thrown, or, where it is caught,
    from what came with it. `message_name` and `signal_name` are given where they are evaluated, or are not the name of
    the message or signal that the file refers to. `variable_event`: it waits for a change of `condition_variable`,
    without a condition.
    """

    assignment: Assignment | None = None
    apart: Apart | None = None
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
    script_stores_variables: bool | None = None
    job_priority: Code | None = None
    signal_name: Code | None = None
    signal_scope: Literal["global", "processInstance"] | None = None
    code: Code | None = None
    timer: Timer | None = None
    payload: Code | None = None
    payload_variable: str | None = None
    variable_event: bool = False
    terminate_all: bool = False
    terminate_instances: bool = False
    initial: Code | None = None
    business_key: Code | None = None
