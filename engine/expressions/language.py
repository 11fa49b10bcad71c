"""What a language of expressions gives: a compiled form that is evaluated often, and perhaps scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.errors import ExpressionError
from engine.expressions.evaluation import Evaluation

Functions = Mapping[str, Callable[..., Any]]
Node = Callable[[Evaluation], Any]
NO_FUNCTIONS: Functions = {}


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to be evaluated, any number of times and from any thread. `names`: the variables it reads."""

    text: str
    language: str
    names: frozenset[str]
    run: Node = field(repr=False)
    slots: int = 0

    def evaluate(self, variables: Mapping[str, Any], functions: Functions = NO_FUNCTIONS) -> Any:
        """The value. Raises ExpressionError; what a given function raises of its own kind passes through."""
        try:
            return self.run(Evaluation(variables, functions, self.slots))
        except ExpressionError as error:
            if not error.text:
                error.text, error.language = self.text, self.language
            raise
        except (RecursionError, MemoryError):
            raise ExpressionError("The expression is too large to evaluate.", self.text, self.language) from None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a script may use: seconds of its own time, bytes of memory, depth of calls, characters printed."""

    seconds: float = 2.0
    memory: int = 64_000_000
    recursion: int = 200
    calls: int = 1_000
    output: int = 20_000


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """What a script did: the variables it set or changed, the value of its last expression, what it printed."""

    changed: dict[str, Any]
    value: Any
    output: str


@dataclass(frozen=True, slots=True)
class Language:
    """One row of the table of languages. `run_script` is None where a script is one expression."""

    name: str
    title: str
    compile: Callable[[str], Compiled]
    run_script: Callable[[str, Mapping[str, Any], Limits, Functions], ScriptResult] | None = None
    check_script: Callable[[str], object] | None = None
