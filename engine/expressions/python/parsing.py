"""From the text of a Python expression to its syntax tree, with positions counted in characters."""

from __future__ import annotations

import ast
import warnings

from engine.expressions.errors import ExpressionError


def parse(text: str) -> ast.expr:
    """The syntax tree. Raises ExpressionError where it is not one expression."""
    source = text.strip()
    if not source:
        raise ExpressionError("The expression is empty.", text, "python", 0, "Write a condition such as amount > 100.")
    # Modelers break long conditions over lines, which Python allows only within brackets.
    shift = 0
    if "\n" in source:
        source, shift = f"({source}\n)", 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source, mode="eval").body
    except SyntaxError as error:
        raise _syntax_error(text, source, error, shift) from None
    except (RecursionError, MemoryError):
        raise ExpressionError("The expression is nested too deeply.", text, "python", 0, "Split it up.") from None
    except ValueError as error:
        raise ExpressionError(f"This is not Python: {error}.", text, "python", 0) from None


def position_of(text: str, node: ast.AST) -> int:
    """Where the node starts in the text as it was written."""
    source = text.strip()
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    lead = len(text) - len(text.lstrip())
    if "\n" in source and line == 1:
        column -= 1
    lines = source.split("\n")[:line]
    before = sum(len(item) + 1 for item in lines[:-1])
    inside = len(lines[-1].encode("utf-8", "surrogatepass")[: max(column, 0)].decode("utf-8", "ignore"))
    return min(lead + before + inside, len(text))


def refuse(text: str, node: ast.AST, message: str, fix: str) -> ExpressionError:
    """What is valid Python but not allowed here."""
    return ExpressionError(message, text, "python", position_of(text, node), fix)


def _syntax_error(text: str, source: str, error: SyntaxError, shift: int) -> ExpressionError:
    reason = (error.msg or "invalid syntax").removesuffix(". Perhaps you forgot a comma?")
    lead = len(text) - len(text.lstrip())
    before = sum(len(line) + 1 for line in source.split("\n")[: (error.lineno or 1) - 1])
    position = min(max(lead + before + (error.offset or 1) - 1 - shift, 0), len(text))
    return ExpressionError(f"This is not a Python expression: {reason}.", text, "python", position, _advice(source))


def _advice(source: str) -> str:
    if source.startswith(("${", "#{")):
        return "This looks like JUEL: mark the expression's language, or write it without ${ }."
    if "&&" in source or "||" in source:
        return "Python writes 'and' and 'or'."
    if source.startswith("="):
        return "This looks like FEEL: mark the expression's language, or leave out the leading =."
    if "=" in source and not any(sign in source for sign in ("==", "!=", "<=", ">=")):
        return "Python compares with ==."
    return ""
