"""Reads small models in a dialect's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import bpmn
from bpmn import dialects
from bpmn.model import Definitions
from bpmn.model.execution import Execution

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn"
  xmlns:activiti="http://activiti.org/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:drools="http://www.jboss.org/drools" xmlns:operaton="http://operaton.org/schema/1.0/bpmn"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" {attributes}>"""


@pytest.fixture
def model() -> Callable[..., Definitions]:
    """Definitions of a dialect around a process's content and, before it, root elements."""

    def build(dialect: str, inner: str, root: str = "", attributes: str = "") -> Definitions:
        text = HEAD.format(attributes=attributes) + f'{root}<process id="p">{inner}</process></definitions>'
        definitions = bpmn.read(text.encode()).definitions
        assert definitions is not None
        definitions.dialect = dialect
        return definitions

    return build


@pytest.fixture
def look(model: Callable[..., Definitions]) -> Callable[..., Execution]:
    """The execution details of the element `x` of a snippet."""

    def details(dialect: str, inner: str, root: str = "", id: str = "x") -> Execution:
        definitions = model(dialect, inner, root)
        element = definitions.resolve(id)
        assert element is not None
        return dialects.execution(definitions, element)

    return details
