"""What BPMN itself says of execution: resources, data associations, operations, references to messages, timers."""

from __future__ import annotations

import re
from dataclasses import replace

from bpmn.dialects.associations import input_mappings, output_mappings, useful, variable_of
from bpmn.dialects.language import expression, is_cron, named, script, unquoted, value, variable
from bpmn.dialects.performers import assignment
from bpmn.dialects.source import Reads, Source, Table
from bpmn.model import (
    CallActivity,
    Error,
    Escalation,
    Expression,
    GlobalScriptTask,
    Message,
    MessageEventDefinition,
    MultiInstanceLoopCharacteristics,
    Operation,
    ScriptTask,
    SendTask,
    ServiceTask,
    Signal,
    Task,
    TimerEventDefinition,
)
from bpmn.model.activities import Activity
from bpmn.model.events import CatchEvent, ThrowEvent
from bpmn.model.execution import CalledElement, Code, Job, Loop, Mapping, Timer

_QNAME = re.compile(r"[\w.-]+:([\w.-]+)")


def code_of(source: Source, written: Expression | None) -> Code | None:
    """The effective code of an expression of the standard."""
    if written is None:
        return None
    file_language = source.definitions.expression_language
    code = expression(written.text, source.dialect, written.language, file_language, written.line)
    if source.dialect in ("camunda7", "flowable", "activiti") and written.language:
        return _condition_script(code, written)
    return code


def _condition_script(code: Code | None, written: Expression) -> Code | None:
    """In these engines a condition in another language than theirs is a script, perhaps in a file of its own."""
    attributes = written.foreign_attributes.items()
    resource = next((value for name, value in attributes if name.endswith("}resource") and value.strip()), None)
    language = named(written.language)
    if resource is not None and language is not None:
        return Code("", language, written.line, script=True, resource=resource.strip())
    if code is None or code.language in ("juel", "feel", "text"):
        return code
    return replace(code, script=True)


def job(source: Source) -> Job | None:
    """The operation of an interface that a task or message event calls."""
    element = source.element
    assert isinstance(element, (ServiceTask, SendTask, MessageEventDefinition))
    if element.operation_ref is None:
        return None
    operation = source.definitions.resolve(element.operation_ref)
    name = operation.name if isinstance(operation, Operation) else None
    return Job("operation", Code(name or element.operation_ref, "text", element.line))


def script_of(source: Source) -> Code | None:
    """The script of a script task in the language of its format."""
    element = source.element
    if isinstance(element, ScriptTask):
        return script(element.script, source.dialect, element.script_format, element.line)
    assert isinstance(element, GlobalScriptTask)
    return script(element.script, source.dialect, element.script_language, element.line)


def called(source: Source) -> CalledElement | None:
    """What a call activity names, and what data associations hand over; without any, a plain file hands over all."""
    element = source.element
    assert isinstance(element, CallActivity)
    if not element.called_element:
        return None
    inputs, outputs = input_mappings(source, element), output_mappings(source, element)
    qualified = _QNAME.fullmatch(element.called_element.strip())
    key = value(qualified.group(1) if qualified else element.called_element, source.dialect, element.line)
    everything = source.dialect in ("bpmn", "drawing", "spiffworkflow") and not inputs and not outputs
    if key is None:
        return None
    return CalledElement(
        key=key, inputs=inputs, outputs=outputs, inherit_variables=everything, propagate_all=everything
    )


def inputs_of(source: Source) -> tuple[Mapping, ...]:
    """The data input associations of an activity or throwing event; the same name on both sides needs no mapping."""
    element = source.element
    assert isinstance(element, (Activity, ThrowEvent))
    return () if isinstance(element, CallActivity) else useful(source, input_mappings(source, element))


def outputs_of(source: Source) -> tuple[Mapping, ...]:
    """The data output associations of an activity or catching event."""
    element = source.element
    assert isinstance(element, (Activity, CatchEvent))
    return () if isinstance(element, CallActivity) else useful(source, output_mappings(source, element))


def loop(source: Source) -> Loop | None:
    """The standard's own input and output collection of a multi-instance marker, as names of variables."""
    element = source.element
    assert isinstance(element, MultiInstanceLoopCharacteristics)
    item, result = element.input_data_item, element.output_data_item
    element_output = variable_of(source, result)
    found = Loop(
        collection=variable(variable_of(source, element.loop_data_input_ref), element.line),
        element_variable=variable_of(source, item),
        output_collection=variable_of(source, element.loop_data_output_ref),
        output_element=variable(element_output, element.line),
    )
    return None if found == Loop() else found


def timer(source: Source) -> Timer | None:
    """When a timer is due. Constants mean themselves, also the cron expressions that some engines accept."""
    element = source.element
    assert isinstance(element, TimerEventDefinition)
    date, duration, cycle = element.time_date, element.time_duration, element.time_cycle
    for kind, written in (("date", date), ("duration", duration), ("cycle", cycle)):
        code = code_of(source, written)
        if code is None:
            continue
        of_suite = source.dialect not in ("bpmn", "drawing", "spiffworkflow")
        said = written is not None and named(written.language) is not None
        if is_cron(code.text) or (of_suite and not said and not _evaluated(code)):
            code = Code(unquoted(code.text), "text", code.line)
        return Timer("date" if kind == "date" else "duration" if kind == "duration" else "cycle", code)
    return None


def _evaluated(code: Code) -> bool:
    """Whether a timer's text of a vendor's dialect is more than a constant: FEEL, or braces."""
    return code.language == "feel" or (code.language == "juel" and "{" in code.text)


def name_of(source: Source) -> Code | None:
    """The name of a message or signal where it is evaluated; a constant is the model's own `name`."""
    element = source.element
    assert isinstance(element, (Message, Signal))
    code = value(element.name, source.dialect, element.line)
    return code if code is not None and code.language != "text" else None


def event_code(source: Source) -> Code | None:
    """The code by which an error or escalation is caught."""
    element = source.element
    written = element.error_code if isinstance(element, Error) else None
    written = element.escalation_code if isinstance(element, Escalation) else written
    return value(written, source.dialect, element.line)


TABLE = Table(
    Reads("assignment", (Task,), assignment),
    Reads("job", (ServiceTask, SendTask, MessageEventDefinition), job),
    Reads("script", (ScriptTask, GlobalScriptTask), script_of),
    Reads("called", (CallActivity,), called),
    Reads("inputs", (Activity, ThrowEvent), inputs_of),
    Reads("outputs", (Activity, CatchEvent), outputs_of),
    Reads("loop", (MultiInstanceLoopCharacteristics,), loop),
    Reads("timer", (TimerEventDefinition,), timer),
    Reads("message_name", (Message,), name_of),
    Reads("signal_name", (Signal,), name_of),
    Reads("code", (Error, Escalation), event_code),
)
