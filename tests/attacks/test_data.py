"""Hostile data: as the variables of a completed task, by the page's form and by a program; as names; as uploads."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hostile import Product, attacks, content_of, named
from werkzeug.test import TestResponse

from engine.commands import CreateUser
from engine.errors import Refusal
from engine.queries import TaskList

FORM = "".join(
    f'<camunda:formField id="{id}" type="{kind}"/>'
    for id, kind in (
        *(("approved", "boolean"), ("amount", "double"), ("date", "date"), ("d", "date"), ("e", "date")),
        *(("subject", "string"), ("to", "string")),
    )
)
TASK = (
    f'<userTask id="t"><extensionElements><camunda:formData>{FORM}</camunda:formData></extensionElements></userTask>'
    '<sequenceFlow id="f" sourceRef="t" targetRef="after"/><userTask id="after"/>'
)
Complete = Callable[[dict[str, Any]], TestResponse]


def is_json(attack: dict[str, Any]) -> bool:
    return attack["kind"] == "data" and attack["file"].endswith(".json") and attack["deliver"].startswith("POST task")


@pytest.fixture
def task(product: Product, model: Callable[..., bytes]) -> str:
    """A task with a form; its id."""
    product.deploy(model(TASK))
    product.start()
    (row,) = product.ask(TaskList(view="all")).rows
    return str(row.id)


@pytest.fixture
def by_program(product: Product, task: str) -> Complete:
    def complete(attack: dict[str, Any]) -> TestResponse:
        carol = product.visitor("carol")
        carol.see("/tasks")
        body = b'{"variables": ' + content_of(attack) + b"}"
        path, token = f"/api/v1/tasks/{task}/complete", {"X-CSRF-Token": carol.hidden("csrf")}
        return carol.client.post(path, data=body, content_type="application/json", headers=token)

    return complete


def waiting(product: Product) -> list[str]:
    return [row.element_id for row in product.ask(TaskList(view="all")).rows]


@attacks(is_json)
def test_a_program_is_refused_or_its_data_kept(product: Product, by_program: Complete, attack: dict[str, Any]) -> None:
    response = by_program(attack)
    if response.status_code >= 400:
        assert 400 <= response.status_code < 500
        assert attack["verdict"] in {"http_4xx", "either"}
        assert waiting(product) == ["t"]
        assert response.get_json()["title"]
        return
    assert attack["verdict"] != "http_4xx"
    assert waiting(product) == ["after"]
    kept = product.variables(product.ask(TaskList(view="all")).rows[0].instance_id)
    sent = json.loads(content_of(attack))
    assert {name: kept[name] for name in sent} == sent


@attacks(lambda attack: is_json(attack) and attack["verdict"] == "http_4xx")
def test_the_form_says_what_is_wrong(product: Product, task: str, attack: dict[str, Any]) -> None:
    carol = product.visitor("carol")
    carol.see(f"/tasks/{task}")
    text = content_of(attack).decode()
    try:
        fields = {f"field.{name}": str(value) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError, RecursionError):
        fields = {"field.amount": text[:100_000]}
    if attack["name"] == "json_duplicate_keys":
        fields = {"field.approved": "neither"}
    response = carol.send(f"/tasks/{task}/complete", **fields)
    # A check box has no wrong answers: what is not its mark is no.
    if attack["name"] != "json_duplicate_keys":
        assert response.status_code in {400, 413, 422}, response.status_code
        assert waiting(product) == ["t"]
    assert "Traceback" not in response.get_data(as_text=True)


@named("json_proto_keys", "json_sql_injection")
def test_what_is_kept_is_text_on_every_page(product: Product, by_program: Complete, attack: dict[str, Any]) -> None:
    assert by_program(attack).status_code < 400
    alice = product.visitor("alice")
    (row,) = product.ask(TaskList(view="all")).rows
    for path in (f"/tasks/{row.id}", f"/instances/{row.root_id}", "/tasks?q=%25_%5C", "/instances?q='%3B--"):
        alice.see(path)
    assert waiting(product) == ["after"]


@named("filenames")
def test_a_files_name_is_a_text_and_no_place(product: Product, model: Callable[..., bytes], attack: Any) -> None:
    alice = product.visitor("alice")
    for name in content_of(attack).decode("utf-8", "replace").splitlines():
        alice.see("/import")
        response = alice.send("/import", file=(io.BytesIO(model(TASK)), name))
        if response.status_code == 422:
            continue
        page = alice.see(response.headers["Location"])
        assert "<script" not in page.replace("<script type", "").replace("<script src", "") or "<script" not in name
        sent = alice.client.get(response.headers["Location"] + "/file").headers["Content-Disposition"]
        assert sent.startswith("attachment")
        assert "/" not in sent
        assert "\\" not in sent.replace('\\"', "")
        assert len(sent) < 1000


@named("upload_svg_script", "upload_image_bomb")
def test_what_is_no_model_is_kept_by_nobody_and_never_shown(product: Product, attack: dict[str, Any]) -> None:
    alice = product.visitor("alice")
    verdict = alice.upload(attack["file"].rpartition("/")[2], content_of(attack))
    assert "cannot be read" in alice.see(verdict)
    download = alice.client.get(f"{verdict}/file")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in download.headers["Content-Security-Policy"]
    assert "image" not in download.headers["Content-Type"]


@named("identity_confusables")
def test_nobody_is_made_who_reads_like_another(product: Product, attack: dict[str, Any]) -> None:
    product.do(CreateUser("admin", "long enough", "Admin"))
    # Turkish "adın" is another name than "admin", and honest.
    for name in {*json.loads(content_of(attack)).values()} - {"ad\u0131n"}:
        with pytest.raises(Refusal):
            product.do(CreateUser(name, "long enough", "Somebody"))
