"""Looking back reads a history once, then what is new of it."""

from __future__ import annotations

import pytest
from bench import Bench, flows, process

from engine.commands import SetVariables
from engine.identity import SYSTEM
from engine.queries import InstancePast, tapes
from engine.queries.tapes import Tapes

WAITS = '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>' + flows("s", "t", "e")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the events that were read from the database."""
    numbers: list[int] = []
    inner = tapes.event_row

    def spy(row):
        numbers.append(row.number)
        return inner(row)

    monkeypatch.setattr(tapes, "event_row", spy)
    return numbers


def test_a_move_of_the_slider_reads_no_more_than_is_new(bench: Bench, read: list[int]) -> None:
    bench.deploy(process(WAITS))
    id = bench.start()
    kept = Tapes()
    first = bench.engine.query(InstancePast(id, 1, kept), SYSTEM)
    total = len(read)
    read.clear()
    again = bench.engine.query(InstancePast(id, 1, kept), SYSTEM)
    assert (again, read) == (first, [total])
    bench.engine.execute(SetVariables(id, {"a": 1}), SYSTEM)
    read.clear()
    last = bench.engine.query(InstancePast(id, None, kept), SYSTEM)
    assert dict(last.variables) == {"a": 1}
    assert read[0] == total
    assert last == bench.engine.query(InstancePast(id), SYSTEM)


def test_another_past_under_the_same_id_is_read_anew(bench: Bench) -> None:
    bench.deploy(process(WAITS))
    one, other = bench.start(), bench.start()
    kept = Tapes()
    with bench.engine.database.reading() as connection:
        kept._kept[one] = kept.of(connection, other)
        assert {row.instance_id for row in kept.of(connection, one).rows} == {one}


def test_few_histories_are_kept_and_none_that_is_long(bench: Bench) -> None:
    bench.deploy(process(WAITS))
    ids = [bench.start() for _ in range(3)]
    kept, short = Tapes(size=2), Tapes(longest=1)
    with bench.engine.database.reading() as connection:
        first = kept.of(connection, ids[0])
        assert kept.of(connection, ids[0]) is first
        for id in ids[1:]:
            kept.of(connection, id)
        assert kept.of(connection, ids[0]) is not first
        assert short.of(connection, ids[0]) is not short.of(connection, ids[0])
