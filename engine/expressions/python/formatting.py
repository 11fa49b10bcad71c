"""f-strings, and the text of a value."""

from __future__ import annotations

import ast
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import MAX_BITS, Evaluation, is_exposed, too_big
from engine.expressions.language import Node
from engine.expressions.python.members import time_pattern

if TYPE_CHECKING:
    from engine.expressions.python.compiler import Compiler

_NUMBER_PATTERN = re.compile(r"(.?[<>=^])?[-+ ]?z?#?0?\d{0,3}[_,]?(\.\d{1,3})?[a-zA-Z%]?", re.DOTALL)


def compile_fstring(compiler: Compiler, node: ast.JoinedStr, depth: int) -> Node:
    """f"...{value:pattern}...": widths and precisions have at most three digits."""
    parts = [compile_part(compiler, part, depth) for part in node.values]
    return compiler.guarded(node, lambda evaluation: evaluation.weighed("".join(part(evaluation) for part in parts)))


def compile_part(compiler: Compiler, node: ast.expr, depth: int) -> Node:
    if not isinstance(node, ast.FormattedValue):
        return compiler.node(node, depth)
    value = compiler.node(node.value, depth)
    pattern = compiler.node(node.format_spec, depth) if node.format_spec else None
    quoted = node.conversion in (114, 97)

    def run(evaluation: Evaluation) -> str:
        item = value(evaluation)
        shown: Any = repr(plain(evaluation, item)) if quoted else item
        return formatted(evaluation, shown, pattern(evaluation) if pattern else "")

    return run


def formatted(evaluation: Evaluation, value: Any, pattern: str) -> str:
    """The text of a value by a format pattern."""
    if not pattern:
        return text_of(evaluation, value)
    if isinstance(value, (date, datetime, time)):
        return format(value, time_pattern(pattern))
    if not _NUMBER_PATTERN.fullmatch(pattern):
        raise ExpressionError(f"The pattern {pattern[:40]!r} is not possible.", fix="Write for example {amount:.2f}.")
    return format(_writable(plain(evaluation, value)), pattern)


def text_of(evaluation: Evaluation, value: Any) -> str:
    """What `str` gives, for plain values."""
    return value if type(value) is str else str(plain(evaluation, value))


def plain(evaluation: Evaluation, value: Any) -> Any:
    """The value, if it is one whose text says nothing about the machine."""
    if is_exposed(value):
        raise ExpressionError(f"A {type(value).__name__} has no text.", fix="Name what of it you want.")
    return evaluation.weighed(value)


def _writable(value: Any) -> Any:
    if type(value) is Decimal and value.is_finite() and abs(value.adjusted()) > MAX_BITS:
        raise too_big()
    return value
