"""`play(model)` runs the model beside the test, as tests/engine/playing.py says.

Tests here name the constructs that they prove; `make supported` keeps those that passed in engine/compiler/backed.py.
"""

from __future__ import annotations

import runpy
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

PLAYING = runpy.run_path(str(Path(__file__).parents[1] / "playing.py"))


@pytest.fixture
def play(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`play("user_task.bpmn")`: the file beside the test; or XML of what stands inside `definitions`."""
    return partial(PLAYING["read_play"], folder=Path(request.path).parent)


# -- which constructs are proven ------------------------------------------------------------------------------------

ROOT = Path(__file__).parents[3]
BACKED = ROOT / "engine" / "compiler" / "backed.py"
TABLE = ROOT / "docs" / "supported.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- constructs -->\n", "<!-- /constructs -->\n"


class Proof:
    """The tests of each construct that passed; a construct of which one failed is not proven."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = defaultdict(set)
        self.failed: set[str] = set()
        self.partial = False

    def table(self) -> dict[str, list[str]]:
        return {name: sorted(self.passed[name]) for name in sorted(self.passed.keys() - self.failed)}


PROOF = pytest.StashKey[Proof]()


def proof_of(config: pytest.Config) -> Proof:
    return config.stash.setdefault(PROOF, Proof())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-supported", action="store_true", help="keep in the project which constructs are proven")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    proof = proof_of(item.config)
    for mark in item.iter_markers("construct"):
        if report.failed or report.skipped:
            proof.failed.update(mark.args)
        elif report.when == "call":
            for name in mark.args:
                proof.passed[name].add(f"{item.path.name}::{getattr(item, 'originalname', item.name)}")
    return report


def pytest_deselected(items: Iterable[pytest.Item]) -> None:
    for item in items:
        proof_of(item.config).partial = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is proven is known when all has run."""
    items.sort(key=lambda item: "proof" in getattr(item, "fixturenames", ()))


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proof:
    """What all tests of this folder have proven."""
    config = request.config
    here = {item.path for item in request.session.items}
    everything = all(path in here for path in Path(__file__).parent.glob("test_*.py"))
    found = proof_of(config)
    if found.partial or not everything or any("::" in arg for arg in config.args) or hasattr(config, "workerinput"):
        pytest.skip("only some of the tests of elements have run here")
    if config.getoption("--write-supported", False) and not request.session.testsfailed:
        BACKED.write_text(backed_text(found.table()), encoding="utf-8")
        TABLE.write_text(table_text(found.table()), encoding="utf-8")
        README.write_text(readme_text(README.read_text(encoding="utf-8"), found.table()), encoding="utf-8")
    return found


@pytest.fixture
def readme() -> tuple[str, Callable[[str, dict[str, list[str]]], str]]:
    """The README, and how its table is made."""
    return README.read_text(encoding="utf-8"), readme_text


def backed_text(table: dict[str, list[str]]) -> str:
    names = "".join(f'        "{name}",\n' for name in table)
    return (
        '"""The constructs that an executed test backs. Written by the tests: change it with `make supported`."""\n\n'
        f"from __future__ import annotations\n\nBACKED: frozenset[str] = frozenset(\n    {{\n{names}    }}\n)\n"
    )


def table_text(table: dict[str, list[str]]) -> str:
    head = [
        "# What runs",
        "",
        "A verdict says *runs* of these constructs only. Each is backed by tests that have passed, with the diagram",
        "beside them. `make supported` writes this.",
        "",
        "| construct | tests |",
        "|---|---|",
    ]
    return "\n".join([*head, *(f"| `{name}` | {', '.join(map(link, tests))} |" for name, tests in table.items()), ""])


def readme_text(readme: str, table: dict[str, list[str]]) -> str:
    """The README with its table of elements made anew: each with the kinds of it that are proven."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for construct in table:
        element, _, kind = construct.partition("/")
        kinds[element].append(kind or "plain")
    rows = "".join(f"| `{element}` | {', '.join(of)} |\n" for element, of in sorted(kinds.items()))
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}| element | proven |\n|---|---|\n{rows}{END}{after}"


def link(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../tests/engine/elements/{file})"
