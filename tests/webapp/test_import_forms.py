"""A form-js form comes with its model, dropped together or in a zip, and is shown where it is named."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from engine.commands import Deploy, StartProcess
from engine.identity import SYSTEM
from engine.queries import DefinitionList, Resources, TaskList

FORM = json.dumps({"id": "claim", "components": [{"key": "amount", "type": "number", "label": "How much"}]}).encode()


@pytest.fixture
def named(model):
    """A model whose task names the form, by its id or its file."""

    def make(name: str = 'formRef="claim"') -> bytes:
        return model(
            '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
            f'<userTask id="t" name="Claim" camunda:candidateGroups="Clerk" camunda:{name}/>'
        )

    return make


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), each)
    return content.getvalue()


def send(one, *files: tuple[str, bytes]):
    one.get("/import")
    return one.post("/import", file=[(io.BytesIO(content), name) for name, content in files])


def resources(engine) -> set[str]:
    (definition,) = engine.query(DefinitionList(), SYSTEM).rows
    return {row.name for row in engine.query(Resources(definition.deployment_id), SYSTEM)}


@pytest.mark.parametrize("as_archive", [False, True], ids=["dropped together", "in a zip"])
def test_a_model_and_its_form_are_deployed_together_and_the_task_shows_it(reader, engine, named, as_archive):
    one = reader("mona")
    files = [("claim.bpmn", named()), ("claim.form", FORM)]
    response = send(
        one,
        ("all.zip", zipped(in__claim_bpmn=named(), in__claim_form=FORM)) if as_archive else files[0],
        *(() if as_archive else files[1:]),
    )
    html = one.follow(response)
    assert "Deployed with its forms" in html
    one.follow(one.post(response.headers["Location"] + "/deploy", mode="executable"))
    assert {name.rsplit("/", 1)[-1] for name in resources(engine)} == {"claim.bpmn", "claim.form"}
    (definition,) = engine.query(DefinitionList(), SYSTEM).rows
    clerk = reader("clara")
    clerk.get("/start")
    assert "How much" in clerk.follow(clerk.post(f"/start/{definition.id}"))


def test_a_form_that_did_not_come_is_named(reader, named):
    one = reader("mona")
    html = one.follow(send(one, ("claim.bpmn", named('formKey="camunda-forms:deployment:gone.form"'))))
    assert "forms that did not come with it: gone.form" in html


def test_a_form_alone_is_refused_with_what_to_do(reader):
    response = send(reader("mona"), ("claim.form", FORM))
    assert response.status_code == 422
    assert "goes with its model" in response.get_data(as_text=True)


def test_the_form_of_another_upload_is_not_taken(reader, named, clock):
    one = reader("mona")
    send(one, ("claim.bpmn", named()), ("claim.form", FORM))
    clock.advance(timedelta(seconds=1))
    assert "did not come with it: claim" in one.follow(send(one, ("claim.bpmn", named())))


def test_a_changed_form_makes_a_version_and_the_same_one_none(reader, engine, named):
    one = reader("mona")
    for form, version in ((FORM, 1), (FORM, 1), (FORM.replace(b"How much", b"Sum"), 2)):
        response = send(one, ("claim.bpmn", named()), ("claim.form", form))
        one.follow(response)
        one.post(response.headers["Location"] + "/deploy", mode="executable")
        assert max(row.version for row in engine.query(DefinitionList(), SYSTEM).rows) == version


def test_many_models_take_their_own_forms(reader, engine, app, named, purchase):
    one = reader("mona")
    other = named().replace(b'process id="p"', b'process id="q"')
    address = send(one, ("a.bpmn", purchase), ("b.bpmn", other), ("claim.form", FORM)).headers["Location"]
    app.extensions["procession-batches"].run_waiting()
    html = one.get(address)
    assert "2 files" in html
    marked = [part.split('"')[0] for part in html.split('name="upload" value="')[1:]]
    one.post(address + "/deploy", upload=marked)
    app.extensions["procession-batches"].run_waiting()
    kept = {
        row.key: {each.name for each in engine.query(Resources(row.deployment_id), SYSTEM)}
        for row in engine.query(DefinitionList(), SYSTEM).rows
    }
    assert kept == {"p": {"a.bpmn"}, "q": {"b.bpmn", "claim.form"}}


def test_a_form_that_is_here_already_is_not_missed(reader, engine, named):
    one = reader("mona")
    response = send(one, ("claim.bpmn", named()))
    assert "It names forms that did not come with it: claim." in one.follow(response)
    engine.execute(Deploy({"claim.form": FORM}), SYSTEM)
    response = send(one, ("claim.bpmn", named()))
    assert "did not come with it" not in one.follow(response)


def test_a_task_says_which_form_it_lacks_until_it_is_deployed(reader, engine, named):
    engine.execute(Deploy({"claim.bpmn": named()}), SYSTEM)
    engine.execute(StartProcess(key="p"), SYSTEM)
    (task,) = engine.query(TaskList(view="all"), SYSTEM).rows
    one = reader("clara")
    assert "The form “claim” is not deployed here" in one.get(f"/tasks/{task.id}")
    engine.execute(Deploy({"claim.form": FORM}), SYSTEM)
    html = one.get(f"/tasks/{task.id}")
    assert "is not deployed here" not in html
    assert "How much" in html
