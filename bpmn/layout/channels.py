"""Between two columns: the upright parts of ways, side by side, so that few of them cross."""

from __future__ import annotations

from dataclasses import dataclass, field

TRACK = 12.0
COMPARED = 60


@dataclass(eq=False, slots=True)
class Upright:
    """The upright part of one way, or of several that share an end. `left` and `right` are the heights at its sides."""

    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    x: float = 0.0
    track: int = 0

    @property
    def top(self) -> float:
        return min(*self.left, *self.right)

    @property
    def bottom(self) -> float:
        return max(*self.left, *self.right)

    @property
    def falls(self) -> bool:
        return sum(self.right) / len(self.right) > sum(self.left) / len(self.left)


def assign_tracks(uprights: list[Upright]) -> int:
    """Gives each its track, counted from the left; how many tracks there are."""
    ordered = _inserted(uprights) if len(uprights) <= COMPARED else sorted(uprights, key=_habit)
    used: list[list[Upright]] = []
    for each in ordered:
        # As far left as those allow that it lies beside and that shall be left of it.
        track = len(used)
        while track > 0 and not any(_beside(each, other) for other in used[track - 1]):
            track -= 1
        each.track = track
        if track == len(used):
            used.append([])
        used[track].append(each)
    return len(used)


def _habit(each: Upright) -> tuple[bool, float]:
    """Falling ways: the lowest first. Rising ones: the highest first. So they do not cross each other."""
    return (True, -min(each.left)) if each.falls else (False, min(each.left))


def _inserted(uprights: list[Upright]) -> list[Upright]:
    """Each goes where it crosses the fewest of those that have a place."""
    ordered: list[Upright] = []
    for each in sorted(uprights, key=_habit):
        cost = sum(_crossed(each, other) for other in ordered)
        best, place = cost, 0
        for i, other in enumerate(ordered):
            cost += _crossed(other, each) - _crossed(each, other)
            if cost <= best:
                best, place = cost, i + 1
        ordered.insert(place, each)
    return ordered


def _crossed(first: Upright, second: Upright) -> int:
    """How often two cross when the first is left of the second."""
    return sum(first.top < y < first.bottom for y in second.left) + sum(
        second.top < y < second.bottom for y in first.right
    )


def _beside(one: Upright, other: Upright) -> bool:
    return one.top < other.bottom + 6 and other.top < one.bottom + 6
