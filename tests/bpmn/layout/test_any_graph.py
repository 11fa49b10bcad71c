"""Layout of graphs that nobody thought of, of very large ones, and of every real file there is."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bpmn
from bpmn import model as m

# What a laptop does in a few seconds; the bound is for machines that do other things as well.
PATIENCE = 60.0
NODES = 10_000

LaidOut = Callable[[m.Definitions], Any]
KINDS = (m.Task, m.ExclusiveGateway, m.IntermediateCatchEvent, m.SubProcess)


@st.composite
def graphs(draw: st.DrawFn) -> m.Definitions:
    count = draw(st.integers(1, 14))
    nodes: list[m.FlowNode] = [draw(st.sampled_from(KINDS))(id=f"n{i}", name="A name") for i in range(count)]
    for i in range(draw(st.integers(0, 4))):
        nodes.append(m.BoundaryEvent(id=f"b{i}", attached_to_ref=f"n{draw(st.integers(0, count - 1))}", name="late"))
    ids = st.sampled_from([each.id for each in nodes])
    ends = draw(st.lists(st.tuples(ids, ids), max_size=30))
    flows = [m.SequenceFlow(id=f"f{i}", source_ref=a, target_ref=b, name="so") for i, (a, b) in enumerate(ends)]
    lanes = draw(st.integers(0, 3))
    process = m.Process(id="p", flow_elements=[*nodes, *flows])
    if lanes:
        refs: list[list[str]] = [[] for _ in range(lanes)]
        for node in nodes:
            refs[draw(st.integers(0, lanes - 1))].append(node.id or "")
        process.lane_sets = [m.LaneSet(lanes=[m.Lane(id=f"l{i}", flow_node_refs=each) for i, each in enumerate(refs)])]
    return m.Definitions(id="d", root_elements=[process])


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_nodes_never_overlap_and_every_flow_is_drawn(laid_out: LaidOut, definitions: m.Definitions) -> None:
    found = laid_out(definitions)
    nodes = {each.id: each for each in definitions.of(m.FlowNode)}
    hanging = {
        each.id
        for each in nodes.values()
        if isinstance(each, m.BoundaryEvent) and isinstance(nodes[each.attached_to_ref], m.Activity)
    }
    boxes = {id: box for id, box in found.boxes.items() if id in nodes and id not in hanging}
    assert boxes.keys() | hanging == nodes.keys()
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.overlaps(b), f"{one} and {other}"
    assert {each.id for each in definitions.of(m.SequenceFlow)} == found.ways.keys()


def _tasks(edges: list[tuple[int, int]]) -> m.Definitions:
    elements: list[m.FlowElement] = [m.Task(id=f"n{i}") for i in range(NODES)]
    elements += [m.SequenceFlow(id=f"f{k}", source_ref=f"n{a}", target_ref=f"n{b}") for k, (a, b) in enumerate(edges)]
    return m.Definitions(id="d", root_elements=[m.Process(id="p", flow_elements=elements)])


LARGE: dict[str, list[tuple[int, int]]] = {
    "a chain": [(i, i + 1) for i in range(NODES - 1)],
    "a fan": [(0, i) for i in range(1, NODES)],
    "a tree": [((i - 1) // 2, i) for i in range(1, NODES)],
    "loops in loops": [*((i, i + 1) for i in range(NODES - 1)), *((NODES - 1 - i, i) for i in range(NODES // 2))],
    "anything to anything": [(i * 7919 % NODES, i * 104729 % NODES) for i in range(15_000)],
}


@pytest.mark.parametrize("shape", LARGE)
def test_ten_thousand_nodes_take_seconds(laid_out: LaidOut, shape: str) -> None:
    definitions = _tasks(LARGE[shape])
    start = time.monotonic()
    found = laid_out(definitions)
    assert time.monotonic() - start < PATIENCE
    assert len(found.boxes) == NODES


def test_depth_is_no_matter(laid_out: LaidOut) -> None:
    process = m.Process(id="p")
    container: m.Process | m.SubProcess = process
    for i in range(1500):
        inside = m.SubProcess(id=f"s{i}")
        container.flow_elements = [inside]
        container = inside
    container.flow_elements = [m.Task(id="t")]
    assert len(laid_out(m.Definitions(id="d", root_elements=[process])).boxes) == 1501


def test_flows_to_nowhere_and_out_of_a_sub_process(laid_out: LaidOut) -> None:
    inner = m.SubProcess(id="s", flow_elements=[m.Task(id="t")])
    flows = [
        m.SequenceFlow(id="gone", source_ref="a", target_ref="missing"),
        m.SequenceFlow(id="out", source_ref="t", target_ref="a"),
        m.SequenceFlow(id="nothing"),
    ]
    lost = m.BoundaryEvent(id="b", attached_to_ref="missing")
    process = m.Process(id="p", flow_elements=[m.Task(id="a"), inner, lost, *flows])
    found = laid_out(m.Definitions(id="d", root_elements=[process]))
    assert {"a", "s", "t", "b"} == found.boxes.keys()
    assert found.ways.keys() == {"out"}


def test_every_real_file_is_laid_out(laid_out: LaidOut, shared: Callable[[str], Path]) -> None:
    files = sorted(each for each in shared("conformance").rglob("*.bpmn*") if each.is_file())
    count = 0
    for path in files[::3]:
        definitions = bpmn.read(path.read_bytes(), path.name).definitions
        if definitions is None or not any(each.flow_elements and each.id for each in definitions.processes):
            continue
        found = laid_out(replace(definitions, diagrams=[]))
        assert found.boxes, path
        count += 1
    assert count > 100
