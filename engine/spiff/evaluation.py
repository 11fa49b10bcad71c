"""An expression compiled at deployment and evaluated where a token is."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Code
from engine.expressions import ExpressionError, compile_expression
from engine.spiff.views import functions_of, views_of

if TYPE_CHECKING:
    from engine.spiff.token import Token


class Evaluator:
    """`Code` ready to run. A text that does not compile is kept and fails when it is reached, as an incident."""

    __slots__ = ("code", "compiled", "constant", "error")

    def __init__(self, code: Code) -> None:
        self.code = code
        self.error: ExpressionError | None = None
        self.compiled = None
        self.constant = code.language == "text"
        if code.language not in ("text", "variable"):
            try:
                self.compiled = compile_expression(code.text, code.language)
            except ExpressionError as error:
                self.error = error

    def value(self, token: Token, extra: dict[str, Any] | None = None) -> Any:
        if self.constant:
            return self.code.text
        if self.code.language == "variable":
            return extra[self.code.text] if extra and self.code.text in extra else token.data.get(self.code.text)
        if self.error is not None:
            raise self.error.with_traceback(None)
        assert self.compiled is not None
        variables: Any = token.data
        if self.code.language in ("juel", "groovy"):
            variables = ChainMap(extra or {}, variables, views_of(token))
        elif extra:
            variables = ChainMap(extra, variables)
        return self.compiled.evaluate(variables, functions_of(token))

    def is_true(self, token: Token, extra: dict[str, Any] | None = None) -> bool:
        """Whether it holds. A text is no answer: what was meant as an expression would silently never be true."""
        value = self.value(token, extra)
        if isinstance(value, str) and self.code.language != "python":
            answer = {"true": True, "false": False}.get(value.strip().lower())
            if answer is None:
                raise ExpressionError(
                    f"The condition is the text {value!r} and neither true nor false.",
                    self.code.text,
                    self.code.language,
                    fix="Write it as an expression.",
                )
            return answer
        return bool(value)

    def holds(self, token: Token) -> bool:
        """Whether it is true; what cannot be evaluated yet, such as for want of a variable, is not."""
        try:
            return self.is_true(token)
        except ExpressionError:
            return False

    def text(self, token: Token) -> str | None:
        value = self.value(token)
        return None if value is None else str(value)
