"""What Camunda 7, Flowable and Activiti have in common: all three began as one engine, with one vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from bpmn.dialects.language import juel_value, script, separated, variable
from bpmn.dialects.source import Source, attribute, children, truth
from bpmn.model import Foreign, Process, SequenceFlow
from bpmn.model.execution import Assignment, Code, Job, JobKind, Listener, ListenerKind, Loop, Mapping, Timer

# The `type` attribute of a service task; any other is a connector of that name.
JOB_TYPES: dict[str, JobKind] = {"external": "external", "external-worker": "external", "mail": "mail", "http": "http"}

# The attributes that name code, on tasks and on listeners alike.
_CODE: tuple[tuple[str, ListenerKind], ...] = (
    ("class", "class"),
    ("delegateExpression", "delegate"),
    ("expression", "expression"),
)

# Flowable's and Activiti's listener classes that run a script given in their fields.
_SCRIPT_LISTENERS = ("ScriptExecutionListener", "ScriptTaskListener")


def constant_or_juel(source: Source, name: str) -> Code | None:
    """An attribute of the element: an expression in braces, else a constant."""
    return juel_value(source.attribute(name), source.line)


def names(text: str | None, line: int | None = None) -> tuple[Code, ...]:
    """A comma-separated list of names and expressions."""
    return tuple(code for part in separated(text or "") if (code := juel_value(part, line)))


def assignment(source: Source) -> Assignment | None:
    """The attributes of a user task that say who does it and until when."""
    found = Assignment(
        assignee=constant_or_juel(source, "assignee"),
        owner=constant_or_juel(source, "owner"),
        candidate_users=names(source.attribute("candidateUsers"), source.line),
        candidate_groups=names(source.attribute("candidateGroups"), source.line),
        due_date=constant_or_juel(source, "dueDate"),
        follow_up_date=constant_or_juel(source, "followUpDate"),
        priority=constant_or_juel(source, "priority"),
    )
    return None if found == Assignment() else found


def fields(parents: Iterable[Foreign]) -> tuple[tuple[str, Code], ...]:
    """Injected fields: a constant or an expression, as attribute or child element."""
    found = []
    for item in parents:
        constant = item.get("stringValue") or "".join(child.text for child in children(item, "string"))
        written = item.get("expression") or "".join(child.text for child in children(item, "expression"))
        code = juel_value(written, item.line) or Code(constant, "text", item.line)
        found.append((item.get("name") or "", code))
    return tuple(found)


def script_of(parent: Foreign | None) -> Code | None:
    """The script element inside an extension element, in the format it names."""
    item = next(iter(children(parent, "script")), None)
    if item is None:
        return None
    written = attribute(item, "scriptFormat") or attribute(item, "language")
    return script(item.text, "camunda7", written, item.line, attribute(item, "resource"))


def job(source: Source) -> Job | None:
    """The program that a service task or a throwing message event runs, by type, class or expression."""
    kind = source.attribute("type")
    if kind == "dmn":
        return None  # Flowable's decision task, which is a decision and no job
    found: tuple[JobKind, Code] | None = None
    if kind is not None:
        job_kind = JOB_TYPES.get(kind.lower(), "connector")
        target = constant_or_juel(source, "topic") if job_kind == "external" else None
        found = (job_kind, target or Code(kind, "text", source.line))
    else:
        for name, code_kind in _CODE:
            text = source.attribute(name)
            if text and code_kind != "script" and code_kind != "job":
                code = Code(text, "text", source.line) if code_kind == "class" else juel_value(text, source.line)
                found = (code_kind, code or Code(text, "text", source.line))
                break
    if found is None:
        return None
    return Job(
        kind=found[0],
        target=found[1],
        result_variable=source.attribute("resultVariable") or source.attribute("resultVariableName"),
        result_local=source.flag("useLocalScopeForResultVariable") or False,
        result_transient=source.flag("storeResultVariableAsTransient") or False,
        fields=fields(source.extensions("field")),
        priority=constant_or_juel(source, "taskPriority") or _priority_of_process(source),
        triggerable=source.flag("triggerable") or False,
        include_variables=not source.flag("doNotIncludeVariables"),
        inputs=parameters(source.extensions("externalWorkerInParameter")),
        outputs=parameters(source.extensions("externalWorkerOutParameter")),
    )


def _priority_of_process(source: Source) -> Code | None:
    """The priority that a process gives to all its external tasks."""
    around = source.definitions.parent(source.element)
    while around is not None and not isinstance(around, Process):
        around = source.definitions.parent(around)
    return None if around is None else juel_value(source.attribute_of(around, "taskPriority"), around.line)


def parameters(items: Iterable[Foreign], *, local: bool = False) -> tuple[Mapping, ...]:
    """`in` and `out` elements: one variable, one expression, or all variables."""
    found = []
    for item in items:
        target = attribute(item, "target")
        if attribute(item, "variables") == "all":
            found.append(Mapping(None, None, local=truth(item.get("local")) or local))
            continue
        source = juel_value(item.get("sourceExpression"), item.line) or variable(item.get("source"), item.line)
        to: str | Code | None = juel_value(item.get("targetExpression"), item.line) or target
        if source is not None and to is not None:
            kept_local = truth(item.get("local")) or local
            found.append(Mapping(source, to, local=kept_local, transient=truth(item.get("transient")) or False))
    return tuple(found)


def business_key(items: Iterable[Foreign]) -> Code | None:
    """The business key that an `in` element hands over."""
    codes = (juel_value(item.get("businessKey"), item.line) for item in items)
    return next((code for code in codes if code is not None), None)


def loop(source: Source) -> Loop | None:
    """Collection and item of a multi-instance marker; a collection without braces is a variable's name."""
    found = Loop(
        collection=collection(source.attribute("collection"), source.line),
        element_variable=source.attribute("elementVariable"),
        index_variable=source.attribute("elementIndexVariable"),
    )
    return None if found == Loop() else found


def collection(text: str | None, line: int | None) -> Code | None:
    """A collection: an expression in braces, else the name of a variable."""
    code = juel_value(text, line)
    return variable(text, line) if code is not None and code.language == "text" else code


def listeners(source: Source) -> tuple[Listener, ...]:
    """Execution and task listeners in the order of the file."""
    found = []
    for item in source.extensions("executionListener", "taskListener"):
        on_task = item.name == "taskListener"
        # A flow is only ever taken; Camunda runs its listeners whatever their event attribute says.
        event = "take" if isinstance(source.element, SequenceFlow) else attribute(item, "event")
        code = _listener_code(item)
        if code is not None:
            kind, target = code
            written_script = next(iter(children(item, "script")), None)
            found.append(
                Listener(
                    event=event or ("all" if on_task else "start"),
                    kind=kind,
                    target=target,
                    fields=fields(children(item, "field")),
                    on="task" if on_task else "execution",
                    result_variable=attribute(written_script, "resultVariable"),
                    timer=_timeout(item),
                )
            )
    return tuple(found)


def _listener_code(item: Foreign) -> tuple[ListenerKind, Code] | None:
    if (code := script_of(item)) is not None:
        return "script", code
    for name, kind in _CODE:
        text = attribute(item, name)
        if text is None:
            continue
        if kind == "class":
            if text.endswith(_SCRIPT_LISTENERS):
                given = dict(fields(children(item, "field")))
                language = given["language"].text if "language" in given else None
                text = given["script"].text if "script" in given else None
                injected = script(text, "flowable", language, item.line)
                return None if injected is None else ("script", injected)
            return kind, Code(text, "text", item.line)
        return kind, juel_value(text, item.line) or Code(text, "text", item.line)
    return None


def _timeout(item: Foreign) -> Timer | None:
    """The timer of a timeout task listener, a BPMN timer event definition inside the vendor's element."""
    definition = item.find("timerEventDefinition")
    for child in children(definition, "timeDate", "timeDuration", "timeCycle"):
        code = juel_value(child.text, child.line)
        if code is not None:
            kind = child.name.removeprefix("time").lower()
            return Timer("date" if kind == "date" else "duration" if kind == "duration" else "cycle", code)
    return None


def retry(source: Source) -> Code | None:
    """How often and when a failed job is tried again: `R3/PT10M`, a list of durations, or an expression."""
    item = source.extension("failedJobRetryTimeCycle")
    return None if item is None else juel_value(item.text, item.line)
