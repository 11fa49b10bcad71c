"""FEEL as the TCK's cases ask for it: an expression, what is known where it stands, its value."""

from dataclasses import dataclass
from datetime import UTC, datetime

from engine.expressions import compile_feel
from engine.expressions.feel.comparison import kind
from engine.expressions.feel.far import Far
from engine.expressions.feel.temporal import read_literal, write
from engine.expressions.feel.types import SIMPLE, Type, coerced
from engine.values import YearsMonths


@dataclass
class Months:
    """A duration in months as the score compares it."""

    months: int
    years: int = 0
    days: int = 0


KINDS = {"date": "date", "time": "time", "date and time": "dateTime", "days and time duration": "duration"}


class Lexical:
    """A date, time or duration past Python's own, as the score takes it: by its text."""

    def __init__(self, kind, text):
        self.kind = kind
        self.text = text

    def to_tck(self):
        from tckvalues import Lexical as Text

        return Text(self.kind, self.text)


def evaluate(expression, context, typeRef=None, **options):
    compiled = compile_feel(expression, tuple(sorted(names_in(context))), exact=True)
    value = compiled.evaluate(known(context), {"now": lambda: datetime.now(UTC)})
    wanted = Type(typeRef or "Any")
    return given(coerced(value, wanted) if wanted.name in SIMPLE else value)


def names_in(value):
    """All names of entries, however deep: those with signs in them cannot be told apart otherwise."""
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


def known(value):
    if isinstance(value, dict):
        return {name: known(item) for name, item in value.items()}
    if isinstance(value, list):
        return [known(item) for item in value]
    if type(value).__name__ == "Lexical":
        return read_literal(str(value))
    return YearsMonths(value.months) if type(value).__name__ == "YearsMonths" else value


def given(value):
    if isinstance(value, dict):
        return {name: given(item) for name, item in value.items()}
    if isinstance(value, list):
        return [given(item) for item in value]
    if isinstance(value, Far):
        return Lexical(KINDS[kind(value)], write(value))
    return Months(value.months) if isinstance(value, YearsMonths) else value
