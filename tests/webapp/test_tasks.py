"""Tasks: the list, the form, claiming, completing, and two people at one task."""

from __future__ import annotations

import re

import pytest

from engine.commands import StartProcess
from engine.identity import SYSTEM
from engine.queries import InstanceDetail, TaskList


@pytest.fixture
def start(engine, deploy):
    """A purchase that waits for a clerk; its instance's id."""

    def make(business_key=None, **variables):
        definition = deploy()
        return engine.execute(
            StartProcess(definition_id=definition, business_key=business_key, variables=variables), SYSTEM
        )

    return make


def tasks(engine, instance):
    return engine.query(TaskList(instance_id=instance), SYSTEM).rows


def variables(engine, instance):
    found = {}
    for scope in engine.query(InstanceDetail(instance), SYSTEM).scopes:
        found.update(scope.variables)
    return found


def test_the_list_shows_what_it_is_about_and_how_many(reader, start):
    start("Chairs")
    html = reader("clara").get("/tasks")
    assert "Ask for it" in html
    assert re.search(r'class="about">Chairs<.*?class="process">Purchase<', html, re.S)
    assert re.search(r"<span>My groups</span><span class=\"count\">1</span>", html)
    assert "Nothing to do" in reader("max").get("/tasks")


def test_the_list_is_searched_and_keeps_its_filters_in_the_address(reader, start):
    start("Chairs")
    one = reader("clara")
    assert "Ask for it" in one.get("/tasks?q=chair")
    assert "No task matches" in one.get("/tasks?q=desk")
    assert "Nothing here now" in one.get("/tasks?view=mine")
    assert "view=groups&amp;q=chair" in one.get("/tasks?view=groups&q=chair").replace("&amp;amp;", "&amp;")


@pytest.mark.parametrize("query", ["view=x", "sort=x", "after=x", "after=eyJh", "process=x", "q=%25%5F%00"])
def test_an_odd_address_is_an_answer_and_no_failure(reader, start, query):
    start()
    assert reader("clara").status(f"/tasks?{query}") in {200, 400}


def test_a_form_is_checked_beside_its_fields_and_keeps_what_was_typed(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("clara")
    assert 'for="field-supplier"' in one.get(f"/tasks/{task.id}")
    response = one.post(f"/tasks/{task.id}/complete", **{"field.supplier": "", "field.amount": "much"})
    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "This is needed." in html
    assert "Write a number" in html
    assert 'value="much"' in html
    assert len(tasks(engine, task.instance_id)) == 1


def test_values_are_of_the_kind_that_the_model_declares(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("clara")
    one.get(f"/tasks/{task.id}")
    fields = {"field.supplier": "ACME <b>", "field.amount": "1 200,50", "field.urgent": "on"}
    response = one.post(f"/tasks/{task.id}/complete", **fields)
    assert response.status_code == 303
    assert {name: variables(engine, task.instance_id)[name] for name in ("supplier", "amount", "urgent")} == {
        "supplier": "ACME <b>",
        "amount": 1200.5,
        "urgent": True,
    }
    assert [each.name for each in tasks(engine, task.instance_id)] == ["Approve it"]
    html = one.follow(response)
    assert "Ask for it: done." in html
    assert "Ask for it: done." not in one.get("/tasks")


def test_a_field_the_form_does_not_have_is_not_written(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("clara")
    one.get(f"/tasks/{task.id}")
    one.post(f"/tasks/{task.id}/complete", **{"field.supplier": "A", "field.secret": "x"})
    assert "secret" not in variables(engine, task.instance_id)


def test_a_task_without_a_form_shows_the_variables_and_takes_another(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("clara")
    one.get(f"/tasks/{task.id}")
    one.post(f"/tasks/{task.id}/complete", **{"field.supplier": "ACME", "field.amount": "7"})
    (task,) = tasks(engine, task.instance_id)
    boss = reader("max")
    html = boss.get(f"/tasks/{task.id}")
    assert "Look at the amount." in html
    assert 'name="field.amount"' in html
    boss.post(
        f"/tasks/{task.id}/complete",
        **{"field.supplier": "ACME", "field.amount": "8", "field.more.name": "approved", "field.more.value": "yes"},
    )
    shown = reader("otto").get(f"/instances/{task.instance_id}")
    assert "approved" in shown
    assert "Completed" in shown


def test_sent_twice_it_is_done_once(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("clara")
    one.get(f"/tasks/{task.id}")
    fields = {"field.supplier": "ACME", "once": one.hidden("once"), "csrf": one.hidden("csrf")}
    first = one.client.post(f"/tasks/{task.id}/complete", data=fields)
    second = one.client.post(f"/tasks/{task.id}/complete", data=fields)
    assert first.status_code == 303
    assert second.status_code == 303
    assert [each.name for each in tasks(engine, task.instance_id)] == ["Approve it"]


def test_claimed_it_is_mine_and_given_back_it_is_my_groups(reader, engine, start):
    (task,) = tasks(engine, start())
    one, other = reader("clara"), reader("carl")
    one.get(f"/tasks/{task.id}")
    assert one.post(f"/tasks/{task.id}/claim").status_code == 303
    assert "Yours" in one.get(f"/tasks/{task.id}")
    assert other.status(f"/tasks/{task.id}") == 404
    assert one.post(f"/tasks/{task.id}/unclaim").status_code == 303
    assert "For Clerk" in other.get(f"/tasks/{task.id}")


def test_who_comes_second_is_told_and_changes_nothing(reader, engine, start):
    (task,) = tasks(engine, start())
    one, other = reader("clara"), reader("carl")
    one.get(f"/tasks/{task.id}")
    other.get(f"/tasks/{task.id}")
    one.post(f"/tasks/{task.id}/complete", **{"field.supplier": "first"})
    response = other.post(f"/tasks/{task.id}/complete", **{"field.supplier": "second"})
    assert response.status_code == 409
    html = response.get_data(as_text=True)
    assert "Clara did this task" in html
    assert "second" in html
    assert variables(engine, task.instance_id)["supplier"] == "first"


def test_a_task_of_others_is_not_there(reader, engine, start):
    (task,) = tasks(engine, start())
    one = reader("max")
    one.get("/tasks")
    assert one.status(f"/tasks/{task.id}") == 404
    assert one.post(f"/tasks/{task.id}/complete", **{"field.supplier": "x"}).status_code == 404
    assert one.post(f"/tasks/{task.id}/claim").status_code == 404
    assert len(tasks(engine, task.instance_id)) == 1


def test_the_list_alone_is_not_sent_again_when_a_task_is_opened(reader, engine, start):
    (task,) = tasks(engine, start())
    html = reader("clara").get(f"/tasks/{task.id}", headers={"HX-Request": "true"})
    assert html.lstrip().startswith("<section")
    assert "mail-filters" not in html


def test_a_name_has_no_characters_that_turn_it_around_but_a_value_keeps_its_own(reader, engine, deploy, model):
    definition = deploy(model('<userTask id="t" name="pay\u202egpj\u200b.exe"/>'))
    engine.execute(StartProcess(definition_id=definition, variables={"note": "a\u200bb"}), SYSTEM)
    one = reader("otto")
    (task,) = engine.query(TaskList(view="all"), SYSTEM).rows
    html = one.get(f"/tasks/{task.id}")
    assert "paygpj.exe" in html
    assert "\u202e" not in html
    assert 'value="a\u200bb"' in html
