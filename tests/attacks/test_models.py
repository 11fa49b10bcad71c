"""Hostile model files, by the command, the form and in the terminal: refused in words, or deployed and held."""

from __future__ import annotations

import io
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hostile import FOLDER, Product, content_of, named, of_kind
from werkzeug.test import TestResponse

import bpmn
from bpmn.dialects import execution
from engine.commands.api_tokens import CreateToken
from engine.errors import Invalid
from engine.queries import DefinitionList, TaskList
from webapp.cli import main

MARKS = ("Traceback", "site-packages", "lxml", 'File "')


def deploys(product: Product, attack: dict[str, Any]) -> list[Any]:
    return list(product.deploy(content_of(attack), Path(attack["file"]).name))


def sent_by_program(product: Product, place: str, attack: dict[str, Any]) -> TestResponse:
    token = product.do(CreateToken("test", ("read", "deploy"), "alice")).token
    headers = {"Authorization": f"Bearer {token}"}
    sent = {"files": (io.BytesIO(content_of(attack)), Path(attack["file"]).name)}
    return product.app.test_client().post(f"/api/v1/{place}", data=sent, headers=headers)


@of_kind("xml", "reject_deploy")
def test_refused_by_the_command_in_words(product: Product, attack: dict[str, Any]) -> None:
    started = time.monotonic()
    with pytest.raises(Invalid) as refusal:
        deploys(product, attack)
    assert time.monotonic() - started < 2
    assert len(refusal.value.message) > 20
    assert not any(mark in str(refusal.value) for mark in (*MARKS, str(FOLDER)))
    assert product.ask(DefinitionList()).rows == ()


@of_kind("xml", "reject_deploy")
def test_refused_by_the_form(product: Product, attack: dict[str, Any]) -> None:
    alice = product.visitor("alice")
    response = alice.try_to_upload(Path(attack["file"]).name, content_of(attack))
    if response.status_code != 303:
        # An archive is looked into when it comes, and may not come in at all.
        assert attack["file"].endswith(".zip")
        assert response.status_code in {400, 413, 422}
        return
    verdict = response.headers["Location"]
    page = alice.see(verdict)
    assert "Deploy and start" not in page
    assert not any(mark in page for mark in (*MARKS, str(FOLDER), "root:"))
    for mode in ("executable", "guided", "marked"):
        response = alice.send(f"{verdict}/deploy", mode=mode)
        if response.status_code == 303:
            # What a person can make good is deployed guided.
            assert mode == "guided"
            assert attack["name"] in {"call_activity_no_called_element", "dangling_message_ref"}
        else:
            assert response.status_code in {400, 413}, mode


@of_kind("xml", "reject_deploy")
def test_refused_by_the_api(product: Product, attack: dict[str, Any]) -> None:
    for place in ("verdicts", "deployments"):
        response = sent_by_program(product, place, attack)
        said = response.get_json()
        assert not any(mark in str(said) for mark in (*MARKS, str(FOLDER), "root:"))
        if place == "verdicts" and response.status_code == 200:
            assert said["refused"]
        else:
            assert response.status_code in {400, 413, 422}
            assert said["title"]
    assert product.ask(DefinitionList()).rows == ()


@of_kind("xml", "reject_deploy")
def test_refused_in_the_terminal(attack: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FOLDER / attack["file"])]) == 4
    said = "".join(capsys.readouterr())
    assert not any(mark in said for mark in MARKS)


@of_kind("xml", "accept", "incident", "inert_output", "no_effect")
def test_an_honest_file_is_deployed_by_each_way(product: Product, attack: dict[str, Any]) -> None:
    assert deploys(product, attack)
    alice = product.visitor("alice")
    verdict = alice.upload(Path(attack["file"]).name, content_of(attack))
    alice.see(verdict)
    assert alice.send(f"{verdict}/deploy", mode="marked").status_code == 303
    assert sent_by_program(product, "verdicts", attack).get_json()["refused"] == []
    assert sent_by_program(product, "deployments", attack).status_code == 201
    assert len(product.ask(DefinitionList()).rows) == 1


@of_kind("xml", "either")
def test_deployed_or_refused_and_nothing_in_between(product: Product, attack: dict[str, Any]) -> None:
    try:
        deploys(product, attack)
    except Invalid:
        assert product.ask(DefinitionList()).rows == ()
    else:
        names = [each.name for each in bpmn.read(content_of(attack)).definitions.processes]  # type: ignore[union-attr]
        assert not any("Ã" in (name or "") for name in names)


@of_kind("xml", "incident")
def test_what_breaks_while_it_runs_is_an_incident(product: Product, attack: dict[str, Any]) -> None:
    (process,) = deploys(product, attack)
    started = time.monotonic()
    instance = product.start(process.key)
    assert time.monotonic() - started < 60
    assert product.state(instance) != "completed"
    (incident, *_) = product.incidents()
    assert incident.element_id
    assert incident.reason
    assert incident.fix
    page = product.visitor("alice").see(f"/instances/{instance}")
    assert not any(mark in page for mark in MARKS)


@named("inclusive_join_mesh")
def test_an_honest_mesh_runs_in_a_second(product: Product, attack: dict[str, Any]) -> None:
    (process,) = deploys(product, attack)
    started = time.monotonic()
    instance = product.start(process.key)
    assert time.monotonic() - started < 3
    assert product.incidents() == []
    assert product.state(instance) == "completed"


@named("enc_utf8_bom", "enc_utf16_bom", "enc_latin1_right")
def test_a_name_stays_whole(product: Product, attack: dict[str, Any]) -> None:
    (process,) = deploys(product, attack)
    definitions = bpmn.read(content_of(attack)).definitions
    assert definitions is not None
    names = {getattr(each, "name", None) for each in definitions.walk()} - {None}
    assert any("Prüfung" in (name or "") for name in names), names
    assert "Pr\u00fcfung" in product.visitor("alice").see(f"/processes/{process.key}")


@named("hidden_process_in_extension", "nested_flow_element_in_extension")
def test_what_hides_in_an_extension_does_not_exist(product: Product, attack: dict[str, Any]) -> None:
    assert "hidden" not in {each.key for each in deploys(product, attack)}
    definitions = bpmn.read(content_of(attack)).definitions
    assert definitions is not None
    assert {"ghost", "gf", "hidden"}.isdisjoint({each.id for each in definitions.walk()})
    product.start(product.ask(DefinitionList()).rows[0].key)
    assert product.incidents() == []


@named("lane_ref_whitespace")
def test_a_task_stays_in_its_lane(product: Product, attack: dict[str, Any]) -> None:
    (process,) = deploys(product, attack)
    product.start(process.key)
    (task,) = product.ask(TaskList(view="all")).rows
    assert task.lane == "Managers"
    assert "Managers" in product.visitor("alice").see(f"/tasks/{task.id}")


@named("name_jinja_ssti", "name_secret_template", "control_char_refs")
def test_a_name_is_shown_as_it_is(product: Product, attack: dict[str, Any]) -> None:
    (process,) = deploys(product, attack)
    instance = product.start(process.key)
    alice = product.visitor("alice")
    verdict = alice.upload("model.bpmn", content_of(attack))
    paths = (verdict, f"/processes/{process.key}", f"/instances/{instance}", "/tasks", "/start")
    pages = [unescape(alice.see(path)) for path in paths]
    if attack["verdict"] == "inert_output":
        (name,) = re.findall(r'name="([^"]*[{][^"]*)"', content_of(attack).decode())
        assert any(name in page for page in pages)
    for page in pages:
        assert "${49}" not in page
        assert "'SECRET_KEY'" not in page
        assert not set(page) & set("\u202e\u202d\u2066\u2067\u2068\u200b\u200d\ufeff")


@named("camunda_listener_class")
def test_a_class_in_a_model_is_never_imported(product: Product, attack: dict[str, Any]) -> None:
    definitions = bpmn.read(content_of(attack)).definitions
    assert definitions is not None
    assert any(execution(definitions, each).listeners for each in definitions.walk())


@of_kind("dmn")
def test_a_decision_is_refused_as_long_as_none_is_evaluated(product: Product, attack: dict[str, Any]) -> None:
    started = time.monotonic()
    with pytest.raises(Invalid):
        deploys(product, attack)
    alice = product.visitor("alice")
    verdict = alice.upload(Path(attack["file"]).name, content_of(attack))
    assert "cannot be read" in alice.see(verdict)
    assert time.monotonic() - started < 5
