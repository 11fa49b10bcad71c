"""Comments, mentions and files beside a task; what is kept for a person alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bench import Bench, flows, process
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import (
    AddAttachment,
    AddComment,
    CreateGroup,
    CreateUser,
    DropDraft,
    KeepTaskFilter,
    RemoveAttachment,
    RemoveTaskFilter,
    SaveDraft,
)
from engine.commands.media_type import media_type
from engine.commands.talk_about_task import LARGEST_FILE, mentions, plain_name
from engine.errors import Forbidden, NotFound, Refusal, ValueTooLarge
from engine.identity import SYSTEM, Actor
from engine.queries import AttachmentContent, DraftOf, History, KeptFilters, TaskFacets, TaskList, TaskTalk

PERMISSIONS = frozenset({"read", "work", "start"})
ANN = Actor("ann", frozenset({"clerks"}), PERMISSIONS)
BEN = Actor("ben", frozenset({"clerks"}), PERMISSIONS)
EVE = Actor("eve", frozenset(), PERMISSIONS)
OFFERED = (
    '<startEvent id="s"/><userTask id="t" name="Look"><potentialOwner><resourceAssignmentExpression>'
    "<formalExpression>clerks</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>"
    '<endEvent id="e"/>'
)


@pytest.fixture
def task(bench: Bench) -> str:
    bench.do(CreateGroup("clerks"))
    for user in ("ann", "ben", "eve"):
        bench.do(CreateUser(user, "long enough"))
    bench.deploy(process(OFFERED + flows("s", "t", "e")))
    bench.start()
    (row,) = bench.tasks(ANN)
    return str(row.id)


def test_a_comment_is_read_by_those_whom_the_task_concerns(bench: Bench, task: str) -> None:
    bench.do(AddComment(task, "  The amount is odd. "), ANN)
    (comment,) = bench.ask(TaskTalk(task), BEN).comments
    assert (comment.author, comment.text, comment.task_name) == ("ann", "The amount is odd.", "Look")
    for stranger in (lambda: bench.ask(TaskTalk(task), EVE), lambda: bench.do(AddComment(task, "Hello"), EVE)):
        with pytest.raises(NotFound):
            stranger()


def test_who_is_mentioned_sees_the_task_and_may_answer_but_not_do_it(bench: Bench, task: str) -> None:
    assert bench.tasks(EVE) == []
    bench.do(AddComment(task, "What do you say, @eve? And @nobody?"), ANN)
    assert [row.id for row in bench.tasks(EVE)] == [task]
    assert [row.id for row in bench.tasks(EVE, view="mentioned")] == [task]
    assert bench.ask(TaskFacets(), EVE).mentioned.number == 1
    bench.clock.advance(timedelta(minutes=1))
    bench.do(AddComment(task, "Fine."), EVE)
    assert [each.author for each in bench.ask(TaskTalk(task), ANN).comments] == ["ann", "eve"]
    with pytest.raises(Refusal):
        bench.do(AddAttachment("no-1", "x", b"x"), EVE)


def test_the_same_comment_sent_twice_is_said_once(bench: Bench, task: str) -> None:
    first = bench.do(AddComment(task, "Once", idempotency_key="k"), ANN)
    assert bench.do(AddComment(task, "Once", idempotency_key="k"), ANN) == first
    assert len(bench.ask(TaskTalk(task), ANN).comments) == 1


def test_a_file_comes_back_as_it_was_to_those_it_concerns(bench: Bench, task: str) -> None:
    id = bench.do(AddAttachment(task, "C:\\letters\\Offer.pdf", b"%PDF-1.7 ..."), ANN)
    file = bench.ask(AttachmentContent(id), BEN)
    assert (file.name, file.media_type, file.content) == ("Offer.pdf", "application/pdf", b"%PDF-1.7 ...")
    with pytest.raises(NotFound):
        bench.ask(AttachmentContent(id), EVE)
    with pytest.raises(Forbidden):
        bench.do(RemoveAttachment(id), BEN)
    bench.do(RemoveAttachment(id), ANN)
    assert bench.ask(TaskTalk(task), ANN).attachments == ()
    kinds = [event.kind for event in bench.ask(History(task.split("-")[0]), SYSTEM).rows]
    assert kinds[-2:] == ["task-attached", "task-detached"]


def test_files_are_bounded(bench: Bench, task: str) -> None:
    with pytest.raises(ValueTooLarge):
        bench.do(AddAttachment(task, "large", b"x" * (LARGEST_FILE + 1)), ANN)
    with pytest.raises(Refusal):
        bench.do(AddAttachment(task, "empty", b""), ANN)


@pytest.mark.parametrize(
    ("content", "type"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nxx", "image/png"),
        (b"<script>alert(1)</script>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "text/plain"),
        ("Grüße".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"a" * 4095 + "ü".encode(), "text/plain"),
        (b"PK\x03\x04 word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, type: str) -> None:
    assert media_type(content) == type


def test_an_address_mentions_nobody() -> None:
    assert mentions("@ann, ask ben@example.org or @carl.k. (@ann)") == ["ann", "carl.k"]


@given(st.text())
def test_a_files_name_is_plain(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert not set(plain) & set("/\\\r\n\0")
    assert not plain.startswith(".")


def test_a_draft_is_its_writers_alone(bench: Bench, task: str) -> None:
    bench.do(SaveDraft(task, {"field.a": ["half"]}), ANN)
    bench.do(SaveDraft(task, {"field.a": ["half a word"]}), ANN)
    assert bench.ask(DraftOf(task), ANN).fields == {"field.a": ["half a word"]}
    assert bench.ask(DraftOf(task), BEN) is None
    bench.do(DropDraft(task), ANN)
    assert bench.ask(DraftOf(task), ANN) is None
    with pytest.raises(ValueTooLarge):
        bench.do(SaveDraft(task, {"field.a": ["x" * 300_000]}), ANN)


def test_a_list_is_kept_and_shared_with_a_group_of_ones_own(bench: Bench, task: str) -> None:
    own = bench.do(KeepTaskFilter("Large", "q=large"), ANN)
    bench.do(KeepTaskFilter("Ours", "sort=due", "clerks"), ANN)
    assert [each.name for each in bench.ask(KeptFilters(), ANN)] == ["Large", "Ours"]
    assert [(each.name, each.mine) for each in bench.ask(KeptFilters(), BEN)] == [("Ours", False)]
    assert bench.ask(KeptFilters(), EVE) == ()
    with pytest.raises(Forbidden):
        bench.do(KeepTaskFilter("Theirs", "", "clerks"), EVE)
    with pytest.raises(NotFound):
        bench.do(RemoveTaskFilter(own), BEN)
    bench.do(RemoveTaskFilter(own), ANN)
    assert [each.name for each in bench.ask(KeptFilters(), ANN)] == ["Ours"]


def test_tasks_are_found_by_what_their_case_holds(bench: Bench, task: str) -> None:
    bench.start(variables={"supplier": "Blume & Söhne", "amount": 1200})
    assert len(bench.ask(TaskList(search="söhne"), ANN).rows) == 1
    assert len(bench.ask(TaskList(variable=("amount", "1200")), ANN).rows) == 1
    assert len(bench.ask(TaskList(variable=("amount", "12")), ANN).rows) == 0
    assert bench.ask(TaskList(search="söhne"), EVE).rows == ()
