"""Script tasks in Python, run by a sandboxed interpreter in a process of its own, with its time and memory bounded."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic_monty import CollectString, MontyCrashedError, MontyError, MontyRuntimeError, MontySyntaxError, OSPolicy

from engine.errors import Invalid
from engine.expressions.errors import ExpressionError, OverBudget, near
from engine.expressions.evaluation import is_exposed, weight
from engine.expressions.language import Functions, Limits, ScriptResult
from engine.expressions.python.names import VALUE, Script, read_script
from engine.expressions.python.pool import session
from engine.values import YearsMonths, encode

# Names a script may use without importing them, as engines that run Python have long offered them.
OFFERED = {
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "Decimal": "from decimal import Decimal",
    "math": "import math",
    "json": "import json",
    "re": "import re",
    "random": "import random",
}
LESS = "Do less in one script, or do it in a service task."
_ABSENT = "\0absent\0"
_NO_VALUE = "\0no value\0"
# Before the script runs, so that nothing it redefines matters: tells what is a value from what merely prints like one.
_CHECK = f"""
def __kept__(value, type=type, isinstance=isinstance, len=len, list=list, tuple=tuple, set=set, frozenset=frozenset,
             dict=dict, bool=bool, int=int, float=float, str=str, bytes=bytes):
    pending = [(value, 0)]
    seen = 0
    while pending:
        item, depth = pending.pop()
        kind = type(item)
        seen += 1
        if seen > 1000000 or depth > 100:
            return [{_NO_VALUE!r}, 'a value that is too large or contains itself']
        if item is None or kind in (bool, int, float, str, bytes):
            continue
        if kind in (list, tuple, set, frozenset):
            pending.extend([(inner, depth + 1) for inner in item])
        elif kind is dict:
            pending.extend([(inner, depth + 1) for inner in item.keys()])
            pending.extend([(inner, depth + 1) for inner in item.values()])
        elif kind.__name__ not in ('datetime', 'date', 'time', 'timedelta', 'Decimal'):
            return [{_NO_VALUE!r}, kind.__name__]
    return value
"""
_UNKEPT = frozenset({"function", "builtin_function_or_method", "module", "type", "method", "generator_function"})

_read = functools.lru_cache(maxsize=1024)(read_script)


def run_python_script(text: str, variables: Mapping[str, Any], limits: Limits, functions: Functions) -> ScriptResult:
    """Run the script. Raises ExpressionError with the line; what it raises in the script's own words is kept."""
    script = _read(text)
    read = script.mentioned - script.called
    inputs = {name: variables[name] for name in read if name in variables and _passable(name, variables)}
    output = CollectString(max_bytes=limits.output * 4)
    try:
        with session(limits, _policy(functions)) as interpreter:
            interpreter.feed_run(_CHECK + _imports(script, variables, functions), print_callback=output)
            interpreter.feed_run(script.source, inputs=inputs, external_lookup=dict(functions), print_callback=output)
            found = interpreter.feed_run(
                _collection(script, inputs),
                external_lookup=dict.fromkeys((*script.assigned, VALUE), _ABSENT),
                print_callback=output,
            )
    except MontyCrashedError as error:
        raise OverBudget("The script was stopped.", text, "python", fix="It takes too long.") from error
    except (MontySyntaxError, MontyRuntimeError) as error:
        raise _failure(text, error, script, variables, functions) from None
    except (MontyError, UnicodeError, ValueError, TypeError) as error:
        raise ExpressionError(f"The script cannot take or give this value: {error}.", text, "python") from None
    except TimeoutError:
        raise OverBudget("All interpreters are busy.", text, "python", fix="Try again in a moment.") from None
    return _result(text, script, inputs, found, output.output)


def _passable(name: str, variables: Mapping[str, Any]) -> bool:
    """Objects of the engine stay outside; YearsMonths has no counterpart in the sandbox."""
    value = variables[name]
    return not is_exposed(value) and type(value) is not YearsMonths


def _policy(functions: Functions) -> OSPolicy:
    """The clock of the engine is the script's: where `now` is given, time stands still at it."""
    now = functions["now"]() if "now" in functions else None
    return {"datetime": now} if isinstance(now, datetime) else {}


def _imports(script: Script, variables: Mapping[str, Any], functions: Functions) -> str:
    wanted = [
        line
        for name, line in OFFERED.items()
        if name in script.mentioned and name not in functions and (name in script.called or name not in variables)
    ]
    return "\n".join(wanted)


def _collection(script: Script, inputs: Mapping[str, Any]) -> str:
    """The snippet that hands back what was set and what may have been changed in place."""
    names = dict.fromkeys((*script.assigned, *_mutable(inputs)))
    if script.has_value:
        names[VALUE] = None
    return "{" + ", ".join(f"{name!r}: __kept__({name})" for name in names) + "}"


def _mutable(inputs: Mapping[str, Any]) -> list[str]:
    return [name for name, value in inputs.items() if type(value) in (list, dict, set)]


def _result(text: str, script: Script, inputs: Mapping[str, Any], found: dict[str, Any], output: str) -> ScriptResult:
    value = found.pop(VALUE, None)
    if value == _ABSENT or (type(value) is list and value[:1] == [_NO_VALUE]):
        value = None
    changed = {}
    for name, new in found.items():
        if type(new) is str and new == _ABSENT:
            continue
        if type(new) is list and new[:1] == [_NO_VALUE]:
            if new[1] in _UNKEPT:
                continue
            raise ExpressionError(
                f"The script leaves {name!r} as {new[1]}, which no variable can keep.",
                text,
                "python",
                fix=f"Turn it into a list, a dictionary or a text, or call it _{name}.",
            )
        try:
            weight(new)
            if name in script.assigned or encode(new) != encode(inputs[name]):
                changed[name] = new
        except Invalid as error:
            raise ExpressionError(f"{name!r}: {error.message}", text, "python", fix=error.fix) from None
    return ScriptResult(changed, value, output)


def _failure(
    text: str, error: Any, script: Script, variables: Mapping[str, Any], functions: Functions
) -> ExpressionError:
    frames = error.traceback()
    line = frames[-1].line if frames else None
    inner = error.exception()
    shown = str(inner) or type(inner).__name__
    if isinstance(inner, NotImplementedError):
        what = shown.removeprefix("The monty syntax parser does not yet support ")
        return ExpressionError(f"Not possible in a script: {what}.", text, "python", line=line)
    if shown.startswith("Internal error"):
        return ExpressionError("The script raises what is no ordinary error.", text, "python", line=line)
    if isinstance(inner, (MemoryError, RecursionError)) or (isinstance(inner, TimeoutError) and "limit" in str(inner)):
        words = {MemoryError: "more memory", RecursionError: "deeper calls"}.get(type(inner), "more time")
        return OverBudget(f"The script takes {words} than it may.", text, "python", fix=LESS, line=line)
    fix = ""
    if isinstance(inner, NameError) and shown.count("'") >= 2:
        fix = near(shown.split("'")[1], [*variables, *functions, *OFFERED, *script.assigned])
    elif isinstance(inner, AttributeError) and "'dict' object" in shown:
        fix = 'In a script, an entry is read as order["amount"].'
    elif isinstance(inner, (ImportError, PermissionError)):
        fix = "A script has no files, no network and few modules: do such work in a service task."
    return ExpressionError(f"{type(inner).__name__}: {shown}", text, "python", line=line, fix=fix)
