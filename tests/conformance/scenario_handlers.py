"""Java classes of the recordings as data, made into functions that service tasks are bound to."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from engine.expressions import compile_expression
from engine.services import BpmnError

FIELD = re.compile(r"\$\{field:(\w+)\}")


def bind(class_name: str, behaviour: Mapping[str, Any]) -> str:
    """A function that behaves so, under a name that a binding can give: `module:function`."""

    def handler(variables: dict[str, Any], execution: Any, task: Any = None) -> None:
        if behaviour.get("completeTask"):
            task.complete()
            return
        target = execution.getProcessInstance() if behaviour.get("scope") == "process" else execution
        for name, entry in act(behaviour, variables):
            target.setVariable(name, entry)

    name = re.sub(r"\W", "_", class_name)
    setattr(sys.modules[__name__], name, handler)
    return f"{__name__}:{name}"


def act(behaviour: Mapping[str, Any], variables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Do what the behaviour says; the variables that it sets, each before what follows is done."""
    seen = dict(variables)
    for part in behaviour.get("steps", [behaviour]):
        if "if" in part and not value(part["if"], seen):
            continue
        changed = _one(part, seen)
        yield from changed.items()
        seen.update(changed)


def _one(part: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    if "counter" in part:
        number = (seen.get(part["counter"]) or 0) + 1
        limit = value(part["throwAfter"], seen)
        if limit is not None and number <= limit:
            return {part["counter"]: number}
        if seen.get(part.get("ifTrue", "")):
            raise _exception(part.get("failInstead"))("failed")
    if "throwBpmnError" in part:
        raise BpmnError(part["throwBpmnError"]["code"], part["throwBpmnError"].get("message", ""))
    if "fail" in part:
        raise _exception(part.get("javaException"))(part["fail"])
    if "increment" in part:
        found = FIELD.fullmatch(part["increment"])
        name = str(seen.get(found[1]) if found else part["increment"])
        return {name: (seen.get(name) or 0) + 1}
    if any(part.get(key) for key in ("wait", "completeTask")) or "else" in part:
        raise RuntimeError("A service that waits or completes a task is no function.")
    return {name: value(entry, seen) for name, entry in part.get("set", {}).items()}


def _exception(java_class: str | None) -> type[Exception]:
    """An exception that is called as the Java class is."""
    module, _, name = (java_class or "java.lang.RuntimeException").rpartition(".")
    return type(name, (RuntimeError,), {"__module__": module})


def value(entry: Any, seen: Mapping[str, Any]) -> Any:
    """`${...}` is JUEL over the variables, where one that is not there is null; all else is itself."""
    if not isinstance(entry, str) or not entry.startswith("${"):
        return entry
    compiled = compile_expression(entry, "juel")
    return compiled.evaluate({**dict.fromkeys(compiled.names), **seen})
