"""Reads, judges and writes every file of a folder, and models made up to size: counts, times, what is not identical.

python benchmarks/read.py [FOLDER]
"""

from __future__ import annotations

import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import bpmn
from engine.compiler import judge

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="made">'
    '<process id="p" isExecutable="true"><startEvent id="t0"/>'
)


def made(elements: int) -> bytes:
    """A chain of tasks with so many XML elements."""
    parts = [HEAD]
    for number in range(1, (elements - 3) // 4 + 1):
        parts.append(f'<task id="t{number}" name="Task {number}"><incoming>f{number}</incoming>')
        parts.append(f"<outgoing>f{number + 1}</outgoing></task>\n")
        parts.append(f'<sequenceFlow id="f{number}" sourceRef="t{number - 1}" targetRef="t{number}"/>\n')
    parts.append("</process></definitions>")
    return "".join(parts).encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith((".bpmn", ".bpmn2", ".bpmn20.xml")):
            yield str(path.relative_to(folder)), path.read_bytes()


def seconds(data: bytes) -> tuple[float, bpmn.Reading]:
    start = time.perf_counter()
    reading = bpmn.read(data)
    return time.perf_counter() - start, reading


def judging(reading: bpmn.Reading) -> float:
    """Seconds that the verdict takes besides reading."""
    start = time.perf_counter()
    if reading.definitions is not None:
        judge(reading.definitions)
    return time.perf_counter() - start


def same(data: bytes, written: bytes) -> str:
    """Empty if both are the same after canonicalisation, comments included; else why not."""
    try:
        before = ET.canonicalize(data, with_comments=True)
    except (ET.ParseError, ValueError) as error:
        return f"cannot be canonicalised as it came: {error}"
    return "" if before == ET.canonicalize(written, with_comments=True) else "differs"


def measure_folder(folder: Path) -> None:
    times: list[float] = []
    ratios: list[float] = []
    read = identical = problems = 0
    reasons: list[str] = []
    for name, data in files(folder):
        spent, reading = seconds(data)
        times.append(spent)
        if reading.definitions is None:
            reasons.append(f"{name}: {reading.problems[0]}")
            continue
        read += 1
        problems += len(reading.problems)
        ratios.append(1 + judging(reading) / spent)
        reason = same(data, bpmn.write(reading.definitions))
        identical += not reason
        if reason:
            reasons.append(f"{name}: {reason}")
    times.sort()
    print(f"files {len(times)}   read {read}   identical {identical}   problems {problems}")
    if times:
        print(f"median {times[len(times) // 2] * 1000:.2f} ms   p95 {times[int(len(times) * 0.95)] * 1000:.2f} ms")
        print(f"slowest {times[-1] * 1000:.1f} ms")
        ratios.sort()
        print(f"reading and verdict: {ratios[len(ratios) // 2]:.1f} times reading at the median")
    for reason in reasons:
        print(f"  {reason}")


def measure_growth() -> None:
    print("elements      read ms   us/element   verdict ms")
    for elements in (10_000, 20_000, 40_000):
        data = made(elements)
        best = min(seconds(data)[0] for _ in range(3))
        judged = min(judging(seconds(data)[1]) for _ in range(3))
        print(f"{elements:8,}   {best * 1000:10.1f}   {best / elements * 1e6:10.2f}   {judged * 1000:10.1f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure_folder(Path(sys.argv[1]))
    measure_growth()
