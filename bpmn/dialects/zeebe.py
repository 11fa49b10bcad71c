"""Camunda 8 (Zeebe): FEEL after an equals sign, constants without."""

from __future__ import annotations

from bpmn.dialects.camunda_forms import form_fields
from bpmn.dialects.language import feel_value
from bpmn.dialects.source import Dialect, Reads, Source, Table, attribute, children, listed, named_properties, truth
from bpmn.model import (
    Activity,
    AdHocSubProcess,
    BusinessRuleTask,
    CallActivity,
    ConditionalEventDefinition,
    EndEvent,
    Event,
    FlowNode,
    IntermediateThrowEvent,
    Message,
    MultiInstanceLoopCharacteristics,
    Process,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    StartEvent,
    UserTask,
)
from bpmn.model.execution import (
    Assignment,
    Binding,
    CalledElement,
    Code,
    DecisionCall,
    Form,
    FormField,
    Job,
    Listener,
    Loop,
    Mapping,
)
from bpmn.model.foundation import BaseElement
from bpmn.model.markup import Foreign

NAMESPACES = ("http://camunda.org/schema/zeebe/1.0",)

_EMBEDDED = "camunda-forms:bpmn:"
_BINDINGS: dict[str, Binding] = {"deployment": "deployment", "versionTag": "versionTag"}

# Task listeners under the names that Camunda 7 has for the same moments.
_TASK_EVENTS = {
    "creating": "create",
    "assigning": "assignment",
    "assign": "assignment",
    "updating": "update",
    "completing": "complete",
    "canceling": "delete",
    "cancel": "delete",
}


def _code(item: Foreign | None, name: str) -> Code | None:
    """An attribute of an extension element as FEEL or constant."""
    return None if item is None else feel_value(item.get(name), item.line)


def _names(item: Foreign | None, name: str) -> tuple[Code, ...]:
    """One expression that gives a list, or constants separated by commas."""
    code = _code(item, name)
    if code is None or code.language == "feel":
        return () if code is None else (code,)
    return tuple(Code(name, "text", code.line) for name in listed(code.text))


def assignment(source: Source) -> Assignment | None:
    """Assignee and candidates, schedule and priority: three extension elements."""
    who, when = source.extension("assignmentDefinition"), source.extension("taskSchedule")
    found = Assignment(
        assignee=_code(who, "assignee"),
        candidate_users=_names(who, "candidateUsers"),
        candidate_groups=_names(who, "candidateGroups"),
        due_date=_code(when, "dueDate"),
        follow_up_date=_code(when, "followUpDate"),
        priority=_code(source.extension("priorityDefinition"), "priority"),
    )
    return None if found == Assignment() else found


def form(source: Source) -> Form | None:
    """A deployed form by id, one written into the process, or a key that other programs understand."""
    item = source.extension("formDefinition")
    key = _code(item, "formKey") or _code(item, "externalReference")
    ref = _code(item, "formId")
    if key is None and ref is None:
        return None
    document = _embedded(source, key.text.removeprefix(_EMBEDDED)) if key and key.text.startswith(_EMBEDDED) else None
    fields: tuple[FormField, ...] = form_fields(document) if document else ()
    binding: Binding = _BINDINGS.get(attribute(item, "bindingType") or "", "latest")
    return Form(key, ref, fields, binding, _code(item, "versionTag"), document)


def _embedded(source: Source, form_id: str) -> str | None:
    for process in source.definitions.processes:
        for item in process.extensions:
            if item.name == "userTaskForm" and item.namespace in source.namespaces and item.get("id") == form_id:
                return item.text
    return None


def job(source: Source) -> Job | None:
    """The job type that workers ask for; headers are its fields."""
    item = source.extension("taskDefinition")
    target = _code(item, "type")
    if target is None:
        return None
    headers = [header for group in source.extensions("taskHeaders") for header in children(group, "header")]
    named = ((attribute(header, "key"), header.get("value") or "", header.line) for header in headers)
    fields = tuple((key, Code(text, "text", line)) for key, text, line in named if key)
    return Job("external", target, fields=fields)


def retry(source: Source) -> Code | None:
    """How many tries a job has."""
    return _code(source.extension("taskDefinition"), "retries")


def script(source: Source) -> Code | None:
    """A script task's FEEL expression."""
    return _code(source.extension("script"), "expression")


def decision(source: Source) -> DecisionCall | None:
    """The decision of a business rule task."""
    item = source.extension("calledDecision")
    key = _code(item, "decisionId")
    if key is None:
        return None
    binding: Binding = _BINDINGS.get(attribute(item, "bindingType") or "", "latest")
    return DecisionCall(key, binding, _code(item, "versionTag"), attribute(item, "resultVariable"), "result")


def called(source: Source) -> CalledElement | None:
    """The process a call activity names; all variables go in and come back unless the file says no."""
    item = source.extension("calledElement")
    key = _code(item, "processId") or _code(item, "processIdExpression")
    if key is None:
        return None
    return CalledElement(
        key=key,
        binding=_BINDINGS.get(attribute(item, "bindingType") or "", "latest"),
        version=_code(item, "versionTag"),
        business_key=_code(item, "businessId"),
        inherit_variables=truth(attribute(item, "propagateAllParentVariables")) is not False,
        propagate_all=truth(attribute(item, "propagateAllChildVariables")) is not False,
    )


def _mappings(source: Source, name: str) -> tuple[Mapping, ...]:
    """Mappings in the order of the file; a target with dots writes inside a context."""
    return tuple(
        Mapping(code, target)
        for group in source.extensions("ioMapping")
        for item in children(group, name)
        if (code := _code(item, "source")) is not None and (target := attribute(item, "target")) is not None
    )


def loop(source: Source) -> Loop | None:
    """Input and output collection of a multi-instance marker."""
    item = source.extension("loopCharacteristics")
    found = Loop(
        collection=_code(item, "inputCollection"),
        element_variable=attribute(item, "inputElement"),
        output_collection=attribute(item, "outputCollection"),
        output_element=_code(item, "outputElement"),
    )
    return None if found == Loop() else found


def listeners(source: Source) -> tuple[Listener, ...]:
    """Execution and task listeners, which are jobs for workers."""
    found = []
    for group in source.extensions("executionListeners", "taskListeners"):
        for item in children(group, "executionListener", "taskListener"):
            target, event = _code(item, "type"), attribute(item, "eventType") or "start"
            if target is not None:
                on_task = item.name == "taskListener"
                moment = _TASK_EVENTS.get(event, event) if on_task else event
                retries = _code(item, "retries")
                found.append(Listener(moment, "job", target, on="task" if on_task else "execution", retry=retries))
    return tuple(found)


def condition_variable(source: Source) -> str | None:
    """The variables whose changes a condition is looked at for."""
    return attribute(source.extension("conditionalFilter"), "variableNames")


def condition_events(source: Source) -> tuple[str, ...]:
    """The kinds of change that count: create, update."""
    return listed(attribute(source.extension("conditionalFilter"), "variableEvents"))


_ANY = (BaseElement,)
_JOBS = (ServiceTask, SendTask, BusinessRuleTask, ScriptTask, EndEvent, IntermediateThrowEvent, AdHocSubProcess)

TABLE = Table(
    Reads("assignment", (UserTask,), assignment),
    Reads("form", (UserTask, StartEvent), form),
    Reads("job", _JOBS, job),
    Reads("retry", (FlowNode,), retry),
    Reads("script", (ScriptTask,), script),
    Reads(
        "script_result_variable",
        (ScriptTask,),
        lambda source: attribute(source.extension("script"), "resultVariable"),
    ),
    Reads("decision", (BusinessRuleTask,), decision),
    Reads("called", (CallActivity,), called),
    Reads("inputs", (Activity, Event), lambda source: _mappings(source, "input")),
    Reads("outputs", (Activity, Event), lambda source: _mappings(source, "output")),
    Reads("loop", (MultiInstanceLoopCharacteristics,), loop),
    Reads("listeners", _ANY, listeners),
    Reads(
        "correlation_key",
        (Message, ReceiveTask),
        lambda source: _code(source.extension("subscription"), "correlationKey"),
    ),
    Reads("condition_variable", (ConditionalEventDefinition,), condition_variable),
    Reads("condition_events", (ConditionalEventDefinition,), condition_events),
    Reads("version_tag", (Process,), lambda source: attribute(source.extension("versionTag"), "value")),
    Reads("properties", _ANY, named_properties),
)

# What Camunda 8 acts on and we do not read: attributes (with @) and extension elements, and what they do there.
UNREAD: dict[str, str] = {
    "adHoc": "chooses the activities of an ad-hoc sub-process",
    "agentDefinition": "hands the task to an agent",
    "linkedResources": "hands deployed resources to the worker",
    "publishMessage": "publishes a message without a worker",
}

DIALECT = Dialect(NAMESPACES, TABLE, UNREAD)
