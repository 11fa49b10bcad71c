"""Who wishes it is told by mail, through a real mail server: whom, of what, in their language, and not more."""

from __future__ import annotations

import email
import email.policy
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from engine.clock import VirtualClock
from engine.commands import (
    AddComment,
    AssignUserTask,
    ChangeProfile,
    ClaimUserTask,
    CompleteUserTask,
    DelegateUserTask,
    ExecuteJob,
    SetJobRetries,
    SetUser,
    StartProcess,
)
from engine.errors import Invalid
from engine.identity import SYSTEM, Actor
from engine.processengine import ProcessEngine
from engine.queries import JobList, TaskList
from engine.services import ServiceFailed
from engine.services.mail import Letter, MailServer, is_address
from engine.settings import Settings
from webapp.app import create_app
from webapp.cli import main
from webapp.letters import Letters
from webapp.settings import WebSettings

WORK = frozenset({"read", "work", "start", "operate"})
OTTO, CLARA, MAX = (Actor(name, frozenset({"Clerk"}), WORK) for name in ("otto", "clara", "max"))


class Mailbox:
    """What a mail server does with what it is handed: keep it, or answer as it was told to."""

    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answers: list[str] = []
        self.refused: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refused:
            return self.refused.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.recipients.append(envelope.rcpt_tos)
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


def free_port() -> int:
    """The controller looks whether it is there by its number, so that 0 will not do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def server(mailbox):
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def engine(peopled, tmp_path, server, clock):
    path = tmp_path / "mail.db"
    path.write_bytes(peopled.read_bytes())
    settings = Settings(smtp_url=server, mail_from="Procession <no-reply@example.org>")
    made = ProcessEngine(f"sqlite:///{path}", clock=clock, settings=settings)
    yield made
    made.close()


@pytest.fixture
def app(engine):
    return create_app(engine, WebSettings(url="https://portal.example.org/"))


@pytest.fixture
def task(app, engine, deploy):
    """A task of a case that has an amount; Clara wishes to be told of all."""
    deploy()
    wish = ChangeProfile(name="Clara Lee", email="clara@example.org", mail_mentions=True, mail_tasks=True)
    engine.execute(wish, CLARA)
    engine.execute(StartProcess("p", variables={"amount": "secret 4711"}, business_key="K-1"), SYSTEM)
    return engine.query(TaskList(), SYSTEM).rows[0].id


def test_who_is_given_a_task_is_told_where_it_is(engine, task, mailbox):
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    assert mailbox.messages == []
    engine.run_due()
    (message,) = mailbox.messages
    assert mailbox.recipients == [["clara@example.org"]]
    assert message["To"] == "Clara Lee <clara@example.org>"
    assert message["From"] == "Procession <no-reply@example.org>"
    assert message["Subject"].startswith("A task for you: ")
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert "Otto gave you a task." in text
    assert f"https://portal.example.org/tasks/{task}" in text.splitlines()
    assert "K-1" in text
    assert "4711" not in text
    assert engine.query(JobList(), SYSTEM).rows == ()


def test_who_is_mentioned_is_told_by_whom_and_not_what(engine, task, mailbox):
    engine.execute(AddComment(task, "Is this right, @clara and @max? The code is 4711."), OTTO)
    engine.run_due()
    (message,) = mailbox.messages
    assert "Otto mentioned you beside a task." in message.get_content()
    assert "4711" not in message.get_content()


def test_what_one_does_oneself_one_is_not_told(engine, task, mailbox):
    engine.execute(ClaimUserTask(task), CLARA)
    engine.execute(AssignUserTask(task, "clara"), CLARA)
    engine.execute(AddComment(task, "Note to @clara"), CLARA)
    assert engine.query(JobList(), SYSTEM).rows == ()


def test_only_who_wishes_it_is_told(engine, task, mailbox):
    engine.execute(DelegateUserTask(task, "max"), OTTO)
    engine.execute(SetUser("max", email="max@example.org"), SYSTEM)
    engine.execute(AssignUserTask(task, "max"), OTTO)
    engine.execute(ChangeProfile(mail_tasks=False), CLARA)
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    assert engine.query(JobList(), SYSTEM).rows == ()
    engine.run_due()
    assert mailbox.messages == []


def test_what_is_of_no_use_any_more_is_not_sent(engine, task, mailbox):
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    engine.execute(AssignUserTask(task, "max"), OTTO)
    engine.run_due()
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    engine.execute(CompleteUserTask(task), OTTO)
    engine.run_due()
    assert mailbox.messages == []
    assert engine.query(JobList(), SYSTEM).rows == ()


def test_a_german_reads_german(engine, task, mailbox):
    engine.execute(ChangeProfile(language="de"), CLARA)
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    engine.run_due()
    assert mailbox.messages[0]["Subject"].startswith("Eine Aufgabe für Sie: ")
    assert "Otto hat Ihnen eine Aufgabe gegeben." in mailbox.messages[0].get_content()


def test_a_server_that_is_busy_is_asked_again_with_the_same_letter(engine, task, mailbox, clock):
    mailbox.answers = ["451 Later, please", "451 Later, please"]
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    engine.run_due()
    (job,) = engine.query(JobList(), SYSTEM).rows
    assert "451 Later, please" in (job.error or "")
    for _ in range(2):
        clock.advance(timedelta(hours=1))
        engine.run_due()
    (message,) = mailbox.messages
    assert message["Message-ID"] == f"<{job.id}@example.org>"


def test_an_address_that_is_refused_for_good_is_left_to_operators(engine, task, mailbox, reader, clock):
    mailbox.refused = ["550 Nobody of that name"]
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    engine.run_due()
    (job,) = engine.query(JobList(), SYSTEM).rows
    assert (job.kind, job.retries) == ("mail", 0)
    assert "550 Nobody of that name" in job.error
    assert "Mail to people" in reader("otto").get("/jobs")
    engine.execute(SetJobRetries(job.id, 1), SYSTEM)
    clock.advance(timedelta(hours=1))
    engine.run_due()
    assert len(mailbox.messages) == 1


def test_a_server_without_mail_leaves_it_to_the_others(engine, task, mailbox):
    engine.execute(AssignUserTask(task, "clara"), OTTO)
    (job,) = engine.query(JobList(), SYSTEM).rows
    other = ProcessEngine(engine.database.url.render_as_string(), clock=engine.clock)
    other.run_due()
    other.execute(ExecuteJob(job.id), SYSTEM)
    (job,) = other.query(JobList(), SYSTEM).rows
    assert "There is no mail server here." in job.error
    other.close()
    assert mailbox.messages == []


def test_no_server_of_mail_and_nothing_is_kept_for_it(peopled, tmp_path, deploy):
    path = tmp_path / "plain.db"
    path.write_bytes(peopled.read_bytes())
    engine = ProcessEngine(f"sqlite:///{path}", clock=VirtualClock())
    app = create_app(engine)
    engine.execute(ChangeProfile(email="otto@example.org", mail_tasks=True), OTTO)
    assert engine.query(JobList(), SYSTEM).rows == ()
    assert "mail_tasks" not in app.test_client().get("/sign-in").get_data(as_text=True)
    engine.close()


def test_one_wishes_it_on_ones_account(reader, engine, task):
    max = reader("max")
    assert "when somebody mentions me" in max.get("/account")
    assert max.post("/account/profile", name="Max", email="", mail_tasks="yes").status_code == 422
    assert max.post("/account/profile", name="Max", email="a@b\r\nBcc: c@d.e").status_code == 422
    max.get("/account")
    max.follow(max.post("/account/profile", name="Max", email="max@example.org", mail_tasks="yes"))
    assert 'name="mail_tasks" value="yes" checked' in max.page
    assert 'name="mail_mentions" value="yes" checked' not in max.page


@pytest.mark.parametrize(
    "address",
    [
        "a@b.c\nCc: d@e.f",
        "a@b.c, d@e.f",
        "a b@c.d",
        "a",
        "@b.c",
        "a@",
        "<a@b.c>",
        "a@b.c\x00",
        "a\r@b.c",
        "ä@b.c",
        "a@b@c",
    ],
)
def test_what_is_no_address_is_refused(engine, address):
    assert not is_address(address)
    with pytest.raises(Invalid):
        engine.execute(ChangeProfile(email=address), CLARA)
    with pytest.raises(Invalid):
        engine.execute(SetUser("clara", email=address), SYSTEM)


@pytest.mark.parametrize(
    "name", ["Pay\r\nBcc: all@example.org", "Pay\nX: y", "Pay\x85Bcc: z", "\u2028Bcc: z", "ü" * 5000]
)
def test_no_name_becomes_a_header(app, engine, mailbox, deploy, model, name):
    written = name.replace("\r", "&#13;").replace("\n", "&#10;")
    body = f'<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><userTask id="t" name="{written}"/>'
    deploy(model(body))
    engine.execute(ChangeProfile(name="Clara", email="clara@example.org", mail_tasks=True), CLARA)
    engine.execute(StartProcess("p"), SYSTEM)
    engine.execute(AssignUserTask(engine.query(TaskList(), SYSTEM).rows[0].id, "clara"), OTTO)
    engine.run_due()
    (message,) = mailbox.messages
    assert mailbox.recipients == [["clara@example.org"]]
    assert message.keys().count("Bcc") == message.keys().count("X") == 0
    assert len(message["Subject"]) <= 200


def test_a_password_is_not_sent_in_the_open(engine, mailbox):
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=isinstance(data, LoginPassword) and data.password == b"p w"
        ),
        auth_require_tls=False,
    )
    controller.start()
    server = MailServer(f"smtp://me:p%20w@127.0.0.1:{controller.port}", "no-reply@example.org")
    letter = Letter("key", "a@b.c", "A", "S", "T", engine.clock.now())
    with pytest.raises(ServiceFailed, match="no encryption"):
        server.send(letter)
    controller.stop()
    with pytest.raises(ServiceFailed, match="cannot be reached"):
        server.send(letter)
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"PROCESSION_SMTP_URL": "mail.example.org"}, "PROCESSION_SMTP_URL is written like"),
        ({"PROCESSION_MAIL_FROM": "nobody"}, "PROCESSION_MAIL_FROM is written like"),
        ({"PROCESSION_URL": ""}, "PROCESSION_URL is where letters lead"),
    ],
)
def test_what_is_missing_is_said_at_the_start(monkeypatch, capsys, missing, said):
    given = {
        "PROCESSION_SMTP_URL": "smtp://localhost",
        "PROCESSION_MAIL_FROM": "no-reply@example.org",
        "PROCESSION_URL": "https://portal.example.org",
    }
    for name, value in (given | missing).items():
        monkeypatch.setenv(name, value)
    assert main(["serve", "--port", "1"]) == 1
    assert said in capsys.readouterr().err


def test_a_base_address_with_a_path_is_kept():
    assert Letters("https://example.org/portal/").base == "https://example.org/portal"
