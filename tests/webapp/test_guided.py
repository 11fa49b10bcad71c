"""Guided: a drawing's questions as buttons and check boxes, its events as something a person reports."""

from __future__ import annotations

import pytest

from engine.commands import StartProcess
from engine.identity import SYSTEM
from engine.queries import InstanceDetail, PathWalked, TaskList

DRAWING = (
    '<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="which"/>'
    '<exclusiveGateway id="which" name="Which way?"/>'
    '<sequenceFlow id="left" name="Left" sourceRef="which" targetRef="extras"/>'
    '<sequenceFlow id="right" name="Right" sourceRef="which" targetRef="e"/>'
    '<inclusiveGateway id="extras" name="Any extras?"/>'
    '<sequenceFlow id="sauce" name="Sauce" sourceRef="extras" targetRef="wait"/>'
    '<sequenceFlow id="salad" name="Salad" sourceRef="extras" targetRef="e"/>'
    '<intermediateCatchEvent id="wait" name="Sauce is hot"><conditionalEventDefinition/></intermediateCatchEvent>'
    '<sequenceFlow id="f2" sourceRef="wait" targetRef="e"/><endEvent id="e"/>'
)


@pytest.fixture
def instance(engine, deploy, model):
    definition = deploy(model(DRAWING, executable=False), "drawing.bpmn")
    return engine.execute(StartProcess(definition_id=definition), SYSTEM)


def the_task(engine, instance):
    (task,) = engine.query(TaskList(instance_id=instance), SYSTEM).rows
    return task


def test_a_gateway_asks_its_question_with_its_flows_as_buttons(reader, engine, instance):
    task = the_task(engine, instance)
    one = reader("clara")
    html = one.get(f"/tasks/{task.id}")
    assert "Which way?" in html
    assert 'name="outcome" value="left"' in html
    assert one.post(f"/tasks/{task.id}/complete", outcome="right").status_code == 303
    assert engine.query(InstanceDetail(instance), SYSTEM).instance.state == "completed"
    assert "right" in {each.element_id for each in engine.query(PathWalked(instance), SYSTEM)}


@pytest.mark.parametrize("answer", [{}, {"outcome": "up"}, {"outcome": ["left", "right"]}])
def test_an_answer_that_is_none_is_asked_for_again(reader, engine, instance, answer):
    task = the_task(engine, instance)
    one = reader("clara")
    one.get(f"/tasks/{task.id}")
    assert one.post(f"/tasks/{task.id}/complete", **answer).status_code == 422
    assert the_task(engine, instance).id == task.id


def test_several_answers_and_an_event_that_happened(reader, engine, instance):
    one = reader("clara")
    task = the_task(engine, instance)
    one.get(f"/tasks/{task.id}")
    html = one.follow(one.post(f"/tasks/{task.id}/complete", outcome="left"))
    assert "Any extras?" in html
    assert 'type="checkbox" name="outcome" value="sauce"' in html
    task = the_task(engine, instance)
    html = one.follow(one.post(f"/tasks/{task.id}/complete", outcome=["sauce", "salad"]))
    assert "Sauce is hot" in html
    assert "This happened" in html
    one.post(f"/tasks/{the_task(engine, instance).id}/complete")
    assert engine.query(InstanceDetail(instance), SYSTEM).instance.state == "completed"
