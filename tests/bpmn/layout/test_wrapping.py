"""Long chains go on in rows beneath each other, where nothing but one flow leads on."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from bpmn import model as m
from bpmn.render.geometry import Box
from bpmn.render.svg import Point

LaidOut = Callable[[m.Definitions], Any]
OnBorder = Callable[[Point, Box], bool]
Make = Callable[..., m.Definitions]
SCREEN = 2500


def chain(count: int) -> list[str]:
    return [f"t{i} t{i + 1}" for i in range(count - 1)]


def test_sixty_tasks_stay_readable(process: Make, laid_out: LaidOut, on_border: OnBorder) -> None:
    found = laid_out(process(*chain(60)))
    assert max(box.right for box in found.boxes.values()) < SCREEN
    rows: dict[float, list[int]] = {}
    for i in range(60):
        rows.setdefault(found.boxes[f"t{i}"].cy, []).append(i)
    assert list(itertools.chain.from_iterable(rows[y] for y in sorted(rows))) == list(range(60))
    assert min(len(row) for row in rows.values()) * 2 > max(len(row) for row in rows.values())
    for one, other in itertools.combinations(found.boxes.values(), 2):
        assert not one.overlaps(other)
    for flow in chain(60):
        source, target = flow.split()
        way = found.ways[f"{source}_{target}"]
        assert on_border(way[0], found.boxes[source])
        assert on_border(way[-1], found.boxes[target])


def test_the_way_to_the_next_row_touches_nobody(process: Make, laid_out: LaidOut) -> None:
    found = laid_out(process(*chain(60)))
    for id, way in found.ways.items():
        for (ax, ay), (bx, by) in itertools.pairwise(way):
            for box in found.boxes.values():
                apart = max(ax, bx) <= box.x + 1 or min(ax, bx) >= box.right - 1
                assert apart or max(ay, by) <= box.y + 1 or min(ay, by) >= box.bottom - 1, id


def test_no_row_ends_within_branches_or_a_loop(process: Make, laid_out: LaidOut) -> None:
    ends = [m.ExclusiveGateway(id="g"), m.ExclusiveGateway(id="j")]
    inside = [*(f"a{i} a{i + 1}" for i in range(9)), *(f"b{i} b{i + 1}" for i in range(9))]
    flows = [*chain(12), "t11 g", "g a0", "g b0", *inside, "a9 j", "b9 j", "j g", "j z0", "z0 z1"]
    found = laid_out(process(*flows, more=ends))
    upper = {found.boxes[f"a{i}"].cy for i in range(10)}
    assert len(upper) == 1
    assert found.boxes["t0"].cy not in upper
    assert found.boxes["j"].x > found.boxes["a9"].right


def test_a_sub_process_wraps_too_and_a_name_at_the_break_is_shown(process: Make, laid_out: LaidOut) -> None:
    inside = process(*chain(40)).processes[0].flow_elements
    for each in inside:
        if isinstance(each, m.SequenceFlow):
            each.name = "then"
    found = laid_out(process("s e", more=[m.SubProcess(id="s", flow_elements=inside)]))
    assert found.boxes["s"].right < SCREEN
    assert all(found.boxes["s"].holds(found.boxes[f"t{i}"]) for i in range(40))
    assert all(found.boxes["s"].holds(found.labels[f"t{i}_t{i + 1}"]) for i in range(39))


@pytest.mark.parametrize("lanes", [True, False], ids=["lanes", "messages"])
def test_lanes_and_pools_that_get_messages_stay_one_row(process: Make, laid_out: LaidOut, *, lanes: bool) -> None:
    definitions = process(*chain(40))
    if lanes:
        every = [f"t{i}" for i in range(40)]
        definitions.processes[0].lane_sets = [m.LaneSet(lanes=[m.Lane(id="l", flow_node_refs=every)])]
    else:
        pools = [m.Participant(id="one", process_ref="p"), m.Participant(id="two")]
        flows = [m.MessageFlow(id="m", source_ref="t3", target_ref="two")]
        definitions.root_elements.append(m.Collaboration(id="c", participants=pools, message_flows=flows))
        definitions.changed()
    found = laid_out(definitions)
    assert len({found.boxes[f"t{i}"].cy for i in range(40)}) == 1
