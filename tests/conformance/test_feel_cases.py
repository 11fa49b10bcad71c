"""The FEEL expressions of the DMN TCK: how many give the value they should.

The cases lie beside the project and are only read. The count is a floor: it may rise, and falls never.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path

import pytest

from engine.expressions import ExpressionError

SUITE = Path(__file__).parents[3] / "shared" / "conformance"
# Cases with a value. Answering null to everything else is no art, and is not counted.
FLOOR = 1705

pytestmark = pytest.mark.skipif(not (SUITE / "feel_cases.jsonl").is_file(), reason="the TCK's cases are not here")


def loaded(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_cases_with_a_value(capsys, monkeypatch):
    monkeypatch.syspath_prepend(str(SUITE))
    values = importlib.import_module("tckvalues")
    adapter = loaded("feel_adapter", Path(__file__).with_name("feel_adapter.py"))
    right = total = 0
    for line in (SUITE / "feel_cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("error") or case["expected"] is None:
            continue
        total += 1
        context = values.from_json(case["context"])
        try:
            found = adapter.evaluate(case["expression"], context, typeRef=case.get("typeRef"))
            right += values.same(values.canon(values.from_json(case["expected"], True)), values.canon(found))
        except (ExpressionError, values.Bad):
            continue
    with capsys.disabled():
        print(f"\nFEEL: {right} of {total} TCK expressions give their value")
    assert right >= FLOOR
