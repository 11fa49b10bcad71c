"""Groovy as an expression and as a script."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import Evaluation
from engine.expressions.groovy.frame import Frame, Node, Returned
from engine.expressions.groovy.parser import Parser
from engine.expressions.groovy.scanner import scan
from engine.expressions.groovy.statements import statements
from engine.expressions.language import Compiled, Functions, Limits, ScriptResult
from engine.values import encode


@functools.lru_cache(maxsize=1024)
def read_script(text: str) -> tuple[Node, frozenset[str]]:
    """The script ready to run, and the names it reads. Raises ExpressionError."""
    parser = Parser(text, scan(text))
    node = statements(parser, "end")
    return node, frozenset(parser.names)


def compile_groovy(text: str) -> Compiled:
    """A condition or a value: a script whose last expression it is."""
    node, names = read_script(text)
    return Compiled(text, "groovy", names, lambda evaluation: _run(node, Frame(evaluation)))


def run_groovy_script(text: str, variables: Mapping[str, Any], limits: Limits, functions: Functions) -> ScriptResult:
    """Run the script.

    As in Camunda and Flowable it sets variables through `execution` and `task` alone; a list or map that it changes in
    place is in the result.
    """
    node, _ = read_script(text)
    frame = Frame(Evaluation(variables, functions))
    try:
        value = _run(node, frame)
    except ExpressionError as error:
        if not error.text:
            error.text, error.language = text, "groovy"
        raise
    except RecursionError:
        raise ExpressionError("The script is nested too deeply.", text, "groovy") from None
    changed = {name: new for name, new in frame.borrowed.items() if encode(new) != encode(variables[name])}
    return ScriptResult(changed, value, "".join(frame.output.lines))


def _run(node: Node, frame: Frame) -> Any:
    try:
        return frame.evaluation.weighed(node(frame))
    except Returned as returned:
        return frame.evaluation.weighed(returned.value)
