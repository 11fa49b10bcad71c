"""Import of many files: judged in the background, deployed each by itself; archives are bounded and never believed."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.errors import Invalid
from engine.identity import SYSTEM
from engine.queries import Bindings, DefinitionList
from webapp.archive import unpack


def zipped(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in files:
            archive.writestr(name, each)
    return content.getvalue()


def send(one, *files: tuple[str, bytes]):
    one.get("/import")
    return one.post("/import", file=[(io.BytesIO(content), name) for name, content in files])


@pytest.fixture
def done(app):
    """Let the work that was begun be done; the address where it shows."""

    def wait(response):
        app.extensions["procession-batches"].run_waiting()
        return response.headers["Location"]

    return wait


@pytest.fixture
def three(purchase, model):
    task = '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><task id="t" name="Think"/>'
    drawing = model(task, id="q", name="Thinking", executable=False)
    return (("a.bpmn", purchase), ("b.bpmn", drawing), ("c.bpmn", b"<html/>"))


def test_many_files_are_judged_before_any_is_deployed(reader, engine, three, done):
    one = reader("mona")
    html = one.get(done(send(one, *three)))
    for text in ("a.bpmn", "b.bpmn", "c.bpmn", "Refused", "badge-guided", "New"):
        assert text in html
    assert engine.query(DefinitionList(), SYSTEM).rows == ()


def test_why_a_file_is_refused_is_said(reader, purchase, model, done):
    contradicts = model('<exclusiveGateway id="g" default="gone"/>', executable=True)
    one = reader("mona")
    html = one.get(done(send(one, ("a.bpmn", purchase), ("b.bpmn", contradicts))))
    assert "which is not in the file" in html
    assert "cannot be read" not in html


def test_the_marked_ones_are_deployed_and_said_to_be_here_afterwards(reader, engine, three, done):
    one = reader("mona")
    address = done(send(one, ("all.zip", zipped(*three))))
    html = one.get(address)
    marked = [part.split('"')[0] for part in html.split('name="upload" value="')[1:]]
    assert len(marked) == 2
    progress = one.get(done(one.post(address + "/deploy", upload=marked)))
    assert "Done: 2 of 2" in progress
    assert {row.key for row in engine.query(DefinitionList(), SYSTEM).rows} == {"p", "q"}
    again = one.get(done(send(one, *three)))
    assert again.count("The same, version 1") == 2
    one.post(done(send(one, *three)) + "/deploy", upload=marked)
    assert {row.version for row in engine.query(DefinitionList(), SYSTEM).rows} == {1}


def test_work_is_its_starters_alone(reader, three, done):
    address = done(send(reader("mona"), *three))
    assert reader("otto").status(address) == 404


def test_a_single_file_in_an_archive_goes_to_its_verdict(reader, purchase):
    one = reader("mona")
    html = one.follow(send(one, ("one.zip", zipped(("folder/purchase.bpmn", purchase)))))
    assert "Ask for it" in html


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no zip",
        zipped(("readme.txt", b"hello")),
        zipped(("bomb.bpmn", b"0" * (5 * 1024 * 1024))),
        zipped(("nested.zip", zipped(("a.bpmn", b"x")))),
    ],
    ids=["damaged", "without a model", "larger than it looks", "only another archive"],
)
def test_an_archive_that_is_no_use_is_refused_in_words(reader, content):
    response = send(reader("mona"), ("x.zip", content))
    assert response.status_code == 422
    assert "archive" in response.get_data(as_text=True)


def test_names_in_an_archive_are_texts_and_hidden_files_are_left_aside():
    unpacked = unpack(zipped(("../../etc/a.bpmn", b"1"), ("__MACOSX/b.bpmn", b"2"), (".c.xml", b"3")), 100)
    assert [name for name, _ in unpacked.files] == ["../../etc/a.bpmn"]
    assert unpacked.others == 2


def test_an_archive_of_too_many_files_is_refused():
    with pytest.raises(Invalid):
        unpack(zipped(*((f"{n}.bpmn", b"") for n in range(12))), 100, most_files=10)


def test_what_has_changed_is_told_by_element(reader, deploy, purchase):
    deploy()
    one = reader("mona")
    changed = purchase.replace(b'name="Approve it"', b'name="Approve them"')
    html = one.follow(send(one, ("purchase.bpmn", changed)))
    assert "This becomes version 2" in html
    assert "1 element is" in html
    assert "in name" in html
    same = one.follow(send(one, ("purchase.bpmn", purchase)))
    assert "This very file is here already" in same


def test_lanes_are_given_to_groups_before_the_file_is_deployed(reader, engine, purchase):
    one = reader("mona")
    response = send(one, ("purchase.bpmn", purchase))
    one.follow(response)
    lanes = {"process": ["p", "p"], "lane": ["Clerk", "Manager"], "groups": ["Clerk", "Leads, Board"]}
    html = one.follow(one.post(response.headers["Location"] + "/lanes", **lanes))
    assert "Manager → Leads, Board" in html
    bound = engine.query(Bindings("p"), SYSTEM)
    assert {subject: each.target for subject, each in bound.items()} == {"lane:Manager": "Leads, Board"}
    one.follow(one.post(response.headers["Location"] + "/lanes", **{**lanes, "groups": ["Clerk", ""]}))
    assert engine.query(Bindings("p"), SYSTEM) == {}
