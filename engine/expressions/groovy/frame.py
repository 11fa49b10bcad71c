"""Where a Groovy statement runs: its local names over those around it, and the variables outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from engine.expressions.errors import ExpressionError, OverBudget
from engine.expressions.evaluation import Evaluation

MAX_CALLS = 60
MAX_OUTPUT = 20_000


class Output:
    """What the script prints, bounded."""

    __slots__ = ("lines", "size")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0

    def write(self, line: str) -> None:
        """Add a line. Raises OverBudget."""
        self.size += len(line)
        if self.size > MAX_OUTPUT:
            raise OverBudget("The script prints too much.")
        self.lines.append(line)


class Frame:
    """A block's names. What is set without `def` lives in the outermost frame and is gone after the script."""

    __slots__ = ("borrowed", "depth", "evaluation", "names", "output", "parent")

    def __init__(self, evaluation: Evaluation, parent: Frame | None = None, depth: int = 0) -> None:
        self.evaluation = evaluation
        self.parent = parent
        self.names: dict[str, Any] = {}
        self.depth = depth
        self.output: Output = parent.output if parent else Output()
        self.borrowed: dict[str, Any] = parent.borrowed if parent else {}

    def inside(self, calls: int = 0) -> Frame:
        """A frame for a block or a call within this one."""
        return Frame(self.evaluation, self, self.depth + calls)

    def holder(self, name: str) -> Frame | None:
        """The frame that has the name, if any."""
        frame: Frame | None = self
        while frame is not None and name not in frame.names:
            frame = frame.parent
        return frame

    def variable(self, name: str) -> Any:
        """A variable from outside; of a list or map a copy, as the script may change it. Raises KeyError."""
        if name in self.borrowed:
            return self.borrowed[name]
        value = self.evaluation.variables[name]
        if type(value) in (list, dict):
            value = self.borrowed[name] = copied(self.evaluation.weighed(value))
        return value

    def assign(self, name: str, value: Any) -> None:
        """Set a name where it is defined, or else in the outermost frame."""
        frame: Frame | None = self.holder(name)
        if frame is None:
            frame = self
            while frame.parent is not None:
                frame = frame.parent
        frame.names[name] = value


def copied(value: Any) -> Any:
    """The value with lists and maps of its own."""
    if type(value) is list:
        return [copied(item) for item in value]
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    return value


Node = Callable[[Frame], Any]


class Closure:
    """A block as a value, `{ x -> x.price }`, or a method that the script defines."""

    expression_members: ClassVar[frozenset[str]] = frozenset({"call"})
    __slots__ = ("body", "frame", "parameters")

    def __init__(self, parameters: tuple[str, ...], body: Node, frame: Frame) -> None:
        self.parameters = parameters
        self.body = body
        self.frame = frame

    def call(self, *given: Any) -> Any:
        """The value of its last expression, or what it returns."""
        inner = self.frame.inside(calls=1)
        inner.evaluation.spend(10)
        if inner.depth > MAX_CALLS:
            raise ExpressionError("The script calls itself too deeply.")
        if len(given) > len(self.parameters):
            raise ExpressionError("A method is called with more than it takes.")
        inner.names.update(dict.fromkeys(self.parameters))
        inner.names.update(zip(self.parameters, given, strict=False))
        try:
            return self.body(inner)
        except Returned as returned:
            return returned.value


class Returned(Exception):
    """`return` on its way out of the method."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value
