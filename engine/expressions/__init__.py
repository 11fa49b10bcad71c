"""The languages of expressions and scripts: compile once, evaluate often, bounded and without a way out.

A language is one package or file here and one row in LANGUAGES.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.expressions.constant import compile_text
from engine.expressions.errors import ExpressionError, OverBudget
from engine.expressions.evaluation import MAX_SOURCE
from engine.expressions.language import NO_FUNCTIONS, Compiled, Functions, Language, Limits, ScriptResult
from engine.expressions.python.compiler import compile_python

__all__ = [
    "LANGUAGES",
    "Compiled",
    "ExpressionError",
    "Language",
    "Limits",
    "OverBudget",
    "ScriptResult",
    "compile_expression",
    "run_script",
]

LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language("text", "a constant", compile_text),
        Language("python", "Python", compile_python),
    )
}


@lru_cache(maxsize=4096)
def compile_expression(text: str, language: str) -> Compiled:
    """The compiled expression, shared and kept. `language` is a key of LANGUAGES. Raises ExpressionError."""
    found = _language(text, language)
    if len(text) > MAX_SOURCE:
        raise ExpressionError(
            f"The expression is longer than {MAX_SOURCE:,} characters.", text, language, fix="Use a script task."
        )
    return found.compile(text)


def run_script(
    text: str,
    language: str,
    variables: Mapping[str, Any],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    functions: Functions = NO_FUNCTIONS,
) -> ScriptResult:
    """Run a script on the variables, which stay as they are: what it set or changed is in the result."""
    found = _language(text, language)
    if found.run_script is None:
        return ScriptResult({}, compile_expression(text, language).evaluate(variables, functions), "")
    return found.run_script(text, variables, limits, functions)


def _language(text: str, language: str) -> Language:
    found = LANGUAGES.get(language)
    if found is None:
        raise ExpressionError(
            f"There is no language {language!r} here.",
            text,
            language,
            fix="Write it in one of: " + ", ".join(name for name in LANGUAGES if name != "text") + ".",
        )
    return found
