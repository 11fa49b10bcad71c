"""SpiffWorkflow and SpiffArena: Python everywhere, names of data by id."""

from __future__ import annotations

from bpmn.dialects.source import Dialect, Reads, Source, Table, attribute, children, named_properties
from bpmn.model import (
    Activity,
    BusinessRuleTask,
    Error,
    Escalation,
    Message,
    MessageEventDefinition,
    ReceiveTask,
    SendTask,
    ServiceTask,
    Signal,
    StartEvent,
    UserTask,
)
from bpmn.model.execution import Code, DecisionCall, Form, Job, Listener
from bpmn.model.foundation import BaseElement

NAMESPACES = ("http://spiffworkflow.org/bpmn/schema/1.0/core",)


def _text(source: Source, name: str) -> str | None:
    item = source.extension(name)
    return None if item is None else (item.text.strip() or None)


def _python(source: Source, name: str, *, script: bool = False) -> Code | None:
    item = source.extension(name)
    text = _text(source, name)
    return None if item is None or text is None else Code(text, "python", item.line, script=script)


def form(source: Source) -> Form | None:
    """A JSON schema, deployed beside the model, named in the properties."""
    name = properties(source).get("formJsonSchemaFilename")
    return None if not name else Form(ref=Code(name, "text", source.line))


def job(source: Source) -> Job | None:
    """An operator of the service task connector, with parameters in Python."""
    item = source.extension("serviceTaskOperator")
    if item is None:
        return None
    parameters = [parameter for group in children(item, "parameters") for parameter in children(group, "parameter")]
    named = ((attribute(parameter, "id"), parameter.get("value") or "None", parameter.line) for parameter in parameters)
    return Job(
        kind="connector",
        target=Code(attribute(item, "id") or "", "text", item.line),
        result_variable=attribute(item, "resultVariable"),
        fields=tuple((name, Code(value, "python", line)) for name, value, line in named if name),
    )


def retry(source: Source) -> Code | None:
    """How many tries an operator has."""
    tries = (attribute(item, "retries") for item in children(source.extension("serviceTaskOperator"), "retry"))
    text = next((written for written in tries if written), None)
    return Code(text, "text", source.line) if text else None


def decision(source: Source) -> DecisionCall | None:
    """The decision of a business rule task, whose outputs become variables."""
    key = _text(source, "calledDecisionId")
    return DecisionCall(key=Code(key, "text", source.line), shape="variables") if key else None


def listeners(source: Source) -> tuple[Listener, ...]:
    """Scripts that run before and after an activity."""
    before, after = _python(source, "preScript", script=True), _python(source, "postScript", script=True)
    pairs = (("start", before), ("end", after))
    return tuple(Listener(moment, "script", code) for moment, code in pairs if code is not None)


def payload_variable(source: Source) -> str | None:
    """Where what came with an event is kept."""
    return _text(source, "messageVariable") or _text(source, "variableName")


def payload(source: Source) -> Code | None:
    """What goes with an event."""
    return _python(source, "messagePayload") or _python(source, "payloadExpression")


def properties(source: Source) -> dict[str, str]:
    """Named properties, and the instructions that a person is shown."""
    found = named_properties(source)
    instructions = _text(source, "instructionsForEndUser")
    return found | ({"instructionsForEndUser": instructions} if instructions else {})


_THROWN = (Message, MessageEventDefinition, Signal, Error, Escalation, SendTask, ReceiveTask)

TABLE = Table(
    Reads("form", (UserTask, StartEvent), form),
    Reads("job", (ServiceTask,), job),
    Reads("retry", (ServiceTask,), retry),
    Reads("decision", (BusinessRuleTask,), decision),
    Reads("listeners", (Activity,), listeners),
    Reads("payload", _THROWN, payload),
    Reads("payload_variable", (*_THROWN, UserTask), payload_variable),
    Reads("properties", (BaseElement,), properties),
)

# What SpiffWorkflow acts on and we do not read: attributes (with @) and extension elements, and what they do there.
UNREAD: dict[str, str] = {
    "processVariableCorrelation": "correlates a message by variables of the process",
    "@scriptsOnInstances": "runs the scripts around each item, not around all",
    "guestConfirmation": "lets somebody without an account confirm",
}

DIALECT = Dialect(NAMESPACES, TABLE, UNREAD)
