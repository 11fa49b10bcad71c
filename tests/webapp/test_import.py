"""Import: the verdict before anything is deployed, hostile files, and the file coming back as it was."""

from __future__ import annotations

import io
import re

import pytest

from engine.identity import SYSTEM
from engine.queries import DefinitionList


def send(reader, content: bytes, name: str = "purchase.bpmn"):
    reader.get("/import")
    return reader.post("/import", file=(io.BytesIO(content), name))


def test_the_verdict_comes_before_the_deployment(reader, engine, purchase):
    one = reader("mona")
    html = one.follow(send(one, purchase))
    assert "Runs." in html
    assert "Ask for it" in html
    assert "Written for Camunda 7" in html
    assert engine.query(DefinitionList(), SYSTEM).rows == ()


def test_deployed_it_can_be_started_at_once(reader, engine, purchase):
    one = reader("mona")
    response = send(one, purchase)
    one.follow(response)
    html = one.follow(one.post(response.headers["Location"] + "/deploy", mode="executable", then="start"))
    assert "Start Purchase" in html
    (definition,) = engine.query(DefinitionList(), SYSTEM).rows
    assert (definition.version, definition.guided, definition.deployed_by) == (1, False, "mona")


def test_the_same_file_again_is_said_so_and_nothing_doubled(reader, engine, purchase):
    one = reader("mona")
    for _ in range(2):
        response = send(one, purchase)
        one.follow(response)
        html = one.follow(one.post(response.headers["Location"] + "/deploy", mode="executable"))
    assert "Nothing has changed" in html
    assert len(engine.query(DefinitionList(key="p"), SYSTEM).rows) == 1


def test_it_is_judged_and_deployed_guided_when_the_reader_says_so(reader, engine, model):
    one = reader("mona")
    body = '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><task id="t" name="Think"/>'
    response = send(one, model(body, executable=True))
    address = response.headers["Location"]
    one.follow(response)
    html = one.get(address + "?mode=guided")
    assert "badge-guided" in html
    one.post(address + "/deploy", mode="guided")
    assert engine.query(DefinitionList(), SYSTEM).rows[0].guided


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe nonsense",
        b"<html><body>hello</body></html>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<definitions",
    ],
)
def test_whatever_the_bytes_there_is_an_answer(reader, content):
    one = reader("mona")
    html = one.follow(send(one, content, "x.bpmn"))
    assert "This file cannot be read" in html
    assert "root:" not in html


def test_a_file_that_contradicts_itself_is_refused_before_it_is_deployed(reader, model):
    one = reader("mona")
    html = one.follow(send(one, model('<task id="a" name="One"/><task id="a" name="Two"/>')))
    assert "This file cannot be deployed as it is" in html
    assert "used twice" in html
    assert "Deploy and start" not in html


ASKS = '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/><exclusiveGateway id="g" default="gone"/>'


def test_what_only_a_person_could_make_sense_of_is_offered_guided(reader, model):
    one = reader("mona")
    response = send(one, model(ASKS, executable=True))
    html = one.follow(response)
    assert "This file cannot be deployed as it is" in html
    assert "notice-amber" not in html, "what keeps it from being deployed is no mere warning"
    assert re.search('<a class="btn btn-primary" href="[^"]*mode=guided"', html)
    assert "Deploy and start" in one.get(response.headers["Location"] + "?mode=guided")


def test_nothing_is_drawn_where_nothing_is_to_be_seen(reader):
    empty = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"/>'
    one = reader("mona")
    html = one.follow(send(one, empty))
    assert "holds no process" in html
    assert 'class="diagram"' not in html


def test_no_file_is_asked_for_again(reader):
    one = reader("mona")
    one.get("/import")
    assert one.post("/import").status_code == 422


def test_a_file_that_is_too_large_is_refused_with_the_limit(reader):
    response = send(reader("mona"), b"x" * (1024 * 1024 + 1))
    assert response.status_code == 413
    assert "1 MB" in response.get_data(as_text=True)


def test_an_upload_is_its_senders_alone(reader, purchase):
    address = send(reader("mona"), purchase).headers["Location"]
    other = reader("otto")
    for part in ("", "/drawing", "/file"):
        assert other.status(address + part) == 404
    assert other.status("/import/..%2f..%2fetc%2fpasswd") == 404


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c.bpmn", "<img src=x>.bpmn", "x" * 5000, "\u202egpj.bpmn", "..."]
)
def test_a_files_name_is_a_text_and_nothing_else(reader, purchase, name):
    one = reader("mona")
    response = send(one, purchase, name)
    html = one.follow(response)
    assert "<img src=x>" not in html
    download = one.client.get(response.headers["Location"] + "/file")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert not set("/\\<\u202e") & set(download.headers["Content-Disposition"])
    assert len(download.headers["Content-Disposition"]) < 600
    assert "sandbox" in download.headers["Content-Security-Policy"]
    assert one.post(response.headers["Location"] + "/deploy", mode="executable").status_code in {303, 400}


def test_names_and_documentation_are_shown_as_text(reader, engine, model):
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
    body = (
        f"<documentation>{hostile}</documentation><startEvent id='s' name='{hostile}'/>"
        f"<sequenceFlow id='f' sourceRef='s' targetRef='t'/><task id='t' name='\"&gt;{hostile}'/>"
    )
    one = reader("otto")
    response = send(one, model(body, name=hostile, executable=False))
    pages = [one.follow(response)]
    pages.append(one.follow(one.post(response.headers["Location"] + "/deploy", mode="guided", then="start")))
    definition = engine.query(DefinitionList(), SYSTEM).rows[0].id
    pages.append(one.follow(one.post(f"/start/{definition}", business_key="<script>alert(2)</script>")))
    pages += [one.get(path) for path in ("/tasks", "/start", "/processes", "/processes/p", "/instances")]
    for html in pages:
        assert "<script>alert" not in html


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_the_file_comes_back_byte_by_byte_and_is_drawn_as_utf8(reader, engine, encoding, drawn):
    content = drawn(name="Prüfung", encoding=encoding)
    one = reader("mona")
    response = send(one, content, "Prüfung.bpmn")
    one.follow(response)
    one.post(response.headers["Location"] + "/deploy", mode="executable")
    definition = engine.query(DefinitionList(), SYSTEM).rows[0].id
    download = one.client.get(f"/definitions/{definition}/file")
    assert download.data == content
    assert download.headers["Content-Disposition"].startswith("attachment")
    drawing = one.client.get(f"/definitions/{definition}/drawing")
    assert "Prüfung" in drawing.data.decode("utf-8")
    assert drawing.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_what_needs_a_binding_is_bound_in_place(reader, model):
    body = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="pay"/>'
        '<serviceTask id="pay" name="Pay" camunda:class="org.acme.Pay"/>'
    )
    one = reader("mona")
    response = send(one, model(body))
    html = one.follow(response)
    assert "badge-runs_with_binding" in html
    address = response.headers["Location"]
    bound = one.post(address + "/bind", element="pay", kind="person", target="Accounting", mode="executable")
    html = one.follow(bound)
    assert "badge-runs_with_binding" not in html
    assert one.post(address + "/bind", element="pay", kind="http", target="file:///etc/passwd").status_code == 400
    assert one.post(address + "/bind", element="nothing", kind="person", target="x").status_code == 404
