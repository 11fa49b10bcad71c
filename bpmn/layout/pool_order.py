"""Which pool lies above which: those that talk to each other lie together, else as in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import bpmn.model as m
from bpmn.layout.messages import pools_joined

# Of so many pools any order is as good as another; and each may be moved so often.
MOST_POOLS, MOST_MOVES = 40, 60

Talks = Counter[tuple[int, int]]


def in_order(definitions: m.Definitions, collaboration: m.Collaboration) -> list[m.Participant]:
    """The participants from top to bottom, so that messages pass few pools that are none of theirs."""
    participants = collaboration.participants
    order = list(range(len(participants)))
    if len(order) <= MOST_POOLS:
        talks = Counter(pools_joined(definitions, collaboration))
        for _ in range(MOST_MOVES):
            better = _moved(order, talks)
            if better is None:
                break
            order = better
    return [participants[each] for each in order]


def _moved(order: list[int], talks: Talks) -> list[int] | None:
    """The best order that moving one pool gives; none if the one given is as good."""
    best, shortest = None, _length(order, talks)
    for place in range(len(order)):
        rest = [*order[:place], *order[place + 1 :]]
        for other in range(len(order)):
            tried = [*rest[:other], order[place], *rest[other:]]
            length = _length(tried, talks)
            if length < shortest:
                best, shortest = tried, length
    return best


def _length(order: Sequence[int], talks: Talks) -> int:
    place = {each: i for i, each in enumerate(order)}
    return sum(abs(place[a] - place[b]) * count for (a, b), count in talks.items())
