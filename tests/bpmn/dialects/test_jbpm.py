"""What jBPM says beyond the suite."""

from __future__ import annotations

from collections.abc import Callable

from bpmn import dialects
from bpmn.model import Definitions
from bpmn.model.execution import Code, Execution, Job, Listener, Mapping

Look = Callable[..., Execution]


def text(value: str) -> Code:
    return Code(value, "text")


def ext(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def given(**constants: str) -> str:
    """Data inputs with constants assigned, as its editors write them."""
    inputs = "".join(f'<dataInput id="in_{name}" name="{name}"/>' for name in constants)
    associations = "".join(
        f"<dataInputAssociation><targetRef>in_{name}</targetRef><assignment><from>{value}</from><to>in_{name}</to>"
        "</assignment></dataInputAssociation>"
        for name, value in constants.items()
    )
    return f"<ioSpecification>{inputs}</ioSpecification>{associations}"


def test_inputs_that_speak_to_the_engine_are_no_data(look: Look) -> None:
    found = look(
        "jbpm",
        f'<userTask id="x">{given(ActorId="anna, bob", Priority="3", Skippable="true", amount="#{a}")}</userTask>',
    )
    assert found.assignment is not None
    assert found.assignment.candidate_users == (text("anna"), text("bob"))
    assert found.assignment.priority == text("3")
    assert found.inputs == (Mapping(Code("#{a}", "juel"), "amount"),)


def test_variables_go_in_and_out_under_the_names_of_inputs_and_outputs(look: Look) -> None:
    inner = (
        '<property id="v1" name="order"/><task id="x" drools:taskName="Rest"><ioSpecification>'
        '<dataInput id="i" name="Body"/><dataOutput id="o" name="Result"/></ioSpecification>'
        "<dataInputAssociation><sourceRef>v1</sourceRef><targetRef>i</targetRef></dataInputAssociation>"
        "<dataOutputAssociation><sourceRef>o</sourceRef><targetRef>v1</targetRef></dataOutputAssociation></task>"
    )
    found = look("jbpm", inner)
    assert found.job == Job("external", text("Rest"))
    assert found.inputs == (Mapping(Code("order", "variable"), "Body"),)
    assert found.outputs == (Mapping(Code("Result", "variable"), "order"),)


def test_rules_and_decisions(look: Look) -> None:
    rules = look("jbpm", '<businessRuleTask id="x" drools:ruleFlowGroup="approval"/>')
    assert rules.job == Job("connector", text("drools:approval"))
    decision = look(
        "jbpm", f'<businessRuleTask id="x">{given(namespace="n", model="m", decision="risk")}</businessRuleTask>'
    )
    assert decision.decision is not None
    assert decision.decision.key == text("risk")


def test_scripts_on_exit_and_meta_data(look: Look) -> None:
    inner = ext(
        "<drools:onExit-script><drools:script>x = 1;</drools:script></drools:onExit-script>"
        '<drools:metaData name="elementname"><drools:metaValue>Pay</drools:metaValue></drools:metaData>'
    )
    found = look("jbpm", f'<userTask id="x">{inner}</userTask>')
    assert found.listeners == (Listener("end", "script", Code("x = 1;", "mvel", script=True)),)
    assert found.properties == {"elementname": "Pay"}
    assert not found.async_before


def test_a_call_that_is_not_waited_for_is_told(model: Callable[..., Definitions]) -> None:
    usual = '<callActivity id="x" calledElement="c" drools:independent="false" drools:waitForCompletion="true"/>'
    other = '<callActivity id="y" calledElement="c" drools:independent="true" drools:waitForCompletion="false"/>'
    definitions = model("jbpm", usual + other)
    elements = {element.id: element for element in definitions.walk()}
    assert dialects.unread(definitions, elements["x"]) == []
    assert dialects.unread(definitions, elements["y"]) == [
        "independent=true lets the called process live on after its caller",
        "waitForCompletion=false goes on without waiting for the called process",
    ]
