"""Hostile inputs against the whole product: an engine with its portal on an empty database."""

from __future__ import annotations

import shutil
import socket
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Tests are imported by path, so a module beside them is found only when its folder is known.
sys.path.insert(0, str(Path(__file__).parent))

from attack_table import SECURITY, TABLE, attack_of, security_text, sender_of, table_text
from hostile import PASSWORD, Product, Traps
from scene import Scene

from engine.clock import VirtualClock
from engine.commands import CreateUser
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from webapp.app import create_app

PEOPLE = {
    "alice": (("Buyers",), ("deploy", "operate", "start", "work", "administer")),
    "carol": (("Buyers",), ("start", "work")),
    "bob": ((), ("work",)),
}


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with these people, to be copied: making passwords is slow on purpose."""
    path = tmp_path_factory.mktemp("attacks") / "people.db"
    engine = ProcessEngine(f"sqlite:///{path}", clock=VirtualClock())
    for user, (groups, permissions) in PEOPLE.items():
        engine.execute(CreateUser(user, PASSWORD, user.title(), permissions=permissions, groups=groups), SYSTEM)
    engine.close()
    return path


@pytest.fixture
def product(tmp_path: Path, peopled: Path, clock: VirtualClock) -> Iterator[Product]:
    shutil.copy(peopled, tmp_path / "product.db")
    engine = ProcessEngine(f"sqlite:///{tmp_path / 'product.db'}", clock=clock)
    yield Product(engine, create_app(engine))
    engine.close()


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[Traps]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        yield Traps(tmp_path, server)


@pytest.fixture
def model() -> Callable[..., bytes]:
    """A BPMN file around the elements of one executable process `p`."""

    def make(body: str) -> bytes:
        return (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
            f'<process id="p" isExecutable="true">{body}</process></definitions>'
        ).encode()

    return make


@pytest.fixture
def scene(product: Product, model: Callable[..., bytes]) -> Scene:
    return Scene(product, model)


_results: Counter[tuple[str, str]] = Counter()
_sent: dict[str, set[str]] = defaultdict(set)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-attacks", action="store_true", help="keep in the documents which attacks were held")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    attack = attack_of(item)
    if attack is not None and report.when == "call" and report.passed:
        _sent[attack].add(sender_of(item))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("--write-attacks", False) and not session.testsfailed:
        TABLE.write_text(table_text(_sent), encoding="utf-8")
        SECURITY.write_text(security_text(SECURITY.read_text(encoding="utf-8"), _sent), encoding="utf-8")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if "tests/attacks/" in report.nodeid and (report.when == "call" or report.skipped):
        subject = report.nodeid.split("::")[0].rpartition("test_")[2].removesuffix(".py")
        _results[subject, report.outcome] += 1


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What became of the attacks, by subject."""
    for subject in sorted({subject for subject, _ in _results}):
        counts = ", ".join(f"{count} {outcome}" for (of, outcome), count in sorted(_results.items()) if of == subject)
        terminalreporter.write_line(f"attacks by {subject}: {counts}")
