"""How the history says that tokens went: done, taken away by which event, undone, or never begun."""

from __future__ import annotations

from typing import Any

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'


def ends(game: Any) -> list[tuple[str, str, str | None]]:
    gone = [event for event in game.roots["r1"].events if event.kind in ("token-gone", "token-passed")]
    return [(event.element_id, event.data["how"], event.data.get("by")) for event in gone]


def test_what_a_boundary_event_takes_away_names_it(play: Any) -> None:
    game = play("""<process id="p" isExecutable="true"><startEvent id="start"/>
      start -> around
      <subProcess id="around"><startEvent id="in"/>
        in -> work
        <userTask id="work"/></subProcess>
      <boundaryEvent id="late" attachedToRef="around"><timerEventDefinition><timeDuration>PT1H</timeDuration>
      </timerEventDefinition></boundaryEvent>
      late -> told
      <userTask id="told"/></process>""")
    game.start()
    game.later(hours=1)
    taken = [(element, how, by) for element, how, by in ends(game) if by is not None]
    assert taken == [("work", "cancelled", "late"), ("around", "cancelled", "late")]


def test_items_that_had_not_begun_are_not_told_as_cancelled(play: Any) -> None:
    game = play("""<process id="p" isExecutable="true"><startEvent id="start"/>
      start -> each
      <subProcess id="each">
        <multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>
        <startEvent id="in"/>
        in -> fail
        <endEvent id="fail"><errorEventDefinition/></endEvent></subProcess>
      <boundaryEvent id="failed" attachedToRef="each"><errorEventDefinition/></boundaryEvent>
      failed -> told
      <userTask id="told"/></process>""")
    game.start()
    assert sorted(how for element, how, _ in ends(game) if element == "each") == ["cancelled", "unbegun", "unbegun"]


def test_a_sub_process_that_is_undone_is_not_completed_again(play: Any) -> None:
    game = play("""<process id="p" isExecutable="true"><startEvent id="start"/>
      start -> around
      <subProcess id="around"><startEvent id="in"/>
        in -> book
        <task id="book"/>
        <boundaryEvent id="undo_book" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
        <task id="no_book" isForCompensation="true"/>
        <association sourceRef="undo_book" targetRef="no_book"/></subProcess>
      around -> undo
      <intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>
      undo -> after
      <userTask id="after"/></process>""")
    game.start()
    assert [how for element, how, _ in ends(game) if element == "around"] == ["completed", "undone"]
    assert ("no_book", "completed", None) in ends(game)


def test_what_was_done_stays_done_when_its_end_listener_calls_for_an_interruption(play: Any) -> None:
    game = play(f"""<process id="p" isExecutable="true" {CAMUNDA}><startEvent id="start"/>
      start -> work
      <userTask id="work"><extensionElements>
        <camunda:executionListener event="end" expression="${{execution.setVariable('n', 1)}}"/>
      </extensionElements></userTask>
      work -> after
      <userTask id="after"/>
      <subProcess id="watching" triggeredByEvent="true"><startEvent id="met"><conditionalEventDefinition>
        <condition>${{n == 1}}</condition></conditionalEventDefinition></startEvent>
        met -> noticed
        <userTask id="noticed"/></subProcess></process>""")
    game.start()
    game.complete("work")
    assert game.tasks == ["noticed"]
    assert ("work", "completed", "watching") in ends(game)
