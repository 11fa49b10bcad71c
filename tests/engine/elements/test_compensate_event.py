"""Compensation: what was completed is undone, the latest first, in the scope that it was done in."""

from __future__ import annotations

from typing import Any

import pytest

BOOKED = """
<process id="p" isExecutable="true">
  <startEvent id="start"/>
  start -> hotel
  <scriptTask id="hotel" scriptFormat="python"><script>steps = steps + ["hotel"]</script></scriptTask>
  <boundaryEvent id="hotel_undone" attachedToRef="hotel"><compensateEventDefinition/></boundaryEvent>
  <scriptTask id="no_hotel" isForCompensation="true" scriptFormat="python">
    <script>steps = steps + ["no hotel"]</script>
  </scriptTask>
  hotel -> flight
  <scriptTask id="flight" scriptFormat="python"><script>steps = steps + ["flight"]</script></scriptTask>
  <boundaryEvent id="flight_undone" attachedToRef="flight"><compensateEventDefinition/></boundaryEvent>
  <userTask id="no_flight" isForCompensation="true"/>
  flight -> undo
  %s
  <association sourceRef="hotel_undone" targetRef="no_hotel"/>
  <association sourceRef="flight_undone" targetRef="no_flight"/>
</process>
"""
THROW = """
  <intermediateThrowEvent id="undo"><compensateEventDefinition%s/></intermediateThrowEvent>
  undo -> after
  <userTask id="after"/>
"""


@pytest.mark.construct(
    "intermediateThrowEvent/compensate",
    "boundaryEvent/compensate/interrupting",
    "boundaryEvent/compensate/non-interrupting",
    "compensation",
)
def test_all_that_was_done_is_undone_and_the_throwing_event_waits_for_it(play: Any) -> None:
    game = play(BOOKED % (THROW % ""))
    game.start(steps=[])
    assert game.tasks == ["no_flight"]
    assert game.variables()["steps"] == ["hotel", "flight", "no hotel"]
    game.complete("no_flight")
    assert game.tasks == ["after"]


def test_only_the_named_activity_is_undone(play: Any) -> None:
    game = play(BOOKED % (THROW % ' activityRef="hotel"'))
    game.start(steps=[])
    assert game.tasks == ["after"]
    assert game.variables()["steps"] == ["hotel", "flight", "no hotel"]


@pytest.mark.construct("endEvent/compensate")
def test_an_end_event_undoes_before_its_process_ends(play: Any) -> None:
    game = play(BOOKED % '<endEvent id="undo"><compensateEventDefinition/></endEvent>')
    game.start(steps=[])
    assert game.state() == "running"
    game.complete("no_flight")
    assert game.state() == "completed"


def test_nothing_done_means_nothing_undone(play: Any) -> None:
    game = play(
        """
        <process id="p" isExecutable="true">
          <startEvent id="start"/>
          start -> undo
          <endEvent id="undo"><compensateEventDefinition/></endEvent>
        </process>
        """
    )
    game.start()
    assert game.state() == "completed"


SUB = """
<process id="p" isExecutable="true">
  <startEvent id="start"/>
  start -> trip
  <subProcess id="trip">
    <multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality>
    </multiInstanceLoopCharacteristics>
    <startEvent id="begin"/>
    begin -> hotel
    <task id="hotel"/>
    <boundaryEvent id="hotel_undone" attachedToRef="hotel"><compensateEventDefinition/></boundaryEvent>
    <userTask id="no_hotel" isForCompensation="true"/>
    <association sourceRef="hotel_undone" targetRef="no_hotel"/>
    %s
  </subProcess>
  trip -> undo
  <intermediateThrowEvent id="undo"><compensateEventDefinition activityRef="trip"/></intermediateThrowEvent>
  undo -> after
  <userTask id="after"/>
</process>
"""


def test_a_sub_process_is_undone_inside_once_for_each_time_it_was_done(play: Any) -> None:
    game = play(SUB % "")
    game.start()
    assert game.tasks == ["no_hotel", "no_hotel"]
    game.complete("no_hotel")
    game.complete("no_hotel")
    assert game.tasks == ["after"]
    assert game.path().count("hotel") == 2


@pytest.mark.construct("startEvent/compensate")
def test_a_compensation_event_sub_process_undoes_instead(play: Any) -> None:
    game = play(
        SUB
        % """
        <subProcess id="instead" triggeredByEvent="true">
          <startEvent id="undone"><compensateEventDefinition/></startEvent>
          undone -> ask
          <userTask id="ask"/>
          ask -> inside
          <intermediateThrowEvent id="inside"><compensateEventDefinition/></intermediateThrowEvent>
        </subProcess>
        """
    )
    game.start()
    assert game.tasks == ["ask", "ask"]
    game.complete("ask")
    assert game.tasks == ["ask", "no_hotel"]
    game.complete("no_hotel")
    game.complete("ask")
    game.complete("no_hotel")
    assert game.tasks == ["after"]


def test_handlers_see_the_variables_of_the_sub_process_as_they_were(play: Any) -> None:
    game = play(
        """
        <process id="p" isExecutable="true">
          <startEvent id="start"/>
          start -> trip
          <subProcess id="trip">
            <multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>
            </multiInstanceLoopCharacteristics>
            <task id="hotel"/>
            <boundaryEvent id="hotel_undone" attachedToRef="hotel"><compensateEventDefinition/></boundaryEvent>
            <scriptTask id="no_hotel" isForCompensation="true" scriptFormat="python">
              <script>seen = seen + [loopCounter]</script>
            </scriptTask>
            <association sourceRef="hotel_undone" targetRef="no_hotel"/>
          </subProcess>
          trip -> undo
          <endEvent id="undo"><compensateEventDefinition/></endEvent>
        </process>
        """
    )
    game.start(seen=[])
    assert game.variables()["seen"] == [2, 1, 0]


TRANSACTION = """
<process id="p" isExecutable="true">
  <startEvent id="start"/>
  start -> deal
  <transaction id="deal">
    <startEvent id="begin"/>
    begin -> fork
    <parallelGateway id="fork"/>
    fork -> pay
    <task id="pay"/>
    <boundaryEvent id="paid" attachedToRef="pay"><compensateEventDefinition/></boundaryEvent>
    <userTask id="pay_back" isForCompensation="true"/>
    <association sourceRef="paid" targetRef="pay_back"/>
    pay -> ask
    <userTask id="ask"/>
    ask -> which
    <exclusiveGateway id="which"/>
    which -> refused if not agreed
    which -> agreed if agreed
    <endEvent id="agreed"/>
    <endEvent id="refused"><cancelEventDefinition/></endEvent>
    fork -> other
    <userTask id="other"/>
  </transaction>
  <boundaryEvent id="cancelled" attachedToRef="deal"><cancelEventDefinition/></boundaryEvent>
  deal -> good
  <userTask id="good"/>
  cancelled -> bad
  <userTask id="bad"/>
</process>
"""


@pytest.mark.construct("transaction", "endEvent/cancel", "boundaryEvent/cancel/interrupting")
def test_a_cancelled_transaction_is_undone_and_left_by_its_boundary_event(play: Any) -> None:
    game = play(TRANSACTION)
    game.start()
    assert game.tasks == ["ask", "other"]
    game.complete("ask", agreed=False)
    assert game.tasks == ["pay_back"]
    game.complete("pay_back")
    assert game.tasks == ["bad"]


@pytest.mark.construct("transaction")
def test_a_transaction_that_is_not_cancelled_is_a_sub_process(play: Any) -> None:
    game = play(TRANSACTION)
    game.start()
    game.complete("other")
    game.complete("ask", agreed=True)
    assert game.tasks == ["good"]


def test_the_items_of_a_loop_can_be_undone_when_all_of_it_is_done(play: Any) -> None:
    model = """
    <process id="p" isExecutable="true">
      <startEvent id="start"/>
      start -> fork
      <parallelGateway id="fork"/>
      fork -> book
      <userTask id="book">
        <multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
      </userTask>
      <boundaryEvent id="undone" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
      <userTask id="unbook" isForCompensation="true"/>
      <association sourceRef="undone" targetRef="unbook"/>
      fork -> wait
      <userTask id="wait"/>
      wait -> undo
      <intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>
      undo -> after
      <userTask id="after"/>
    </process>
    """
    early = play(model)
    early.start()
    early.complete("book")
    early.complete("wait")
    assert early.tasks == ["after", "book"]
    whole = play(model)
    whole.start()
    whole.complete("book")
    whole.complete("book")
    whole.complete("wait")
    assert whole.tasks == ["unbook", "unbook"]
