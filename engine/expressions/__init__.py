"""The languages of expressions and scripts: compile once, evaluate often, bounded and without a way out.

A language is one package or file here and one row in LANGUAGES.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.expressions.constant import compile_text
from engine.expressions.errors import ExpressionError, OverBudget, ThrownError
from engine.expressions.evaluation import MAX_SOURCE
from engine.expressions.feel.parser import compile_feel
from engine.expressions.groovy.script import compile_groovy, run_groovy_script
from engine.expressions.groovy.script import read_script as read_groovy_script
from engine.expressions.juel.parser import compile_juel
from engine.expressions.language import NO_FUNCTIONS, Compiled, Functions, Language, Limits, ScriptResult
from engine.expressions.python.compiler import compile_python
from engine.expressions.python.names import read_script
from engine.expressions.python.script import run_python_script

__all__ = [
    "LANGUAGES",
    "Compiled",
    "ExpressionError",
    "Language",
    "Limits",
    "OverBudget",
    "ScriptResult",
    "ThrownError",
    "check_script",
    "compile_expression",
    "compile_feel",
    "run_script",
]

LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language("text", "a constant", compile_text),
        Language("python", "Python", compile_python, run_python_script, read_script),
        Language("juel", "JUEL", compile_juel),
        Language("feel", "FEEL", compile_feel),
        Language("groovy", "Groovy, in part", compile_groovy, run_groovy_script, read_groovy_script),
    )
}


@lru_cache(maxsize=4096)
def compile_expression(text: str, language: str) -> Compiled:
    """The compiled expression, shared and kept. `language` is a key of LANGUAGES. Raises ExpressionError."""
    found = _language(text, language)
    return found.compile(text if language == "text" else _bounded(text, language))


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
    return found.run_script(_bounded(text, language), variables, limits, functions)


def check_script(text: str, language: str) -> None:
    """Tell before anything runs whether the script can be read. Raises ExpressionError."""
    found = _language(text, language)
    if found.check_script is None:
        compile_expression(text, language)
    else:
        found.check_script(_bounded(text, language))


def _bounded(text: str, language: str) -> str:
    if len(text) > MAX_SOURCE:
        raise ExpressionError(
            f"This is longer than {MAX_SOURCE:,} characters.", text, language, fix="Do such work in a service task."
        )
    return text


def _language(text: str, language: str) -> Language:
    found = LANGUAGES.get(language)
    if found is None:
        known = ", ".join(name for name in LANGUAGES if name != "text")
        raise ExpressionError(
            f"There is no language {language!r} here.",
            text,
            language,
            fix=f"Write it in one of: {known}.",
        )
    return found
