"""Who outside is told what happens: signed, tried again, and no address of our own network unless it is listed."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from engine.clock import VirtualClock
from engine.commands import ClaimUserTask, StartProcess
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import JobList, TaskList
from engine.settings import Settings


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *args) -> None:
        """Be quiet."""


@dataclass(frozen=True)
class StartsAndBreaks:
    permission = "start"

    def execute(self, uow) -> None:
        StartProcess("p").execute(uow)
        raise RuntimeError


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def allowed():
    return ("127.0.0.0/8",)


@pytest.fixture
def engine(peopled, tmp_path, allowed):
    path = tmp_path / "hooks.db"
    path.write_bytes(peopled.read_bytes())
    # A receiver compares the time of sending with its own, so here it is the machine's.
    made = ProcessEngine(
        f"sqlite:///{path}", clock=VirtualClock(datetime.now(UTC)), settings=Settings(private_addresses=allowed)
    )
    yield made
    made.close()


def listen(program, url, kinds=()):
    otto = program("otto")
    return otto.ok(otto.post("/webhooks", {"url": url, "kinds": list(kinds)}), 201)


def test_what_happens_is_told_and_the_receiver_knows_who_told_it(engine, program, deploy, receiver):
    deploy()
    hook = listen(program, receiver.url, ["instance-started", "task-claimed"])
    id = engine.execute(StartProcess("p", variables={"supplier": "secret"}), SYSTEM)
    task = engine.query(TaskList(), SYSTEM).rows[0].id
    engine.execute(ClaimUserTask(task), Actor("clara", frozenset({"Clerk"}), frozenset({"work"})))
    engine.run_due()
    assert len(receiver.got) == 2
    told = [Webhook(hook["secret"]).verify(body, headers) for headers, body in receiver.got]
    assert sorted(each["type"] for each in told) == ["instance.started", "task.claimed"]
    claimed = next(each for each in told if each["type"] == "task.claimed")
    assert claimed["data"]["task_id"] == task
    assert claimed["data"]["instance_id"] == id
    assert claimed["data"]["actor"] == "clara"
    assert "secret" not in json.dumps(told)
    with pytest.raises(WebhookVerificationError):
        Webhook(hook["secret"]).verify(receiver.got[0][1] + b" ", receiver.got[0][0])


def test_a_failed_try_is_repeated_under_the_same_id_until_it_arrives(engine, program, deploy, receiver):
    deploy()
    listen(program, receiver.url, ["instance-started"])
    receiver.answers = [500, 302]
    engine.execute(StartProcess("p"), SYSTEM)
    for _ in range(3):
        engine.run_due()
        engine.clock.advance(timedelta(minutes=2))
    assert len(receiver.got) == 3
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert engine.query(JobList(kind="webhook"), SYSTEM).rows == ()


def test_one_that_is_gone_is_not_asked_again(engine, program, deploy, receiver):
    deploy()
    listen(program, receiver.url, ["instance-started"])
    receiver.answers = [410]
    engine.execute(StartProcess("p"), SYSTEM)
    engine.run_due()
    engine.clock.advance(timedelta(days=1))
    engine.run_due()
    (job,) = engine.query(JobList(kind="webhook"), SYSTEM).rows
    assert (len(receiver.got), job.retries) == (1, 0)
    assert "410" in job.error


@pytest.mark.parametrize("allowed", [()])
def test_our_own_network_is_not_told_unless_it_is_listed(engine, program, deploy, receiver):
    deploy()
    listen(program, receiver.url, ["instance-started"])
    engine.execute(StartProcess("p"), SYSTEM)
    engine.run_due()
    (job,) = engine.query(JobList(kind="webhook"), SYSTEM).rows
    assert receiver.got == []
    assert "private" in job.error


def test_a_secret_is_replaced_without_a_message_that_cannot_be_checked(engine, program, deploy, receiver):
    deploy()
    old = listen(program, receiver.url, ["instance-started"])
    otto = program("otto")
    new = otto.ok(otto.post(f"/webhooks/{old['id']}/secret"))
    assert new["secret"] != old["secret"]
    engine.execute(StartProcess("p"), SYSTEM)
    engine.run_due()
    headers, body = receiver.got[-1]
    for each in (old, new):
        assert Webhook(each["secret"]).verify(body, headers)
    assert otto.send("DELETE", f"/webhooks/{old['id']}/secret/old").status_code == 204
    engine.execute(StartProcess("p"), SYSTEM)
    engine.run_due()
    headers, body = receiver.got[-1]
    assert Webhook(new["secret"]).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old["secret"]).verify(body, headers)


def test_one_that_was_taken_away_hears_nothing_more(engine, program, deploy, receiver):
    deploy()
    hook = listen(program, receiver.url)
    engine.execute(StartProcess("p"), SYSTEM)
    otto = program("otto")
    assert otto.send("DELETE", f"/webhooks/{hook['id']}").status_code == 204
    engine.run_due()
    assert receiver.got == []
    assert engine.query(JobList(kind="webhook"), SYSTEM).rows == ()


def test_what_is_undone_is_not_told(engine, program, deploy, receiver):
    deploy()
    listen(program, receiver.url)
    with pytest.raises(RuntimeError):
        engine.execute(StartsAndBreaks(), SYSTEM)
    engine.run_due()
    assert receiver.got == []


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "https://", "https://a:b@example.org/", "javascript:alert(1)", "https://[", "x"]
)
def test_what_is_no_address_is_refused(program, url):
    otto = program("otto")
    assert otto.post("/webhooks", {"url": url}).status_code == 400


def test_the_secret_is_told_once_and_only_to_administrators(program, receiver):
    hook = listen(program, receiver.url)
    otto = program("otto")
    assert hook["secret"] not in otto.get("/webhooks").get_data(as_text=True)
    assert program("mona").get("/webhooks").status_code == 403
