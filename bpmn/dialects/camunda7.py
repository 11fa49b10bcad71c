"""Camunda Platform 7 and its successors by the same vocabulary (Operaton, eximeebpms; the old `fox` namespace)."""

from __future__ import annotations

from typing import Literal

from bpmn.dialects import activiti_family as family
from bpmn.dialects.camunda_parameters import parameters
from bpmn.dialects.language import juel_value, script
from bpmn.dialects.source import Dialect, Reads, Source, Table, attribute, children, listed, named_properties
from bpmn.model import (
    Activity,
    BusinessRuleTask,
    CallActivity,
    ConditionalEventDefinition,
    Error,
    ErrorEventDefinition,
    EscalationEventDefinition,
    Event,
    Foreign,
    MessageEventDefinition,
    MultiInstanceLoopCharacteristics,
    Process,
    ScriptTask,
    SendTask,
    ServiceTask,
    SignalEventDefinition,
    StartEvent,
    UserTask,
)
from bpmn.model.execution import (
    Binding,
    CalledElement,
    Code,
    DecisionCall,
    ErrorMapping,
    Form,
    FormField,
    Job,
    Mapping,
)
from bpmn.model.foundation import BaseElement

NAMESPACES = (
    "http://camunda.org/schema/1.0/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
    "http://eximeebpms.org/schema/1.0/bpmn",
    "http://www.camunda.com/fox",
    "http://activiti.org/bpmn",
)

_BINDINGS: dict[str, Binding] = {"deployment": "deployment", "version": "version", "versionTag": "versionTag"}


_SHAPES: dict[str, Literal["singleEntry", "singleResult", "collectEntries"]] = {
    "singleEntry": "singleEntry",
    "singleResult": "singleResult",
    "collectEntries": "collectEntries",
}


def _binding(source: Source, prefix: str) -> tuple[Binding, Code | None]:
    """The three attributes that say which version of something deployed is meant."""
    binding: Binding = _BINDINGS.get(source.attribute(f"{prefix}Binding") or "", "latest")
    name = f"{prefix}VersionTag" if binding == "versionTag" else f"{prefix}Version"
    return binding, family.constant_or_juel(source, name)


def form(source: Source) -> Form | None:
    """A form's key, a Camunda form by reference, or fields declared in the model."""
    binding, version = _binding(source, "formRef")
    declared = source.extension("formData")
    found = Form(
        key=family.constant_or_juel(source, "formKey"),
        ref=family.constant_or_juel(source, "formRef"),
        fields=tuple(form_field(item) for item in children(declared, "formField")),
        binding=binding,
        version=version,
    )
    return None if found == Form() else found


def form_field(item: Foreign) -> FormField:
    """A field with its constraints; `required` and `readonly` among them are true unless configured otherwise."""
    constraints = {
        attribute(rule, "name") or "": attribute(rule, "config") or ""
        for group in children(item, "validation")
        for rule in children(group, "constraint")
    }
    required, readonly = constraints.pop("required", None), constraints.pop("readonly", None)
    return FormField(
        id=attribute(item, "id") or "",
        label=attribute(item, "label"),
        type=attribute(item, "type") or "string",
        default=juel_value(item.get("defaultValue"), item.line),
        required=required is not None and required.lower() != "false",
        writable=readonly is None or readonly.lower() == "false",
        options=tuple(
            (attribute(option, "id") or "", attribute(option, "name") or "") for option in children(item, "value")
        ),
        constraints=tuple(constraints.items()),
        date_pattern=attribute(item, "datePattern"),
    )


def job(source: Source) -> Job | None:
    """A topic, a class or an expression, else a connector with mappings of its own."""
    connector = source.extension("connector")
    if connector is None:
        return family.job(source)
    connector_id = next(iter(children(connector, "connectorId")), None)
    target = Code(connector_id.text.strip() if connector_id is not None else "", "text", connector.line)
    inputs, outputs = parameters(children(connector, "inputOutput"))
    return Job("connector", target, fields=family.fields(source.extensions("field")), inputs=inputs, outputs=outputs)


def inputs_of(source: Source) -> tuple[Mapping, ...]:
    """Input parameters: local variables of the element."""
    return parameters(source.extensions("inputOutput"))[0]


def outputs_of(source: Source) -> tuple[Mapping, ...]:
    """Output parameters: evaluated in the element, kept in the scope around it."""
    return parameters(source.extensions("inputOutput"))[1]


def called(source: Source) -> CalledElement | None:
    """Version and mappings of a call activity; what is not mapped is not handed over."""
    element = source.element
    assert isinstance(element, CallActivity)
    binding, version = _binding(source, "calledElement")
    ins, outs = source.extensions("in"), source.extensions("out")
    found = CalledElement(
        key=juel_value(element.called_element, element.line) or Code("", "text", element.line),
        binding=binding,
        version=version,
        business_key=family.business_key(ins),
        inputs=family.parameters(ins),
        outputs=family.parameters(outs),
    )
    return None if found == CalledElement(key=found.key) else found


def decision(source: Source) -> DecisionCall | None:
    """The decision of a business rule task."""
    key = family.constant_or_juel(source, "decisionRef")
    if key is None:
        return None
    binding, version = _binding(source, "decisionRef")
    return DecisionCall(
        key=key,
        binding=binding,
        version=version,
        result_variable=source.attribute("resultVariable"),
        shape=_SHAPES.get(source.attribute("mapDecisionResult") or "", "resultList"),
    )


def script_of(source: Source) -> Code | None:
    """A script that lies in a file of its own."""
    assert isinstance(source.element, ScriptTask)
    resource = source.attribute("resource")
    written = source.element.script_format
    return script(None, "camunda7", written, source.line, resource) if resource else None


def error_mappings(source: Source) -> tuple[ErrorMapping, ...]:
    """Error event definitions of an external task: conditions under which its outcome is a BPMN error."""
    return tuple(
        ErrorMapping(attribute(item, "errorRef"), juel_value(item.get("expression"), item.line))
        for item in source.extensions("errorEventDefinition")
    )


_ANY = (BaseElement,)
_WAITS = (Activity, Event)
_JOBS = (ServiceTask, SendTask, BusinessRuleTask, MessageEventDefinition)

TABLE = Table(
    Reads("assignment", (UserTask,), family.assignment),
    Reads("form", (UserTask, StartEvent), form),
    Reads("job", _JOBS, job),
    Reads("decision", (BusinessRuleTask,), decision),
    Reads("script", (ScriptTask,), script_of),
    Reads("script_result_variable", (ScriptTask,), lambda source: source.attribute("resultVariable")),
    Reads("inputs", _WAITS, inputs_of),
    Reads("outputs", _WAITS, outputs_of),
    Reads("called", (CallActivity,), called),
    Reads("loop", (MultiInstanceLoopCharacteristics,), family.loop),
    Reads("listeners", _ANY, family.listeners),
    Reads("retry", _ANY, family.retry),
    Reads("async_before", _ANY, lambda source: source.flag("asyncBefore") or source.flag("async")),
    Reads("async_after", _ANY, lambda source: source.flag("asyncAfter")),
    Reads("exclusive", _ANY, lambda source: source.flag("exclusive")),
    Reads("job_priority", _ANY, lambda source: family.constant_or_juel(source, "jobPriority")),
    Reads("initiator", (StartEvent,), lambda source: source.attribute("initiator")),
    Reads("error_mappings", (ServiceTask, SendTask, BusinessRuleTask), error_mappings),
    Reads("code_variable", (ErrorEventDefinition,), lambda source: source.attribute("errorCodeVariable")),
    Reads("code_variable", (EscalationEventDefinition,), lambda source: source.attribute("escalationCodeVariable")),
    Reads("message_variable", (ErrorEventDefinition,), lambda source: source.attribute("errorMessageVariable")),
    Reads("error_message", (Error,), lambda source: family.constant_or_juel(source, "errorMessage")),
    Reads(
        "variables_for_event",
        (SignalEventDefinition, MessageEventDefinition),
        lambda source: family.parameters(source.extensions("in")),
    ),
    Reads(
        "business_key",
        (SignalEventDefinition, MessageEventDefinition),
        lambda source: family.business_key(source.extensions("in")),
    ),
    Reads("condition_variable", (ConditionalEventDefinition,), lambda source: source.attribute("variableName")),
    Reads("condition_events", (ConditionalEventDefinition,), lambda source: listed(source.attribute("variableEvents"))),
    Reads(
        "start_users", (Process,), lambda source: family.names(source.attribute("candidateStarterUsers"), source.line)
    ),
    Reads(
        "start_groups", (Process,), lambda source: family.names(source.attribute("candidateStarterGroups"), source.line)
    ),
    Reads("version_tag", (Process,), lambda source: source.attribute("versionTag")),
    Reads("properties", _ANY, named_properties),
)

# What these engines act on and we do not read: attributes (with @) and extension elements, and what they do there.
UNREAD: dict[str, str] = {
    "@caseRef": "calls a CMMN case",
    "@caseBinding": "chooses a CMMN case's version",
    "@variableMappingClass": "maps the call's variables in Java",
    "@variableMappingDelegateExpression": "maps the call's variables in Java",
    "@calledElementTenantId": "calls a process of another tenant",
    "@decisionRefTenantId": "asks a decision of another tenant",
    "@formHandlerClass": "renders the form in Java",
}

DIALECT = Dialect(NAMESPACES, TABLE, UNREAD)
