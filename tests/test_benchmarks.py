"""The models that are measured with can be deployed: a benchmark that no longer runs measures nothing."""

import sys
from pathlib import Path

import pytest

from engine.commands import Deploy
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine

FOLDER = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(autouse=True)
def beside(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    yield
    for path in FOLDER.glob("*.py"):
        sys.modules.pop(path.stem, None)


def test_the_models_of_the_benchmarks_run():
    import fill
    import flat
    import server
    import web

    engine = ProcessEngine("sqlite://")
    models = {
        "loop": flat.LOOP.encode(),
        "wide": flat.WIDE.encode(),
        "wait": server.MODEL,
        "case-0": fill.model("case-0"),
        "long": fill.long_model(),
        "one": web.chain("one", 1),
    }
    for key, content in models.items():
        (deployed,) = engine.execute(Deploy({f"{key}.bpmn": content}), SYSTEM).processes
        assert (deployed.key, deployed.guided) == (key, False)
    engine.close()
