"""The fields of a cron expression: lists, ranges, steps, names, and the day fields' L, W and #."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
EVERY = ("*", "?")

_FROM_LAST = re.compile(r"L(?:-(\d{1,2}))?", re.ASCII)
_NEAREST = re.compile(r"(\d{1,2}|L)W", re.ASCII)
_LAST_WEEKDAY = re.compile(r"(\w+?)L", re.ASCII)
_NTH_WEEKDAY = re.compile(r"(\w+)#([1-5])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """The numbers a field may hold and the names they go by."""

    low: int
    high: int
    names: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        if text in self.names:
            return self.names[text]
        if not (text.isascii() and text.isdigit()) or not self.low <= int(text) <= self.high:
            raise ValueError(f"{text!r} is not between {self.low} and {self.high}")
        return int(text)

    def values(self, text: str) -> tuple[int, ...]:
        """The sorted numbers that lists, ranges and steps name. A range may wrap: 22-2, NOV-FEB."""
        return tuple(sorted({value for part in text.split(",") for value in self._span(part)}))

    def _span(self, part: str) -> Iterator[int]:
        span, slash, stride = part.partition("/")
        step = int(stride) if stride.isascii() and stride.isdigit() else int(not slash)
        if not step:
            raise ValueError(f"{part!r} has no step above zero")
        if span in EVERY:
            low, high = self.low, self.high
        elif "-" in span:
            low, high = (self.number(end) for end in span.split("-", 1))
        else:
            low = self.number(span)
            high = self.high if slash else low
        width = self.high - self.low + 1
        if low > high:
            high += width
        return ((value - self.low) % width + self.low for value in range(low, high + 1, step))


SECOND = MINUTE = Field(0, 59)
HOUR = Field(0, 23)
DAY = Field(1, 31)
MONTH = Field(1, 12, {name: number for number, name in enumerate(MONTHS, 1)})
YEAR = Field(1970, 9999)


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """Days by number, days counted back from the last (L, L-2), and working days nearest to a day (15W, LW: 0)."""

    days: frozenset[int]
    from_last: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> DaysOfMonth:
        days: set[int] = set()
        from_last: list[int] = []
        nearest: list[int] = []
        for part in text.split(","):
            if found := _FROM_LAST.fullmatch(part):
                from_last.append(int(found[1] or 0))
            elif found := _NEAREST.fullmatch(part):
                nearest.append(0 if found[1] == "L" else DAY.number(found[1]))
            else:
                days.update(DAY.values(part))
        return cls(frozenset(days), tuple(from_last), tuple(nearest))

    def of(self, year: int, month: int) -> set[int]:
        last = monthrange(year, month)[1]
        days = {day for day in self.days if day <= last}
        days |= {last - back for back in self.from_last if back < last}
        return days | {_working_day(year, month, day or last, last) for day in self.nearest if day <= last}


@dataclass(frozen=True, slots=True)
class DaysOfWeek:
    """Weekdays (Sunday is 0): each of them, the last of a month (FRIL) or its n-th (FRI#2)."""

    weekdays: frozenset[int]
    last: tuple[int, ...] = ()
    nth: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, text: str, sunday: int) -> DaysOfWeek:
        """`sunday` is the number that Sunday goes by; where it is 0, 7 means Sunday as well."""
        names = {name: number + sunday for number, name in enumerate(WEEKDAYS)}
        numbers = Field(sunday, 7, names)
        weekdays: set[int] = set()
        last: list[int] = []
        nth: list[tuple[int, int]] = []
        for part in text.split(","):
            if part in EVERY:
                weekdays.update(range(7))
            elif part == "L":
                weekdays.add(6)
            elif found := _LAST_WEEKDAY.fullmatch(part):
                last.append((numbers.number(found[1]) - sunday) % 7)
            elif found := _NTH_WEEKDAY.fullmatch(part):
                nth.append(((numbers.number(found[1]) - sunday) % 7, int(found[2])))
            else:
                weekdays.update((number - sunday) % 7 for number in _week(part, names, sunday))
        return cls(frozenset(weekdays), tuple(last), tuple(nth))

    def of(self, year: int, month: int) -> set[int]:
        first = (monthrange(year, month)[0] + 1) % 7
        length = monthrange(year, month)[1]
        days = {day for day in range(1, length + 1) if (first + day - 1) % 7 in self.weekdays}
        days |= {length - (first + length - 1 - weekday) % 7 for weekday in self.last}
        days |= {(weekday - first) % 7 + 1 + 7 * (n - 1) for weekday, n in self.nth}
        return {day for day in days if day <= length}


def _week(part: str, names: dict[str, int], sunday: int) -> tuple[int, ...]:
    """A weekday list's part; 5-7 and 0-7 reach to the Sunday at the week's end, while SAT-MON wraps round it."""
    if sunday or "7" not in part.partition("/")[0]:
        return Field(sunday, sunday + 6, names).values(part)
    return Field(sunday, 7, names).values(part)


def _working_day(year: int, month: int, day: int, last: int) -> int:
    """The day from Monday to Friday that is nearest to this one and in the same month."""
    weekday = date(year, month, day).weekday()
    if weekday == 5:
        return day - 1 if day > 1 else day + 2
    if weekday == 6:
        return day + 1 if day < last else day - 2
    return day
