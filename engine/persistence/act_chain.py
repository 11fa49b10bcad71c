"""The record of acts as a chain: the digest of an entry covers what it says and the digest of the entry before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

# What stands before the first entry.
START = "0" * 64
MOST_FINDINGS = 100

Flaw = Literal["changed", "missing", "unlinked", "misplaced", "rewritten", "cut", "added", "headless"]


@dataclass(frozen=True, slots=True)
class ActLink:
    """An entry's place: its number, from 1 on without gaps, and its digest in hexadecimal."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the database has it; `at` and `data` as stored, so that whatever was put there can be read."""

    number: int
    previous: str
    digest: str
    id: str
    at: datetime | str
    actor: str | None
    act: str
    subject: str
    data: str


@dataclass(frozen=True, slots=True)
class ActFinding:
    """What is wrong with the entries `number` to `until`.

    changed: it says something else than when it was written; missing: taken out; unlinked: it does not continue
    the one before it; misplaced: its number is none or another's; rewritten: not the entry that was known elsewhere;
    cut: taken from the end; added: put behind the end; headless: what says where the end is, is gone.
    """

    flaw: Flaw
    number: int
    until: int


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry as one line of JSON, in which nothing can be taken for something else."""
    said = [entry.previous, entry.number, entry.id, stored(entry.at), entry.actor, entry.act, entry.subject, entry.data]
    line = json.dumps(said, separators=(",", ":"), default=repr)
    return hashlib.sha256(line.encode("ascii")).hexdigest()


def stored(at: datetime | str) -> str:
    """A moment in the same words on every database."""
    if not isinstance(at, datetime):
        return at
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@dataclass(slots=True)
class Chain:
    """What is found in following the entries in the order of their numbers.

    `anchor`: an entry that was known elsewhere. `last`: where it has come to.
    """

    anchor: ActLink | None = None
    entries: int = 0
    last: ActLink = ActLink(0, START)
    found: int = 0
    findings: list[ActFinding] = field(default_factory=list)
    intact_until: int = 0
    intact_at: datetime | str | None = None

    def follow(self, entry: Entry) -> None:
        """Look at the next entry."""
        self.entries += 1
        self._look_at(entry)
        if not self.found:
            self.intact_until, self.intact_at = entry.number, entry.at

    def end(self, head: ActLink | None) -> None:
        """That was the last one. `head`: where the database says that the end is."""
        last = self.last
        if head is None:
            if self.entries:
                self._find("headless", last.number)
        elif head.number > last.number:
            self._find("cut", last.number + 1, head.number)
        elif head.number < last.number:
            self._find("added", head.number + 1, last.number)
        elif head.digest != last.digest:
            self._find("rewritten", last.number)
        known = max(last.number, head.number if head is not None else 0)
        if self.anchor is not None and self.anchor.number > known:
            self._find("cut", known + 1, self.anchor.number)

    def _look_at(self, entry: Entry) -> None:
        before, number = self.last, entry.number
        if not isinstance(number, int) or number <= before.number:
            self._find("misplaced", before.number)
            return
        self.last = ActLink(number, entry.digest)
        if number > before.number + 1:
            self._find("missing", before.number + 1, number - 1)
        elif entry.previous != before.digest:
            self._find("unlinked", number)
        if digest_of(entry) != entry.digest:
            self._find("changed", number)
        elif self.anchor is not None and self.anchor.number == number and self.anchor.digest != entry.digest:
            self._find("rewritten", number)

    def _find(self, flaw: Flaw, number: int, until: int | None = None) -> None:
        self.found += 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(ActFinding(flaw, number, number if until is None else until))
