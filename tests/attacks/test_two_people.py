"""A model asks for two people, and one of them tries to be both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hostile import Product, named
from scene import steps

from engine.commands.api_tokens import CreateToken
from engine.queries import TaskList

NAMED = '<camunda:properties><camunda:property name="otherPersonThan" value="check"/></camunda:properties>'
MODEL = (
    '<userTask id="check" name="Check" camunda:candidateGroups="Buyers"/>'
    '<sequenceFlow id="f" sourceRef="check" targetRef="approve"/>'
    f'<userTask id="approve" camunda:candidateGroups="Buyers"><extensionElements>{NAMED}</extensionElements></userTask>'
)


@pytest.fixture
def second(product: Product, model: Callable[..., bytes]) -> str:
    """The id of the task for somebody else than Alice, who has done the first."""
    product.deploy(model(MODEL))
    product.start()
    alice = product.visitor("alice")
    (first,) = product.ask(TaskList()).rows
    alice.see(f"/tasks/{first.id}")
    assert alice.send(f"/tasks/{first.id}/complete").status_code == 303
    (task,) = product.ask(TaskList()).rows
    assert task.element_id == "approve"
    return str(task.id)


@named("four_eyes_same_user")
def test_one_person_is_not_two(product: Product, second: str, attack: dict[str, Any]) -> None:
    alice = product.visitor("alice")
    page = alice.see(f"/tasks/{second}")
    assert "You did “Check”, so somebody else has to do this." in page
    (step,) = steps(attack)
    for path in (step["path"].replace("{second_task_four_eyes}", second), f"/tasks/{second}/complete"):
        response = alice.send(path)
        assert response.status_code == 403
        assert "somebody else" in response.get_data(as_text=True)
    (task,) = product.ask(TaskList()).rows
    assert (task.id, task.assignee) == (second, None)
    carol = product.visitor("carol")
    carol.see(f"/tasks/{second}")
    assert carol.send(f"/tasks/{second}/complete").status_code == 303


@named("four_eyes_same_user")
def test_nor_is_one_program(product: Product, second: str, attack: dict[str, Any]) -> None:
    (step,) = steps(attack)
    token = product.do(CreateToken("test", ("read", "work"), "alice")).token
    client, headers = product.app.test_client(), {"Authorization": f"Bearer {token}"}
    view = client.get(f"/api/v1/tasks/{second}", headers=headers).get_json()
    assert (view["kept_by"], set(view["may"]) & {"claim", "complete"}) == ("Check", set())
    claim = f"/api/v1{step['path'].replace('{second_task_four_eyes}', second)}"
    for path, body in ((claim, None), (f"/api/v1/tasks/{second}/complete", {"variables": {}})):
        response = client.post(path, headers=headers, json=body) if body else client.post(path, headers=headers)
        assert response.status_code == 403
        assert response.get_json()["detail"].startswith("You did “Check”")
    (task,) = product.ask(TaskList()).rows
    assert (task.id, task.assignee) == (second, None)
