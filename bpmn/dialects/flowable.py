"""Flowable, and Activiti, whose vocabulary it continues under another namespace."""

from __future__ import annotations

import re

from bpmn.dialects import activiti_family as family
from bpmn.dialects import standard
from bpmn.dialects.language import juel_value
from bpmn.dialects.source import Dialect, Reads, Source, Table, attribute, children, truth
from bpmn.model import (
    Activity,
    BusinessRuleTask,
    CallActivity,
    DataObject,
    ErrorEventDefinition,
    Event,
    MessageEventDefinition,
    MultiInstanceLoopCharacteristics,
    Process,
    ScriptTask,
    SendTask,
    SequenceFlow,
    ServiceTask,
    Signal,
    SignalEventDefinition,
    StartEvent,
    TerminateEventDefinition,
    TimerEventDefinition,
    UserTask,
)
from bpmn.model.events import CatchEvent, ThrowEvent
from bpmn.model.execution import (
    Aggregation,
    CalledElement,
    Code,
    DecisionCall,
    Form,
    FormField,
    Loop,
    Timer,
)
from bpmn.model.foundation import BaseElement

NAMESPACES = ("http://flowable.org/bpmn", "http://activiti.org/bpmn")


def form(source: Source) -> Form | None:
    """A form's key, or form properties declared in the model."""
    properties = source.extensions("formProperty")
    found = Form(
        key=family.constant_or_juel(source, "formKey"),
        fields=tuple(
            FormField(
                id=attribute(item, "id") or "",
                label=attribute(item, "name"),
                type=attribute(item, "type") or "string",
                default=juel_value(item.get("default"), item.line),
                required=truth(attribute(item, "required")) or False,
                readable=truth(attribute(item, "readable")) is not False,
                writable=truth(attribute(item, "writable")) is not False,
                options=tuple(
                    (attribute(option, "id") or "", attribute(option, "name") or attribute(option, "id") or "")
                    for option in children(item, "value")
                ),
                date_pattern=attribute(item, "datePattern"),
                variable=attribute(item, "variable"),
                expression=juel_value(item.get("expression"), item.line),
            )
            for item in properties
        ),
    )
    return None if found == Form() else found


def decision(source: Source) -> DecisionCall | None:
    """A DMN task names its decision in an injected field; its outputs become variables."""
    if source.attribute("type") != "dmn":
        return None
    given = dict(family.fields(source.extensions("field")))
    key = given.get("decisionTableReferenceKey") or given.get("decisionServiceReferenceKey")
    same = given.get("sameDeployment")
    deployed = same is not None and same.text.lower() == "true"
    return DecisionCall(key, "deployment" if deployed else "latest", shape="variables") if key else None


def called(source: Source) -> CalledElement | None:
    """The mappings of a call activity and which of the caller's variables and keys the called process inherits."""
    element = source.element
    assert isinstance(element, CallActivity)
    ins, outs = source.extensions("in"), source.extensions("out")
    key = juel_value(element.called_element, element.line) or Code("", "text", element.line)
    found = CalledElement(
        key=key,
        binding="deployment" if source.flag("sameDeployment") else "latest",
        business_key=family.constant_or_juel(source, "businessKey") or family.business_key(ins),
        inputs=family.parameters(ins),
        outputs=family.parameters(outs, local=source.flag("useLocalScopeForOutParameters") or False),
        inherit_variables=source.flag("inheritVariables") or False,
        inherit_business_key=source.flag("inheritBusinessKey") or False,
    )
    return None if found == CalledElement(key=key) else found


def loop(source: Source) -> Loop | None:
    """Collection and item, and what is gathered from all items."""
    found = family.loop(source) or Loop()
    gathered = []
    for item in source.extensions("variableAggregation"):
        target = juel_value(item.get("targetExpression"), item.line) or juel_value(item.get("target"), item.line)
        items = tuple(
            (part.get("target") or part.get("source") or "", code)
            for part in children(item, "variable")
            if (code := juel_value(part.get("sourceExpression")) or family.collection(part.get("source"), part.line))
        )
        if target is not None:
            gathered.append(Aggregation(target, items, truth(item.get("createOverviewVariable")) or False))
    found = Loop(found.collection, found.element_variable, found.index_variable, aggregations=tuple(gathered))
    return None if found == Loop() else found


def timer(source: Source) -> Timer | None:
    """The end of a cycle and the business calendar that the standard's timer has no words for."""
    element = source.element
    assert isinstance(element, TimerEventDefinition)
    found = standard.timer(source)
    end = source.attribute_of(element.time_cycle, "endDate") if element.time_cycle is not None else None
    calendar = source.attribute("businessCalendarName")
    if found is None or (end is None and calendar is None):
        return None
    return Timer(found.kind, found.code, juel_value(end, element.line), calendar)


# Item definitions of data objects that are numbers, how these are written, and what reads them.
_WHOLE: tuple[re.Pattern[str], type[int]] = re.compile(r"[-+]?\d{1,18}"), int
_DECIMAL: tuple[re.Pattern[str], type[float]] = re.compile(r"[-+]?\d{1,18}(\.\d{1,18})?"), float
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[-+]\d\d:\d\d)?)?")
_NUMBERS: dict[str, tuple[re.Pattern[str], type[int] | type[float]]] = {
    "int": _WHOLE,
    "integer": _WHOLE,
    "long": _WHOLE,
    "double": _DECIMAL,
    "float": _DECIMAL,
}


def initial(source: Source) -> Code | None:
    """The value with which a data object begins, a number, boolean or date where its item definition says so."""
    assert isinstance(source.element, DataObject)
    item = source.extension("value")
    code = None if item is None else juel_value(item.text, item.line)
    if code is None or code.language != "text":
        return code
    kind = (source.element.item_subject_ref or "").rpartition(":")[2].lower()
    if kind == "boolean":
        return Code(str(truth(code.text)), "python", code.line)
    if kind in ("datetime", "date") and _MOMENT.fullmatch(code.text):
        return Code(f'{"date and time" if "T" in code.text else "date"}("{code.text}")', "feel", code.line)
    form, number = _NUMBERS.get(kind, (None, str))
    return Code(str(number(code.text)), "python", code.line) if form and form.fullmatch(code.text) else code


def change_of_variable(source: Source) -> str | None:
    """The variable for whose change an event waits."""
    return attribute(source.extension("variableListenerEventDefinition"), "variableName")


def kinds_of_change(source: Source) -> tuple[str, ...]:
    """Which changes of that variable count: create, update, or both."""
    kind = attribute(source.extension("variableListenerEventDefinition"), "variableChangeType")
    if kind == "update-create":
        return ("update", "create")
    return (kind,) if kind and kind != "all" else ()


_SCOPES = {"global": "global", "processInstance": "processInstance"}

_ANY = (BaseElement,)

TABLE = Table(
    Reads("assignment", (UserTask,), family.assignment),
    Reads("form", (UserTask, StartEvent), form),
    Reads("job", (ServiceTask, SendTask, BusinessRuleTask), family.job),
    Reads("decision", (ServiceTask, BusinessRuleTask), decision),
    Reads("script_result_variable", (ScriptTask,), lambda source: source.attribute("resultVariable")),
    Reads("script_stores_variables", (ScriptTask,), lambda source: source.flag("autoStoreVariables")),
    Reads("called", (CallActivity,), called),
    Reads("loop", (MultiInstanceLoopCharacteristics,), loop),
    Reads("listeners", _ANY, family.listeners),
    Reads("retry", _ANY, family.retry),
    Reads("async_before", _ANY, lambda source: source.flag("async")),
    Reads("async_after", _ANY, lambda source: source.flag("asyncLeave")),
    Reads("exclusive", _ANY, lambda source: source.flag("exclusive")),
    Reads("skip", (Activity, SequenceFlow), lambda source: family.constant_or_juel(source, "skipExpression")),
    Reads("initiator", (StartEvent,), lambda source: source.attribute("initiator")),
    Reads("timer", (TimerEventDefinition,), timer),
    Reads("code_variable", (ErrorEventDefinition,), lambda source: source.attribute("errorVariableName")),
    Reads(
        "message_name",
        (MessageEventDefinition,),
        lambda source: family.constant_or_juel(source, "messageExpression"),
    ),
    Reads(
        "signal_name",
        (SignalEventDefinition,),
        lambda source: family.constant_or_juel(source, "signalExpression"),
    ),
    Reads("signal_scope", (Signal,), lambda source: _SCOPES.get(source.attribute("scope") or "")),
    Reads("variables_for_event", (CatchEvent,), lambda source: family.parameters(source.extensions("in"))),
    Reads("variables_for_event", (ThrowEvent,), lambda source: family.parameters(source.extensions("out"))),
    Reads("variable_event", (Event,), lambda source: bool(source.extension("variableListenerEventDefinition")) or None),
    Reads("condition_variable", (Event,), change_of_variable),
    Reads("condition_events", (Event,), kinds_of_change),
    Reads("terminate_all", (TerminateEventDefinition,), lambda source: source.flag("terminateAll")),
    Reads("terminate_instances", (TerminateEventDefinition,), lambda source: source.flag("terminateMultiInstance")),
    Reads("initial", (DataObject,), initial),
    Reads(
        "start_users", (Process,), lambda source: family.names(source.attribute("candidateStarterUsers"), source.line)
    ),
    Reads(
        "start_groups", (Process,), lambda source: family.names(source.attribute("candidateStarterGroups"), source.line)
    ),
)

# What these engines act on and we do not read: attributes (with @) and extension elements, and what they do there.
UNREAD: dict[str, str] = {
    "@calledElementType=id": "calls a process by the id of its definition",
    "@idVariableName": "keeps the called instance's id in a variable",
    "@ruleVariablesInput": "hands variables to Drools rules",
    "@rules": "names Drools rules",
    "@extensionId": "names a service task of Flowable's own",
    "@errorVariableLocalScope": "keeps the error in a local variable",
    "eventType": "waits for or sends an event of Flowable's event registry",
    "eventListener": "listens to events of the engine",
    "mapException": "turns Java exceptions into BPMN errors",
    "collection": "finds the items in Java",
    "potentialStarter": "says who may start the process",
    "customResource": "links people in a way of its own",
    "httpRequestHandler": "changes the request in Java",
    "httpResponseHandler": "reads the answer in Java",
}

DIALECT = Dialect(NAMESPACES, TABLE, UNREAD)
