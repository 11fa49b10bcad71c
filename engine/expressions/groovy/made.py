"""What `new` makes: an error to throw, a list, a map, a decimal, the present moment."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.expressions.errors import ExpressionError, ThrownError
from engine.expressions.groovy.frame import Frame, Node
from engine.expressions.juel.coercion import to_decimal, to_text


class Throwable:
    """An error or exception that the script made and may throw. A BPMN error has a code."""

    expression_members: ClassVar[frozenset[str]] = frozenset({"addAdditionalData", "message", "getMessage"})

    def __init__(self, name: str, given: list[Any]) -> None:
        self.name = name
        self.code = to_text(given[0]) if name == "BpmnError" and given else None
        texts = [to_text(item) for item in given[1 if self.code is not None else 0 :]]
        self.message = texts[0] if texts else None
        self.data: dict[str, Any] = {}

    def addAdditionalData(self, name: str, value: Any) -> None:
        """Flowable's data beside an error: the event that catches it may take it as a variable."""
        self.data[name] = value

    def getMessage(self) -> str | None:
        """What it says."""
        return self.message

    def raised(self) -> Exception:
        """What `throw` raises."""
        if self.code is not None:
            return ThrownError(self.code, self.message, self.data)
        return ExpressionError(f"{self.name}: {self.message}" if self.message else self.name)


def made(name: str, arguments: list[Node]) -> Node:
    """The node of `new Name(...)`; nothing but what is known here can be made."""

    def run(frame: Frame) -> Any:
        given = [argument(frame) for argument in arguments]
        if name.endswith(("Error", "Exception", "Throwable")):
            return Throwable(name, given)
        if name in ("ArrayList", "LinkedList", "HashSet", "LinkedHashSet"):
            return list(given[0]) if given and type(given[0]) in (list, tuple) else []
        if name in ("HashMap", "LinkedHashMap", "TreeMap"):
            return dict(given[0]) if given and type(given[0]) is dict else {}
        if name == "BigDecimal" and len(given) == 1:
            return to_decimal(given[0])
        if name == "Date" and not given and "now" in frame.evaluation.functions:
            return frame.evaluation.functions["now"]()
        raise ExpressionError(
            f"A {name} cannot be made here.", fix="Bind the task to a service if it needs a program of your own."
        )

    return run
