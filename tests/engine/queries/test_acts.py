"""The record of what was done is a chain: whatever is changed, taken out, cut, added or written anew is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from bench import Bench, person
from sqlalchemy import text

from engine.commands import CreateGroup, SetGroup
from engine.errors import Conflict
from engine.persistence.act_chain import START, ActLink
from engine.queries import ActChain, ActList, acts
from engine.queries.acts import ChainState

ADMINISTRATOR = person("boss", may=frozenset({"read", "administer"}))


@dataclass(frozen=True)
class Record:
    """Nine acts, and somebody who writes into the database."""

    bench: Bench

    def sql(self, *statements: str, **values: Any) -> None:
        with self.bench.engine.database.writing() as connection:
            for statement in statements:
                connection.execute(text(statement), values)
            connection.commit()

    def look(self, anchor: ActLink | None = None) -> ChainState:
        return self.bench.ask(ActChain(anchor), ADMINISTRATOR)

    def findings(self, anchor: ActLink | None = None) -> list[tuple[str, int, int]]:
        return [(each.flaw, each.number, each.until) for each in self.look(anchor).findings]


@pytest.fixture
def record(bench: Bench) -> Record:
    for number in range(9):
        bench.do(CreateGroup(f"group {number}", permissions=("work",)), ADMINISTRATOR)
    return Record(bench)


def test_it_is_intact_as_it_was_written(record: Record) -> None:
    state = record.look()
    (newest, *_, oldest) = record.bench.ask(ActList(), ADMINISTRATOR).rows
    assert (state.intact, state.entries, state.found, state.findings) == (True, 9, 0, ())
    assert (newest.number, oldest.number) == (9, 1)
    assert state.last == ActLink(9, newest.digest)
    assert (state.intact_until, state.intact_at) == (9, newest.at)
    assert record.findings(anchor=state.last) == []
    record.bench.do(SetGroup("group 1", name="Another"), ADMINISTRATOR)
    assert record.look(anchor=state.last).intact


@pytest.mark.parametrize("at_once", [1, 3, 4, 8, 9, 10])
def test_a_long_record_is_read_piece_by_piece(record: Record, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", at_once)
    assert (record.look().intact, record.look().entries) == (True, 9)
    record.sql("DELETE FROM hi_act WHERE number IN (4, 5, 9)")
    assert record.findings() == [("missing", 4, 5), ("cut", 9, 9)]


def test_an_empty_record_is_intact(bench: Bench) -> None:
    state = bench.ask(ActChain(), ADMINISTRATOR)
    assert (state.intact, state.last, state.intact_at) == (True, ActLink(0, START), None)


@pytest.mark.parametrize(
    "change",
    ["actor = 'bob'", "actor = NULL", "subject = 'x'", "act = 'join'", "data = '{}'", "id = 'x'", "at = :at"],
)
def test_an_entry_that_was_changed_is_named(record: Record, change: str) -> None:
    at = "2020-01-01T00:00:00.000000Z"
    record.sql(f"UPDATE hi_act SET {change} WHERE number = 5", **({"at": at} if ":at" in change else {}))
    assert record.findings() == [("changed", 5, 5)]
    assert record.look().intact_until == 4


def test_what_is_taken_out_or_cut_is_named_beside_what_was_changed(record: Record) -> None:
    record.sql("UPDATE hi_act SET actor = 'bob' WHERE number = 5", "DELETE FROM hi_act WHERE number = 6")
    record.sql("DELETE FROM hi_act WHERE number = 9")
    assert record.findings() == [("changed", 5, 5), ("missing", 6, 6), ("cut", 9, 9)]


def test_one_who_moves_the_end_is_found_by_what_is_known_elsewhere(record: Record) -> None:
    known = record.look().last
    cut = "UPDATE hi_act_head SET number = 7, digest = (SELECT digest FROM hi_act WHERE number = 7)"
    record.sql("DELETE FROM hi_act WHERE number > 7", cut)
    assert record.findings() == []
    assert record.findings(anchor=known) == [("cut", 8, 9)]
    for number in range(3):
        record.bench.do(CreateGroup(f"more {number}"), ADMINISTRATOR)
    assert record.findings() == []
    assert record.findings(anchor=known) == [("rewritten", 9, 9)]


def test_an_entry_with_a_digest_of_its_own_does_not_lead_on(record: Record) -> None:
    record.sql("UPDATE hi_act SET actor = 'bob', digest = :digest WHERE number = 5", digest="f" * 64)
    assert record.findings() == [("changed", 5, 5), ("unlinked", 6, 6)]


def test_entries_that_change_places_are_both_named(record: Record) -> None:
    record.sql(*(f"UPDATE hi_act SET number = {to} WHERE number = {of}" for of, to in ((3, 99), (4, 3), (99, 4))))
    assert [number for _, number, _ in record.findings()] == [3, 3, 4, 4, 5]


def test_what_is_put_behind_the_end_and_an_end_that_is_gone(record: Record) -> None:
    copied = "id, 10, digest, digest, at, actor, act, subject, data"
    copy = copied.replace("id", "'x'", 1)
    record.sql(
        "INSERT INTO hi_act (id, number, previous, digest, at, actor, act, subject, data) "
        f"SELECT {copy} FROM hi_act WHERE number = 9"
    )
    assert record.findings() == [("changed", 10, 10), ("added", 10, 10)]
    record.sql("DELETE FROM hi_act_head", "DELETE FROM hi_act WHERE number = 10")
    assert record.findings() == [("headless", 9, 9)]
    record.bench.do(CreateGroup("later"), ADMINISTRATOR)
    assert record.look().last.number == 10


def test_a_number_that_is_none_is_said(record: Record) -> None:
    record.sql("UPDATE hi_act SET number = -5 WHERE number = 3")
    assert record.findings() == [("misplaced", 0, 0), ("missing", 3, 3)]


def test_many_who_write_at_once_make_one_chain(record: Record) -> None:
    engine = record.bench.engine

    def make(number: int) -> None:
        engine.execute(CreateGroup(f"at once {number}"), ADMINISTRATOR)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make, range(40)))
    state = record.look()
    assert (state.intact, state.entries, state.last.number) == (True, 49, 49)


def test_a_refused_command_leaves_no_gap(record: Record) -> None:
    with pytest.raises(Conflict):
        record.bench.do(CreateGroup("group 1"), ADMINISTRATOR)
    record.bench.do(CreateGroup("later"), ADMINISTRATOR)
    assert record.look().intact
