"""jBPM and Kogito (the `drools` or `tns` namespace): most is said by data inputs with fixed names."""

from __future__ import annotations

from bpmn.dialects.associations import variable_of
from bpmn.dialects.language import juel_value, script
from bpmn.dialects.source import Dialect, Reads, Source, Table, children, listed
from bpmn.dialects.standard import code_of
from bpmn.model import (
    Activity,
    BusinessRuleTask,
    CallActivity,
    FlowElement,
    Process,
    ServiceTask,
    Task,
    UserTask,
)
from bpmn.model.data import DataInput
from bpmn.model.execution import Apart, Assignment, CalledElement, Code, DecisionCall, Form, Job, Listener, Mapping
from bpmn.model.foundation import BaseElement

NAMESPACES = ("http://www.jboss.org/drools",)

# Data inputs that tell jBPM about the task instead of being its data.
_RESERVED: frozenset[str] = frozenset(
    {"ActorId", "GroupId", "TaskName", "Priority", "Comment", "Description", "Skippable", "Content", "CreatedBy"}
    | {"Locale", "NodeName", "DueDate", "NotStartedReassign", "NotCompletedReassign", "NotStartedNotify"}
    | {
        "NotCompletedNotify",
        "BusinessAdministratorId",
        "BusinessAdministratorGroupId",
        "ExcludedOwnerId",
        "RecipientId",
    }
)


def given(source: Source) -> dict[str, Code]:
    """The data inputs of a task by name, with the constants and expressions assigned to them."""
    element = source.element
    if not isinstance(element, Activity):
        return {}
    found: dict[str, Code] = {}
    for association in element.data_input_associations:
        target = source.definitions.resolve(association.target_ref)
        name = target.name if isinstance(target, DataInput) else None
        for assignment in association.assignments:
            written = assignment.from_
            if name and written is not None and written.text:
                explicit = code_of(source, written) if written.language else None
                found[name] = explicit or juel_value(written.text, written.line) or Code("", "text")
    return found


def assignment(source: Source) -> Assignment | None:
    """Actors and groups are comma-separated; a single actor who needs not claim is still a candidate in jBPM."""
    inputs = given(source)
    found = Assignment(
        candidate_users=_names(inputs.get("ActorId")),
        candidate_groups=_names(inputs.get("GroupId")),
        due_date=inputs.get("DueDate"),
        priority=inputs.get("Priority"),
    )
    return None if found == Assignment() else found


def apart(source: Source) -> Apart | None:
    """Who may not do it, comma-separated."""
    users = _names(given(source).get("ExcludedOwnerId"))
    return Apart(users=users) if users else None


def _names(code: Code | None) -> tuple[Code, ...]:
    if code is None or code.language != "text":
        return () if code is None else (code,)
    return tuple(Code(name, "text", code.line) for name in listed(code.text))


def form(source: Source) -> Form | None:
    """jBPM finds a task's form by its task name."""
    name = given(source).get("TaskName")
    return None if name is None else Form(key=name)


def job(source: Source) -> Job | None:
    """A work item (its `taskName` is the topic) or a service task's Java method or web service."""
    work_item = source.attribute("taskName")
    if work_item is not None:
        parameters = tuple((name, code) for name, code in given(source).items() if name not in _RESERVED)
        return Job("external", Code(work_item, "text", source.line), fields=parameters)
    if isinstance(source.element, ServiceTask):
        interface, operation = source.attribute("serviceinterface"), source.attribute("serviceoperation")
        if interface is not None:
            target = f"{interface}.{operation}" if operation else interface
            java = (source.attribute("serviceimplementation") or "Java").lower() == "java"
            return Job("class" if java else "operation", Code(target, "text", source.line))
    if isinstance(source.element, BusinessRuleTask):
        rules = source.attribute("ruleFlowGroup")
        return Job("connector", Code(f"drools:{rules}", "text", source.line)) if rules else None
    return None


def decision(source: Source) -> DecisionCall | None:
    """A business rule task implemented in DMN names model and decision in its data inputs."""
    inputs = given(source)
    key = inputs.get("decision") or inputs.get("model")
    return DecisionCall(key=key, shape="variables") if key else None


def inputs_of(source: Source) -> tuple[Mapping, ...]:
    """Data inputs with a constant or expression, without those that speak to the engine."""
    found = []
    for name, code in given(source).items():
        if name not in _RESERVED:
            found.append(Mapping(code, name))
    return tuple(found) + _from_variables(source)


def _from_variables(source: Source) -> tuple[Mapping, ...]:
    element = source.element
    if not isinstance(element, Activity):
        return ()
    pairs = (
        (variable_of(source, next(iter(association.source_refs), None)), variable_of(source, association.target_ref))
        for association in element.data_input_associations
        if not association.assignments
    )
    return tuple(Mapping(Code(origin, "variable"), target) for origin, target in pairs if origin and target)


def called(source: Source) -> CalledElement | None:
    """Variables go in and come back by data associations only."""
    element = source.element
    assert isinstance(element, CallActivity)
    inputs = inputs_of(source)
    key = juel_value(element.called_element, element.line)
    return CalledElement(key=key, inputs=inputs) if key and inputs else None


def listeners(source: Source) -> tuple[Listener, ...]:
    """Scripts on entry and on exit."""
    found = []
    for item in source.extensions("onEntry-script", "onExit-script"):
        text = "".join(child.text for child in children(item, "script"))
        code = script(text, "jbpm", item.get("scriptFormat"), item.line)
        if code is not None:
            found.append(Listener("start" if item.name == "onEntry-script" else "end", "script", code))
    return tuple(found)


def metadata(source: Source) -> dict[str, str]:
    """Meta data by name."""
    return {
        name: "".join(child.text for child in children(item, "metaValue")).strip()
        for item in source.extensions("metaData")
        if (name := (item.get("name") or "").strip())
    }


def async_before(source: Source) -> bool | None:
    """Whether the element is begun by a job of its own."""
    return metadata(source).get("customAsync", "").lower() == "true" or None


TABLE = Table(
    Reads("assignment", (UserTask,), assignment),
    Reads("apart", (UserTask,), apart),
    Reads("form", (UserTask,), form),
    Reads("job", (Task,), job),
    Reads("decision", (BusinessRuleTask,), decision),
    Reads("inputs", (Task,), inputs_of),
    Reads("called", (CallActivity,), called),
    Reads("listeners", (FlowElement,), listeners),
    Reads("async_before", (FlowElement,), async_before),
    Reads("version_tag", (Process,), lambda source: source.attribute("version")),
    Reads("properties", (BaseElement,), metadata),
)

# What jBPM acts on and we do not read: attributes (with @) and extension elements, and what they do there.
UNREAD: dict[str, str] = {
    "@independent=true": "lets the called process live on after its caller",
    "@waitForCompletion=false": "goes on without waiting for the called process",
    "@adHoc=true": "begins activities at will",
    "import": "imports Java classes for scripts",
    "global": "declares a global of the rule session",
}

DIALECT = Dialect(NAMESPACES, TABLE, UNREAD)
