"""Which dialect a file is in, and which tool wrote it."""

from __future__ import annotations

import pytest

import bpmn

MODELER = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="{}"'
TASK = '<process id="p" isExecutable="true"><userTask id="t" {}/></process>'
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'
ACTIVITI = 'xmlns:activiti="http://activiti.org/bpmn"'


@pytest.mark.parametrize(
    ("attributes", "task", "dialect"),
    [
        ("", "", "bpmn"),
        (CAMUNDA, 'camunda:assignee="x"', "camunda7"),
        (CAMUNDA, "", "camunda7"),
        ('xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"', 'zeebe:x="1"', "zeebe"),
        (f"{CAMUNDA} {MODELER.format('Camunda Cloud')}", "", "zeebe"),
        (f"{CAMUNDA} {MODELER.format('Camunda Platform')}", "", "camunda7"),
        (FLOWABLE, 'flowable:assignee="x"', "flowable"),
        (f"{FLOWABLE} {ACTIVITI}", "", "flowable"),
        (ACTIVITI, 'activiti:assignee="x"', "activiti"),
        ('xmlns:camunda="http://activiti.org/bpmn"', 'camunda:assignee="x"', "camunda7"),
        ('xmlns:drools="http://www.jboss.org/drools"', 'drools:taskName="x"', "jbpm"),
        ('typeLanguage="http://www.java.com/javaTypes"', "", "jbpm"),
        ('xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core"', 's:x="1"', "spiffworkflow"),
        (f"{CAMUNDA} {FLOWABLE}", 'flowable:assignee="x" flowable:formKey="y" camunda:assignee="x"', "flowable"),
        (f"{CAMUNDA} {FLOWABLE}", 'flowable:assignee="x" camunda:assignee="x"', "camunda7"),
        ('exporter="Camunda Modeler" exporterVersion="1.8.2"', "", "camunda7"),
        ('exporter="Camunda Modeler" exporterVersion="5.20.0"', "", "bpmn"),
    ],
)
def test_dialect(definitions, attributes, task, dialect):
    assert definitions(TASK.format(task), attributes).dialect == dialect


@pytest.mark.parametrize(
    ("attributes", "tool", "version"),
    [
        ('exporter="Signavio Process Editor, http://www.signavio.com" exporterVersion="7.0.0"', "Signavio", "7.0.0"),
        ('xmlns:b="http://www.bizagi.com/bpmn20" b:x="1"', "Bizagi", None),
        ('exporter="ARIS Architect" exporterVersion="10"', "ARIS", "10"),
        ('exporter="Process Modeler 6 for Microsoft Visio" exporterVersion="6.2"', "Visio", "6.2"),
        ('exporter="ADONIS"', "ADONIS", None),
    ],
)
def test_a_drawing_says_its_tool(definitions, attributes, tool, version):
    read = definitions('<process id="p" isExecutable="false"/>', attributes)
    assert read.dialect == "drawing"
    assert tool in read.tool
    assert read.tool_version == version


def test_a_drawing_tools_file_that_is_meant_to_run_is_no_drawing(definitions):
    assert definitions('<process id="p" isExecutable="true"/>', 'exporter="Signavio"').dialect == "bpmn"


def test_an_engines_namespace_does_not_name_a_tool(definitions):
    assert definitions(TASK.format(""), CAMUNDA).tool is None


def test_real_files(shared):
    """The recordings of Camunda 7 and Flowable, and the models of Camunda 8, are told apart."""
    wrong = []
    for folder, dialects in (
        ("scenarios/camunda7", {"camunda7", "bpmn"}),
        ("scenarios/flowable", {"flowable", "activiti", "bpmn"}),
        ("zeebe", {"zeebe"}),
    ):
        for path in sorted((shared("conformance") / folder).rglob("*.bpmn")):
            definitions = bpmn.read(path.read_bytes()).definitions
            if definitions is not None and definitions.fragment is None and definitions.dialect not in dialects:
                wrong.append((path.name, definitions.dialect))
    assert len(wrong) <= 5, wrong


def test_a_tools_name_inside_another_word_counts_for_nothing(definitions):
    assert definitions(TASK.format(""), 'xmlns:own="http://example.org/provision" own:x="1"').tool is None
