"""One instance: what its tokens wait for that nobody outside can bring, and what could be undone in it."""

from bench import flows, process

from engine.commands import SetVariables, StartProcess
from engine.queries import InstanceDetail

BOOKING = process(
    """<startEvent id="s"/><task id="hotel"/>
    <boundaryEvent id="undone" attachedToRef="hotel"><compensateEventDefinition/></boundaryEvent>
    <task id="no_hotel" isForCompensation="true"/><association id="a" sourceRef="undone" targetRef="no_hotel"/>
    <subProcess id="trip"><userTask id="pack"/></subProcess>
    <boundaryEvent id="ill" attachedToRef="trip">
      <conditionalEventDefinition><condition>ill</condition></conditionalEventDefinition></boundaryEvent>
    <userTask id="rest"/>"""
    + flows("s", "hotel", "trip")
    + flows("ill", "rest")
)


def test_it_tells_which_conditions_are_watched_and_what_can_be_undone(bench):
    bench.deploy(BOOKING)
    id = bench.do(StartProcess(key="p", variables={"ill": False}))
    tokens = {token.element_id: token for token in bench.ask(InstanceDetail(id)).tokens}
    assert tokens["trip"].watches == ("ill",)
    assert [(undo.element_id, undo.by) for undo in tokens["p"].undoable] == [("hotel", "no_hotel")]
    assert tokens["pack"].watches == tokens["pack"].undoable == ()
    bench.do(SetVariables(id, {"ill": True}))
    tokens = {token.element_id: token for token in bench.ask(InstanceDetail(id)).tokens}
    assert set(tokens) == {"p", "rest"}
    assert tokens["p"].watches == ()
