"""A bound Python function: what it is given, what its answer becomes, and what may not be called."""

import sys
import types

import pytest

from engine.services import BpmnError, ServiceCall, ServiceFailed, connectors

SOURCE = """
from os import system
from engine.services import BpmnError

def pay(amount, currency="EUR", *, idempotency_key):
    return {"paid": f"{amount} {currency}", "key": idempotency_key}

def everything(variables):
    return {"names": sorted(variables)}

def any_of(**given):
    return sorted(given)

def nothing():
    return None

def refuse(amount):
    raise BpmnError("NO_MONEY", "empty", {"left": 3})

def broken():
    raise RuntimeError("no line")

def _hidden():
    return 1
"""


@pytest.fixture
def call(monkeypatch):
    module = types.ModuleType("billing")
    exec(SOURCE, module.__dict__)
    monkeypatch.setitem(sys.modules, "billing", module)
    known = connectors(python_modules=["billing", "not_installed"])

    def call(target, variables=None, result_variable=None):
        return known.call(ServiceCall("job-1", "python", target, variables or {}, {}, result_variable)).variables

    return call


def test_a_function_gets_the_variables_it_has_parameters_for(call):
    assert call("billing:pay", {"amount": 3, "other": 1}) == {"paid": "3 EUR", "key": "job-1"}


def test_a_parameter_called_variables_gets_all(call):
    assert call("billing:everything", {"b": 1, "a": 2}) == {"names": ["a", "b"]}


def test_a_value_goes_to_the_result_variable(call):
    assert call("billing:any_of", {"x": 1}, "found") == {"found": ["idempotency_key", "x"]}
    assert call("billing:nothing") == {}


def test_a_bpmn_error_passes_with_its_variables(call):
    with pytest.raises(BpmnError) as raised:
        call("billing:refuse", {"amount": 1})
    assert (raised.value.code, raised.value.variables) == ("NO_MONEY", {"left": 3})


def test_a_failure_may_be_tried_again(call):
    with pytest.raises(ServiceFailed, match="RuntimeError: no line") as raised:
        call("billing:broken")
    assert not raised.value.lasting


@pytest.mark.parametrize(
    "target",
    [
        "os:system",
        "billing:system",
        "billing:_hidden",
        "billing:__import__",
        "billing:absent",
        "not_installed:f",
        "billing:pay",
        "x",
    ],
)
def test_what_may_not_or_cannot_be_called_lasts(call, target):
    with pytest.raises(ServiceFailed) as raised:
        call(target)
    assert raised.value.lasting
    assert raised.value.fix
