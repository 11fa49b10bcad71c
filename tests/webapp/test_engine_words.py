"""What the engine says, in the reader's language: each sentence with its values, pages as a whole."""

from __future__ import annotations

import io
import re
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import CancelInstance, StartProcess
from engine.identity import SYSTEM
from engine.queries import IncidentList, TaskList
from webapp.engine_pieces import OWN_PIECES, VALUE_KINDS
from webapp.engine_words import told, told_verdict
from webapp.language import catalogue, engine_sentences
from webapp.sentence_patterns import HOLE

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from engine_sentences import sentences  # noqa: E402

GERMAN = {"Accept-Language": "de"}
SENTENCES = sorted({text for text, _path in sentences()})
# As a person's name or the id of an element is: it says no words.
NAMES = st.text(st.sampled_from("abcxyzÄß_079"), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def german():
    with Flask(__name__).test_request_context(headers=GERMAN):
        yield


def values_of(sentence: str, draw) -> dict[str, str]:
    kinds = st.sampled_from(VALUE_KINDS)
    return {name: draw(kinds if name.endswith("_kind") else NAMES) for name in dict.fromkeys(HOLE.findall(sentence))}


def same_words(text: str) -> str:
    return text.casefold().replace("“", "„").replace("”", "“")


@given(st.data())
def test_each_sentence_is_said_in_german_with_its_values(german, data):
    sentence = data.draw(st.sampled_from(SENTENCES))
    values = values_of(sentence, data.draw)
    text = sentence % values if values else sentence
    in_german = engine_sentences("de")[sentence]
    said = {name: catalogue("de").gettext(value) if value in VALUE_KINDS else value for name, value in values.items()}
    assert same_words(told(text)) == same_words(in_german % said if values else in_german)


@given(st.sampled_from(SENTENCES), st.text(max_size=300), st.integers(0, 20))
def test_no_text_breaks_it(german, sentence, text, times):
    values = dict.fromkeys(HOLE.findall(sentence), text)
    for said in (text, f"{text}: {text}. {text}", (sentence % values if values else sentence) * times):
        assert isinstance(told(said), str)
        assert isinstance(told_verdict(said), str)


@pytest.mark.parametrize("piece", [" of ", ": ", ". ", "“", " names x, which is no name. ", "a whole number and "])
def test_hostile_text_is_read_in_no_time(german, piece):
    begun = time.perf_counter()
    told(piece * (4_000 // len(piece)))
    told(f"There is no such task. {piece * 700}")
    assert time.perf_counter() - begun < 0.5


def test_what_nobody_knows_stays_as_it_is(german):
    for text in ("Nobody ever said this.", "The bank is closed: no money.", "", "100 %", "%(name)s"):
        assert told(text) == text


@pytest.mark.parametrize(
    ("english", "wanted"),
    [
        ("max has taken this task.", "max hat diese Aufgabe übernommen."),
        ("A date and time and a text do not go together in '+'.", "Datum mit Uhrzeit und ein Text passen bei '+'"),
        ("order.bpmn: line 3: The file is empty.", "order.bpmn: Zeile 3: Die Datei ist leer."),
        ("The file is a PDF, no BPMN 2.0 XML.", "Die Datei ist ein PDF, kein BPMN-2.0-XML."),
        (
            "A person decides: “x > ”: The expression ends too early.",
            "Ein Mensch entscheidet: „x > “: Der Ausdruck endet",
        ),
        ("What is done here is not said, so somebody of “Büro” does it.", "also tut es jemand aus „Büro“."),
        ("This instance has ended (completed).", "Dieser Vorgang ist beendet (abgeschlossen)."),
        ("There is no such task. Look at the name.", "Diese Aufgabe gibt es nicht. Prüfen Sie den Namen."),
    ],
)
def test_values_that_are_words_of_the_engine_are_said_too(german, english, wanted):
    assert wanted in told(english)


def test_what_people_named_keeps_its_name(german):
    assert told("“a person” has no condition.") == "„a person“ hat keine Bedingung."


def test_in_english_all_stays_as_it_was():
    with Flask(__name__).test_request_context(headers={"Accept-Language": "en"}):
        assert told("max has taken this task.") == "max has taken this task."


def test_the_engine_says_each_piece():
    sources = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "bpmn").rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    for piece in OWN_PIECES:
        for part in HOLE.split(piece)[::2]:
            assert all(word.strip(".") in code for word in part.split()), piece


DRAWN = (
    '<startEvent id="s" name="Los"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>'
    '<scriptTask id="x" name="Teilen" scriptFormat="python"><script>y = 1 / n</script></scriptTask>'
    '<sequenceFlow id="g" sourceRef="x" targetRef="w"/><serviceTask id="w" name="Buchen" camunda:class="a.B"/>'
    '<sequenceFlow id="h" sourceRef="w" targetRef="q"/><callActivity id="q" name="Rufen" calledElement="ruf"/>'
    '<sequenceFlow id="i" sourceRef="q" targetRef="z"/><intermediateCatchEvent id="z" name="Warten">'
    "<timerEventDefinition/></intermediateCatchEvent>"
)


def whole(page: str, english, *wanted: str) -> None:
    for each in wanted:
        assert each in page
    assert english(page) == []


def test_a_verdict_is_german_as_a_whole(reader, model, english):
    mona = reader("mona")
    mona.get("/import")
    for mode in ("executable", "guided"):
        sent = mona.post("/import", file=(io.BytesIO(model(DRAWN, name="Teilung")), "teilung.bpmn"))
        page = mona.get(f"{sent.headers['Location']}?mode={mode}", headers=GERMAN)
        whole(page, english, "Sie ruft „ruf“ auf", "Es nennt keine Zeit", "läuft")


def test_an_incident_is_german_as_a_whole(reader, engine, deploy, model, english):
    definition = deploy(model(DRAWN.split('<sequenceFlow id="g"')[0], name="Teilung"), "teilung.bpmn")
    instance = engine.execute(StartProcess(definition_id=definition, variables={"n": 0}), SYSTEM)
    otto = reader("otto")
    for path in (f"/instances/{instance}", "/operations", "/incidents"):
        whole(otto.get(path, headers=GERMAN), english, "Division durch null")
    engine.execute(CancelInstance(instance, "Ein Irrtum"), SYSTEM)
    whole(otto.get(f"/instances/{instance}", headers=GERMAN), english, "Ein Irrtum")
    assert engine.query(IncidentList(), SYSTEM).rows == ()


FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="menge" label="Menge" type="long"><camunda:validation>'
    '<camunda:constraint name="required"/><camunda:constraint name="max" config="9"/></camunda:validation>'
    "</camunda:formField></camunda:formData></extensionElements>"
)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("", "Diese Angabe fehlt."), ("10", "Das darf höchstens 9 sein."), ("x", "Geben Sie eine ganze Zahl ein")],
)
def test_a_refused_form_is_german_as_a_whole(reader, engine, deploy, model, english, typed, wanted):
    body = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
        f'<userTask id="t" name="Zählen">{FORM}</userTask>'
    )
    engine.execute(StartProcess(definition_id=deploy(model(body, name="Zählung"), "z.bpmn")), SYSTEM)
    (task,) = engine.query(TaskList(), SYSTEM).rows
    otto = reader("otto")
    otto.get(f"/tasks/{task.id}")
    answer = otto.client.post(
        f"/tasks/{task.id}/complete",
        data={"csrf": otto.hidden("csrf"), "once": otto.hidden("once"), "field.menge": typed},
        headers=GERMAN,
    )
    assert answer.status_code == 422
    whole(answer.text, english, wanted)


def test_a_refused_page_is_german_as_a_whole(reader, english):
    otto = reader("otto")
    for path in ("/instances/none", "/tasks/none", "/definitions/none"):
        answer = otto.client.get(path, headers=GERMAN)
        assert answer.status_code == 404
        whole(answer.text, english, "gibt es")


XML = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "Die Datei ist leer."),
        (b"%PDF-1.4 ...", "Die Datei ist ein PDF"),
        (XML + b"<b></definitions>", "kein wohlgeformtes XML"),
    ],
)
def test_a_refused_file_is_german_as_a_whole(reader, english, content, wanted):
    mona = reader("mona")
    mona.get("/import")
    sent = mona.post("/import", file=(io.BytesIO(content), "eins.bpmn"))
    page = sent.text if sent.status_code != 303 else mona.get(sent.headers["Location"], headers=GERMAN)
    whole(page, english, wanted)


def test_values_cannot_write_markup(reader, model, english):
    mona = reader("mona")
    mona.get("/import")
    drawn = DRAWN.replace('calledElement="ruf"', 'calledElement="&lt;img src=x onerror=alert(1)&gt;"')
    sent = mona.post("/import", file=(io.BytesIO(model(drawn, name="Teilung")), "teilung.bpmn"))
    page = mona.get(sent.headers["Location"], headers=GERMAN)
    assert "<img src=x" not in page
    assert re.search("Sie ruft „&lt;img", page)
