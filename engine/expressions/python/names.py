"""What names a script reads and sets at its top level, told from its symbols without running it."""

from __future__ import annotations

import ast
import symtable
import warnings
from dataclasses import dataclass

from engine.expressions.errors import ExpressionError

VALUE = "__value_of_the_script__"


@dataclass(frozen=True, slots=True)
class Script:
    """A script ready to be fed: its source (the last expression bound to VALUE), and the names at its top level.

    `called` are names that are called and not set: they mean functions, never variables.
    """

    source: str
    assigned: tuple[str, ...]
    mentioned: frozenset[str]
    has_value: bool
    called: frozenset[str] = frozenset()


def read_script(text: str) -> Script:
    """The script's names. Raises ExpressionError with the line where it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, "script")
            table = symtable.symtable(text, "script", "exec")
    except SyntaxError as error:
        raise ExpressionError(
            f"The script is not Python: {error.msg}.", text, "python", _offset(text, error), line=error.lineno
        ) from None
    except (RecursionError, MemoryError):
        raise ExpressionError("The script is nested too deeply.", text, "python", fix="Split it up.") from None
    except ValueError as error:
        raise ExpressionError(f"The script is not Python: {error}.", text, "python") from None
    assigned: dict[str, None] = {}
    mentioned: set[str] = set()
    for symbol in table.get_symbols():
        mentioned.add(symbol.get_name())
        if symbol.is_assigned() and not symbol.is_imported() and not symbol.is_namespace():
            assigned[symbol.get_name()] = None
    pending = list(table.get_children())
    while pending:
        inner = pending.pop()
        pending.extend(inner.get_children())
        for symbol in inner.get_symbols():
            if symbol.is_global():
                mentioned.add(symbol.get_name())
                if symbol.is_declared_global() and symbol.is_assigned():
                    assigned[symbol.get_name()] = None
    source, has_value = _bind_value(text, tree)
    kept = tuple(name for name in assigned if not name.startswith("_"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = {function.id for function in calls if isinstance(function, ast.Name)} - assigned.keys()
    return Script(source, kept, frozenset(mentioned), has_value, frozenset(called))


def _bind_value(text: str, tree: ast.Module) -> tuple[str, bool]:
    """The text with its last expression bound to a name, on the same lines, so that errors still point right."""
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        return text, False
    last = tree.body[-1]
    lines = text.encode("utf-8", "surrogatepass").splitlines(keepends=True)
    raw = b"".join(lines)
    start = sum(map(len, lines[: last.lineno - 1])) + last.col_offset
    end = sum(map(len, lines[: (last.end_lineno or 1) - 1])) + (last.end_col_offset or 0)
    changed = raw[:start] + VALUE.encode() + b" = (" + raw[start:end] + b")" + raw[end:]
    return changed.decode("utf-8", "surrogatepass"), True


def _offset(text: str, error: SyntaxError) -> int:
    lines = text.split("\n")[: (error.lineno or 1) - 1]
    return min(sum(len(line) + 1 for line in lines) + max((error.offset or 1) - 1, 0), len(text))
