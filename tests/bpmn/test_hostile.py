"""No bytes raise anything, and no bytes cost more than their length."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bpmn
from bpmn.reading import read
from bpmn.xml.limits import Limits

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
TAIL = "</process></definitions>"


@given(st.binary(max_size=300))
def test_arbitrary_bytes(data):
    reading = bpmn.read(data)
    assert reading.definitions is not None or reading.problems


@given(
    st.binary(max_size=60),
    st.sampled_from([b"<?xml version='1.0'?>", b"<?xml encoding='utf-16'?>", b"\xff\xfe<\0", b"<a>", b"PK\x03\x04"]),
)
def test_arbitrary_bytes_after_a_promising_start(data, start):
    bpmn.read(start + data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_valid_file_with_some_bytes_changed(everything, data):
    changed = bytearray(everything)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(changed) - 1)))
        kind = data.draw(st.sampled_from(["set", "cut", "double", "end"]))
        if kind == "set":
            changed[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
        elif kind == "cut":
            del changed[at : at + data.draw(st.integers(1, 200))]
        elif kind == "double":
            changed[at:at] = changed[at : at + data.draw(st.integers(1, 200))]
        else:
            del changed[at + 1 :]
    reading = bpmn.read(bytes(changed))
    if reading.definitions is None:
        assert [problem for problem in reading.problems if problem.severity == "error" and problem.message]
    else:
        again = bpmn.read(bpmn.write(reading.definitions))
        assert again.definitions is not None


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE d>",
        '<!DOCTYPE d SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE d PUBLIC "-//X//Y" "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_any_doctype_is_refused(doctype, codec):
    reading = bpmn.read((doctype + HEAD + TAIL).encode(codec))
    assert reading.definitions is None
    (problem,) = reading.problems
    assert problem.code == "doctype"
    assert problem.line == 1
    assert "passwd" not in str(problem)


def test_deep_nesting_is_refused_by_name():
    for data in (HEAD + "<subProcess>" * 100_000, HEAD + "<x>" * 200_000 + "</x>" * 200_000 + TAIL):
        (problem,) = bpmn.read(data.encode()).problems
        assert problem.code == "too_big"
        assert "256 elements inside one another" in problem.message


def test_nesting_up_to_the_limit_is_read_and_written():
    deep = HEAD + "<subProcess>" * 250 + "</subProcess>" * 250 + TAIL
    definitions = bpmn.read(deep.encode()).definitions
    assert len(list(definitions.walk())) == 252
    assert bpmn.write(definitions).count(b"<subProcess") == 250


def test_every_limit_is_named():
    small = Limits(bytes=2_000, elements=10, depth=5, attributes=3)
    for inner, said in (
        ("<task/>" * 20, "10 elements"),
        ("<a><b><c><d/></c></b></a>", "5 elements inside one another"),
        ('<task a="1" b="2" c="3" d="4"/>', "3 attributes"),
        ("x" * 3_000, "bytes"),
    ):
        (problem,) = read((HEAD + inner + TAIL).encode(), limits=small).problems
        assert (problem.code, said in problem.message) == ("too_big", True)


def test_what_is_no_well_formed_xml_is_said_with_line_and_column():
    for inner, code, line in (
        ("\n<task>", "not_well_formed", 2),
        ("\n&nbsp;", "not_well_formed", 2),
        ("a & b", "not_well_formed", 1),
        ("&#0;", "not_well_formed", 1),
        ('\n\n<task id="a" id="b"/>', "not_well_formed", 3),
    ):
        (problem,) = bpmn.read((HEAD + inner + TAIL).encode()).problems
        assert (problem.severity, problem.code, problem.line) == ("error", code, line)
        assert "column" in problem.message


def test_a_file_cut_off_says_so(everything):
    for length in range(400, len(everything), 97):
        problems = bpmn.read(everything[:length]).problems
        assert problems[0].code in {"cut_off", "not_well_formed"}
        assert problems[0].line


@pytest.mark.parametrize(
    "make",
    [
        lambda n: HEAD + "<!--" + "x" * 40 * n + "-->" + TAIL,
        lambda n: HEAD + "<documentation>" + "a<!---->" * n + "</documentation>" + TAIL,
        lambda n: HEAD + "<documentation>" + "&#10;" * n + "</documentation>" + TAIL,
        lambda n: HEAD + "".join(f'<task id="t{i}"/>' for i in range(n)) + TAIL,
        lambda n: HEAD + '<task id="t"/>' * n + TAIL,
        lambda n: (
            HEAD + "".join(f'<sequenceFlow id="f{i}" sourceRef="x{i}" targetRef="y{i}"/>' for i in range(n)) + TAIL
        ),
        lambda n: HEAD + "<laneSet>" + "<lane><flowNodeRef>t</flowNodeRef></lane>" * n + "</laneSet>" + TAIL,
        lambda n: (
            HEAD
            + "<extensionElements>"
            + "".join(f'<a xmlns:n{i}="u"/>' for i in range(n))
            + "</extensionElements>"
            + TAIL
        ),
        lambda n: HEAD + "<task><outgoing/>" + "<outgoing>f</outgoing>" * n + "</task>" + TAIL,
    ],
)
def test_cost_is_linear(make):
    """Four times the file takes four times as long, with room for a busy machine."""

    def cost(n: int) -> float:
        data = make(n).encode()
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            definitions = bpmn.read(data).definitions
            bpmn.write(definitions)
            best = min(best, time.process_time() - start)
        return best

    assert cost(12_000) < 12 * cost(3_000) + 0.05


def test_problems_are_bounded():
    reading = bpmn.read((HEAD + '<task id="a"/>' * 5_000 + "<odd:x/>" + "<magic/>" * 5_000 + TAIL).encode())
    assert len(reading.problems) < 3_000


def test_the_hostile_and_the_honest_files(shared):
    """Refused where it must be refused when read; an honest file is not."""
    folder = shared("attacks")
    for case in json.loads((folder / "manifest.json").read_text()):
        if case["kind"] != "xml" or case["verdict"] == "either":
            continue
        reading = bpmn.read((folder / case["file"]).read_bytes())
        refused = reading.definitions is None or bool(reading.refusals(guided=False))
        assert refused == (case["verdict"] == "reject_deploy"), case["name"]
        assert not any(str(folder) in str(problem) for problem in reading.problems)
