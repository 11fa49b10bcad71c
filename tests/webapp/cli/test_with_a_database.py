"""The subcommands that work on a database, one after the other as somebody would use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from webapp.cli import main

ORDER = Path(__file__).parents[3] / "samples" / "order-handling" / "order-handling.bpmn"

SIMPLE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="simple" name="Simple" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
  <userTask id="a" name="Have a look"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/><endEvent id="e"/>
</process></definitions>"""

Call = Callable[..., Any]


@pytest.fixture
def call(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call a subcommand with `--json`; what it prints, read. It must end with `code`."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def run(*words: str, code: int = 0) -> Any:
        assert main([*words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def simple(tmp_path: Path) -> str:
    path = tmp_path / "simple.bpmn"
    path.write_text(SIMPLE, encoding="utf-8")
    return str(path)


def test_a_process_from_its_file_to_its_end(call: Call, simple: str) -> None:
    assert call("deploy", simple)["processes"][0]["version"] == 1
    assert call("deploy", simple)["processes"][0]["version"] == 2
    started = call("start", "Simple", "--business-key", "K1", "--var", "amount=12.5")
    assert [task["name"] for task in started["tasks"]] == ["Have a look"]
    (task,) = call("tasks", "--process", "simple")
    done = call("complete", task["id"], "--var", "seen=true")
    assert done["instance"]["state"] == "completed"
    assert call("tasks") == []
    (instance,) = call("instances", "--state", "completed")
    shown = call("show", "K1", "--history")
    assert shown["instance"]["id"] == instance["id"]
    values = {event["name"]: event["value"] for event in shown["history"] if event["kind"] == "variable-set"}
    assert values == {"amount": 12.5, "seen": True}


def test_what_is_unchanged_is_not_deployed_again(call: Call, simple: str) -> None:
    call("deploy", simple)
    again = call("deploy", simple, "--only-changed")
    assert again["is_new"] is False
    assert again["processes"][0]["version"] == 1


def test_the_forms_that_a_model_names_come_from_its_folder(call: Call, simple: str, tmp_path: Path) -> None:
    model = Path(simple)
    named = SIMPLE.replace(" xmlns=", ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns=')
    model.write_text(named.replace('id="a" ', 'id="a" camunda:formRef="look" '), encoding="utf-8")
    document = {"id": "look", "components": [{"key": "amount", "type": "number", "validate": {"required": True}}]}
    (tmp_path / "look.form").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "other.form").write_text("{}", encoding="utf-8")
    call("deploy", simple, "--only-changed")
    assert call("deploy", simple, "--only-changed")["is_new"] is False
    (tmp_path / "look.form").write_text(json.dumps(document | {"version": 2}), encoding="utf-8")
    assert call("deploy", simple, "--only-changed")["processes"][0]["version"] == 2


def test_a_task_of_two_instances_must_be_told_apart(call: Call, simple: str) -> None:
    call("deploy", simple)
    call("start", "simple", "--business-key", "K1")
    call("start", "simple", "--business-key", "K2")
    assert "2 tasks are called 'Have a look'" in call("complete", "Have a look", code=1)["error"]
    assert call("complete", "Have a look", "--about", "K2")["instance"]["business_key"] == "K2"


def test_a_question_is_answered_by_the_name_of_a_branch(call: Call) -> None:
    call("deploy", str(ORDER))
    call("start", "Order handling")
    call("complete", "Check order")
    refused = call("complete", "In stock?", "--answer", "perhaps", code=1)
    assert "no, yes" in refused["fix"]
    assert [task["name"] for task in call("complete", "In stock?", "--answer", "no")["tasks"]] == ["Decline order"]


STOPS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" expressionLanguage="python">
<process id="stops" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
  <userTask id="a" name="Say"><extensionElements><camunda:formData><camunda:formField id="people" type="long"/>
  </camunda:formData></extensionElements></userTask><sequenceFlow id="g" sourceRef="a" targetRef="x"/>
  <scriptTask id="x" scriptFormat="python"><script>share = 100 / people</script></scriptTask>
</process></definitions>"""


def test_what_stopped_tries_again_with_what_was_missing(
    call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stops.bpmn"
    file.write_text(STOPS, encoding="utf-8")
    call("deploy", str(file))
    call("start", "stops", "--business-key", "K")
    assert main(["tasks"]) == 0
    assert "people" in capsys.readouterr().out
    assert call("complete", "Say")["incidents"]
    assert call("retry", "K")["incidents"]
    assert call("retry", "K", "--var", "people=4")["instance"]["state"] == "completed"
    assert call("retry", "K", code=1)["error"] == "Nothing has stopped in it."
    assert call("show", "K")["scopes"][0]["variables"]["share"] == 25


@pytest.mark.parametrize(
    "words",
    [
        ("start", "nothing"),
        ("complete", "nothing"),
        ("show", "nothing"),
        ("retry", "nothing"),
        ("tasks", "--as", "nobody"),
        ("deploy", "no-such-file.bpmn"),
        ("user", "password", "nobody", "--password", "a good password"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(call: Call, words: tuple[str, ...]) -> None:
    told = call(*words, code=1)
    assert told["error"].endswith(".")


def test_a_token_is_made_listed_and_ended(call: Call, simple: str, capsys: pytest.CaptureFixture[str]) -> None:
    call("user", "add", "clara", "--password", "a good password")
    made = call("token", "add", "clara", "--may", "read", "--name", "robot", "--days", "2")
    assert made["token"].startswith("procession_")
    (listed,) = call("token", "list")
    assert (listed["user"], listed["name"], listed["permissions"]) == ("clara", "robot", ["read"])
    assert listed["expires_at"]
    assert call("token", "add", "clara")["permissions"] == ["read", "start", "work"]
    call("token", "revoke", made["id"])
    assert [each["name"] for each in call("token", "list")] == ["terminal"]
    for words in (("nobody",), (), ("clara", "--may", "fly"), ("clara", "--may", "serve"), ("clara", "--days", "0")):
        assert call("token", "add", *words, code=1)["error"]
    call("user", "add", "accounts", "--program", "--may", "serve")
    assert call("token", "add", "accounts")["permissions"] == ["read", "serve"]
    assert main(["token", "add", "clara", "--may", "read"]) == 0
    assert capsys.readouterr().out.startswith("procession_")


def test_users_are_added_listed_and_act_for_themselves(call: Call, simple: str) -> None:
    call("user", "add", "clara", "--group", "Clerk", "--password", "a good password", "--name", "Clara C.")
    (clara,) = call("user", "list")
    assert (clara["id"], clara["groups"], clara["permissions"]) == ("clara", ["Clerk"], ["start", "work"])
    assert "password" not in clara
    call("deploy", simple)
    assert "may not deploy" in call("deploy", simple, "--as", "clara", code=1)["error"]
    assert call("start", "simple", "--as", "clara")["instance"]["started_by"] == "clara"


def test_an_empty_database_is_brought_up_to_date(empty_database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade", "--database", empty_database_url]) == 0
    assert main(["instances", "--database", empty_database_url]) == 0
    assert "There are no such instances." in capsys.readouterr().out
