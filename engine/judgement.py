"""What is said beforehand of an element: will it run, and if not, why not and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VerdictKind = Literal["runs", "runs_with_binding", "guided", "ignored_safely", "will_not_run"]

# From the best to the worst.
ORDER: tuple[VerdictKind, ...] = ("runs", "ignored_safely", "guided", "runs_with_binding", "will_not_run")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`code` is stable; `reason` and `fix` are sentences for the person who drew it. `by_person`: somebody is asked."""

    verdict: VerdictKind
    reason: str = ""
    fix: str = ""
    code: str = ""
    by_person: bool = False


RUNS = Judgement("runs")


def worst(*judgements: Judgement) -> Judgement:
    """The one that says most against running; the first of equals."""
    return max(judgements, key=lambda judgement: ORDER.index(judgement.verdict))


def person(reason: str, code: str) -> Judgement:
    """Runs because a person is asked."""
    return Judgement("guided", reason, "", code, by_person=True)
