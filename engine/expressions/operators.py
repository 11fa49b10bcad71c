"""What languages with Java's operators (JUEL, Groovy) read alike: words, what binds how, where something failed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from engine.expressions.errors import ExpressionError, misfit
from engine.expressions.evaluation import MAX_NESTING

FAILURES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Word:
    """`kind`: "value" (a literal), "name", a keyword, or the sign itself; "end" closes. A language may have more."""

    kind: str
    value: Any
    position: int


class OperatorParser(ABC, Generic[State]):
    """Reads words into closures over a state. `||` binds least, then `&&`, then the `operators` as they say."""

    language: ClassVar[str]
    unit: ClassVar[str] = "expression"
    operators: ClassVar[Mapping[str, tuple[int, Any]]]

    def __init__(self, text: str, words: list[Word], names: set[str]) -> None:
        self.text = text
        self.words = words
        self.names = names
        self.at = 0
        self.depth = 0

    @abstractmethod
    def unexpected(self, word: Word, fix: str = "") -> NoReturn:
        """Say of a word that it is not possible where it stands."""

    @abstractmethod
    def unary(self) -> Callable[[State], Any]:
        """A value with the signs before it."""

    @abstractmethod
    def applied(
        self, word: Word, left: Callable[[State], Any], right: Callable[[State], Any]
    ) -> Callable[[State], Any]:
        """The operator that the word is, `&&` and `||` too, on both sides."""

    def right_side(self) -> None:
        """An operator has been read: pass over what may stand before its right side."""

    @property
    def word(self) -> Word:
        return self.words[self.at]

    def skip(self, kind: str) -> bool:
        if self.word.kind == kind:
            self.at += 1
            return True
        return False

    def take(self, kind: str) -> Word:
        word = self.word
        if not self.skip(kind):
            self.unexpected(word, f"Expected {kind!r} here.")
        return word

    def enter(self) -> None:
        """One level deeper; who enters leaves by `depth -= 1`."""
        self.depth += 1
        self.hold(self.depth)

    def hold(self, depth: int) -> None:
        if depth > MAX_NESTING:
            raise self.error(f"The {self.unit} is nested too deeply.", self.word)

    def links(self, length: int, most: int = MAX_NESTING) -> int:
        """One link more in a chain of operators or of members, which has an end."""
        if length >= most:
            raise self.error("The expression is too long.", self.word)
        return length + 1

    def binary(self, least: int) -> Callable[[State], Any]:
        """Operators that bind at least so much, from left to right."""
        left = self.unary()
        length = 0
        while True:
            word = self.word
            binds = 1 if word.kind == "||" else 2 if word.kind == "&&" else self.operators.get(word.kind, (0,))[0]
            if binds < least or not binds:
                return left
            length = self.links(length, 2 * MAX_NESTING)
            self.at += 1
            self.right_side()
            left = self.applied(word, left, self.binary(binds + 1))

    def signs(self, *kinds: str) -> list[Word]:
        """The signs in a row before a value: a loop and no recursion."""
        found: list[Word] = []
        while self.word.kind in kinds:
            found.append(self.word)
            self.at += 1
        self.hold(len(found))
        return found

    def guarded(self, word: Word, run: Callable[[State], Any]) -> Callable[[State], Any]:
        """The same, its failures told as those of the expression at this word."""

        def guarded_run(state: State) -> Any:
            try:
                return run(state)
            except ExpressionError as error:
                if not error.text:
                    error.text, error.language, error.position = self.text, self.language, word.position
                    error.line = self.text.count("\n", 0, word.position) + 1
                raise
            except ZeroDivisionError:
                raise self.error("Division by zero.", word) from None
            except FAILURES as error:
                raise self.error(f"{word.value!r} fails: {misfit(error)}.", word) from None

        return guarded_run

    def error(self, message: str, word: Word, fix: str = "") -> ExpressionError:
        return ExpressionError(message, self.text, self.language, word.position, fix)
