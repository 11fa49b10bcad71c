"""Data objects that begin with a value (Flowable, Activiti): variables of the scope that they are drawn in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest


def value(id: str, kind: str, text: str, vendor: str = "flowable") -> str:
    return f"""<dataObject id="{id}_id" name="{id}" itemSubjectRef="xsd:{kind}"><extensionElements>
      <{vendor}:value>{text}</{vendor}:value></extensionElements></dataObject>"""


@pytest.mark.parametrize(("vendor", "of"), [("flowable", "http://flowable.org"), ("activiti", "http://activiti.org")])
def test_an_instance_begins_with_them(vendor: str, of: str, play: Any) -> None:
    game = play(f"""<process id="p" isExecutable="true" xmlns:{vendor}="{of}/bpmn">
      {value("name", "string", "Ann", vendor)}{value("amount", "int", "12", vendor)}
      {value("open", "boolean", "true", vendor)}{value("since", "datetime", "2026-03-01T09:30:00", vendor)}
      <dataObject id="empty" name="empty" itemSubjectRef="xsd:string"/>
      <startEvent id="start"/>
      start -> work
      <userTask id="work"/></process>""")
    game.start(amount=20)
    since = datetime(2026, 3, 1, 9, 30)
    assert game.variables() == {"name": "Ann", "amount": 20, "open": True, "since": since}


def test_a_called_one_begins_with_its_own_unless_they_are_handed_over(play: Any) -> None:
    game = play(f"""<process id="p" isExecutable="true" xmlns:flowable="http://flowable.org/bpmn">
      {value("name", "string", "Ann")}
      <callActivity id="call" calledElement="q"><extensionElements>
        <flowable:in source="name" target="name"/><flowable:out source="name" target="got"/>
        <flowable:out source="other" target="more"/>
      </extensionElements></callActivity>
      call -> after
      <userTask id="after"/></process>
      <process id="q" isExecutable="true" xmlns:flowable="http://flowable.org/bpmn">
      {value("name", "string", "Bob")}{value("other", "string", "Eve")}
      <task id="only"/></process>""")
    game.start("p")
    assert game.variables() == {"name": "Ann", "got": "Ann", "more": "Eve"}


def test_those_of_a_sub_process_are_gone_with_it(play: Any) -> None:
    game = play(f"""<process id="p" isExecutable="true" xmlns:flowable="http://flowable.org/bpmn">
      {value("name", "string", "Ann")}
      <startEvent id="start"/>
      start -> inner
      <subProcess id="inner">{value("name", "string", "Bob")}
        <scriptTask id="look" scriptFormat="groovy">
          <script>execution.setVariable("name", name + "by")</script></scriptTask>
        look -> work
        <userTask id="work"><extensionElements>
          <flowable:executionListener event="start" expression="${{execution.getParent().getParent()
            .setVariable('seen', name)}}"/>
        </extensionElements></userTask></subProcess>
      inner -> after
      <userTask id="after"/></process>""")
    game.start()
    assert game.variables() == {"name": "Ann", "seen": "Bobby"}
    game.complete("work")
    assert game.tasks == ["after"]
    assert game.variables()["name"] == "Ann"
