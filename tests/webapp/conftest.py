"""The portal without a browser: a client that signs in and sends forms as pages have them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.clock import VirtualClock
from engine.commands import CreateUser, Deploy
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from webapp.app import create_app
from webapp.settings import WebSettings

PASSWORD = "long enough"
PEOPLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clara": (("Clerk",), ("start", "work")),
    "carl": (("Clerk",), ("start", "work")),
    "max": (("Manager",), ("start", "work")),
    "mona": ((), ("deploy", "start", "work")),
    "otto": ((), ("deploy", "operate", "start", "work", "administer")),
}


ENGLISH = re.compile(
    r"\b(the|and|of|is|are|not|no|with|this|that|which|you|your|it|its|has|have|been|there|from|here|for|by|nothing|"
    r"nobody|who|what|when|does|ago|search|complete|save|open|done|ask|asks|run|runs|will not|needs?)\b",
    re.IGNORECASE,
)
# What is no text of the portal: scripts, what models and people wrote, and keys of a keyboard.
NOT_SAID = re.compile(r"<(script|style|code|pre|kbd|textarea|option)\b.*?</\1>|<svg.*?</svg>", re.DOTALL)
SAID_IN = re.compile(r'\b(?:title|alt|placeholder|aria-label|data-confirm|data-label)="([^"]*)"')


@pytest.fixture
def english() -> Callable[[str], list[str]]:
    """The texts of a page in another language that have an English word in them."""

    def left(page: str) -> list[str]:
        page = NOT_SAID.sub("", page)
        texts = [*SAID_IN.findall(page), *re.sub(r"<[^>]*>", "\n", page).split("\n")]
        return [unescape(text).strip() for text in texts if ENGLISH.search(unescape(text))]

    return left


class Reader:
    """A person at the portal. `post` takes the hidden fields from the page that was looked at last."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""

    def sign_in(self, user: str, password: str = PASSWORD, next: str | None = None) -> TestResponse:
        self.get("/sign-in")
        return self.post("/sign-in", user=user, password=password, **({"next": next} if next else {}))

    def get(self, path: str, **options: Any) -> str:
        response = self.client.get(path, **options)
        assert response.status_code == 200, (response.status_code, path)
        self.page = response.get_data(as_text=True)
        return self.page

    def status(self, path: str) -> int:
        return self.client.get(path).status_code

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found.group(1)) if found else ""

    def post(self, path: str, **fields: Any) -> TestResponse:
        data = {"csrf": self.hidden("csrf"), "once": self.hidden("once"), **fields}
        return self.client.post(path, data=data, content_type="multipart/form-data")

    def follow(self, response: TestResponse) -> str:
        assert response.status_code == 303, response.get_data(as_text=True)
        return self.get(response.headers["Location"])


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the people of `PEOPLE`, to be copied: making passwords is slow on purpose."""
    path = tmp_path_factory.mktemp("portal") / "people.db"
    engine = ProcessEngine(f"sqlite:///{path}", clock=VirtualClock())
    for user, (groups, permissions) in PEOPLE.items():
        engine.execute(CreateUser(user, PASSWORD, user.title(), permissions=permissions, groups=groups), SYSTEM)
    engine.close()
    return path


@pytest.fixture
def engine(tmp_path: Path, peopled: Path, clock: VirtualClock) -> Iterator[ProcessEngine]:
    """An engine whose jobs run when a test says so."""
    path = tmp_path / "portal.db"
    shutil.copy(peopled, path)
    made = ProcessEngine(f"sqlite:///{path}", clock=clock)
    yield made
    made.close()


@pytest.fixture
def app(engine: ProcessEngine) -> Flask:
    return create_app(engine, WebSettings(upload_limit=1024 * 1024))


@pytest.fixture
def reader(app: Flask) -> Callable[..., Reader]:
    """`reader("clara")` is Clara, signed in; `reader()` somebody who is not."""

    def make(user: str | None = None) -> Reader:
        one = Reader(app.test_client())
        if user is not None:
            assert one.sign_in(user).status_code == 303
        return one

    return make


def model(body: str, *, id: str = "p", name: str = "Purchase", executable: bool = True, more: str = "") -> bytes:
    """A BPMN file around the elements of one process."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'id="d" targetNamespace="https://example.org/t" expressionLanguage="python">{more}'
        f'<process id="{id}" name="{name}" isExecutable="{str(executable).lower()}">{body}</process></definitions>'
    ).encode()


def flow(source: str, target: str, inside: str = "", name: str = "") -> str:
    return (
        f'<sequenceFlow id="{source}-{target}" name="{name}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )


LANES = (
    '<laneSet id="ls"><lane id="l1" name="Clerk"><flowNodeRef>s</flowNodeRef><flowNodeRef>ask</flowNodeRef></lane>'
    '<lane id="l2" name="Manager"><flowNodeRef>approve</flowNodeRef><flowNodeRef>e</flowNodeRef></lane></laneSet>'
)
FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="supplier" label="Supplier" type="string">'
    '<camunda:validation><camunda:constraint name="required"/></camunda:validation></camunda:formField>'
    '<camunda:formField id="amount" label="Amount" type="double"/>'
    '<camunda:formField id="urgent" label="Urgent" type="boolean"/>'
    "</camunda:formData></extensionElements>"
)
PURCHASE = model(
    LANES
    + '<startEvent id="s"/>'
    + flow("s", "ask")
    + f'<userTask id="ask" name="Ask for it" camunda:candidateGroups="Clerk">{FORM}</userTask>'
    + flow("ask", "approve")
    + '<userTask id="approve" name="Approve it" camunda:candidateGroups="Manager">'
    + "<documentation>Look at the amount.</documentation></userTask>"
    + flow("approve", "e")
    + '<endEvent id="e" name="Settled"/>'
)


@pytest.fixture
def deploy(engine: ProcessEngine) -> Callable[..., str]:
    """Deploy a file, the purchase if none is named; the id of its (first) definition."""

    def make(content: bytes = PURCHASE, name: str = "purchase.bpmn", guided: bool | None = None) -> str:
        return engine.execute(Deploy({name: content}, guided=guided), SYSTEM).processes[0].definition_id

    return make


@pytest.fixture(name="model")
def model_fixture() -> Callable[..., bytes]:
    return model


@pytest.fixture
def purchase() -> bytes:
    return PURCHASE


@pytest.fixture
def drawn() -> Callable[..., bytes]:
    """A process of one task that somebody drew, in the encoding that is asked for."""

    def make(*, name: str, encoding: str) -> bytes:
        di = "http://www.omg.org/spec/BPMN/20100524/DI"
        bounds = '<Bounds xmlns="http://www.omg.org/spec/DD/20100524/DC" x="10" y="10" width="100" height="80"/>'
        text = (
            f'<?xml version="1.0" encoding="{encoding}"?>'
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://example.org/t">'
            f'<process id="p" isExecutable="true"><userTask id="t" name="{name}"/></process>'
            f'<d:BPMNDiagram xmlns:d="{di}"><d:BPMNPlane bpmnElement="p"><d:BPMNShape bpmnElement="t">'
            f"{bounds}</d:BPMNShape></d:BPMNPlane></d:BPMNDiagram></definitions>"
        )
        return text.encode(encoding)

    return make
