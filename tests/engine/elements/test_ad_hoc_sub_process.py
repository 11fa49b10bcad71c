"""Ad-hoc sub-process: what is in it is done in whatever order somebody starts it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Conflict, NotFound

MODEL = """
<process id="p" isExecutable="%s">
  <startEvent id="start"/>
  start -> some
  <adHocSubProcess id="some" %s>
    <userTask id="one"/>
    one -> then
    <userTask id="then"/>
    <userTask id="two"/>
    %s
  </adHocSubProcess>
  some -> after
  <userTask id="after"/>
</process>
"""
CONDITION = "<completionCondition>enough</completionCondition>"


def inside(game: Any) -> int:
    """The token of the sub-process."""
    tokens = game.roots["r1"].tokens.values()
    return next(token.number for token in tokens if token.element_id == "some")


def begin(game: Any, *elements: str) -> None:
    token = inside(game)
    for element in elements:
        game.command(lambda root, element=element: root.start_ad_hoc(token, element))


@pytest.mark.construct("adHocSubProcess")
def test_activities_are_started_by_command_until_the_condition_is_met(play: Any) -> None:
    game = play(MODEL % ("true", "", CONDITION))
    game.start(enough=False)
    assert game.tasks == []
    begin(game, "one", "two", "two")
    assert game.tasks == ["one", "two", "two"]
    game.complete("one")
    assert game.tasks == ["then", "two", "two"]
    game.complete("two", enough=True)
    assert game.tasks == ["after"]


def test_without_cancelling_the_rest_it_waits_for_it(play: Any) -> None:
    game = play(MODEL % ("true", 'cancelRemainingInstances="false"', CONDITION))
    game.start(enough=True)
    begin(game, "one", "two")
    game.complete("two")
    assert game.tasks == ["one"]
    with pytest.raises(Conflict):
        game.command(lambda root: root.complete_ad_hoc(inside(game)))
    game.complete("one")
    game.complete("then")
    assert game.tasks == ["after"]


def test_without_a_condition_it_ends_by_command(play: Any) -> None:
    game = play(MODEL % ("true", "", ""))
    game.start()
    begin(game, "two")
    game.complete("two")
    assert game.tasks == []
    token = inside(game)
    game.command(lambda root: root.complete_ad_hoc(token))
    assert game.tasks == ["after"]


def test_sequential_means_one_after_the_other(play: Any) -> None:
    game = play(MODEL % ("true", 'ordering="Sequential"', ""))
    game.start()
    begin(game, "one")
    with pytest.raises(Conflict):
        begin(game, "two")


def test_only_what_nothing_leads_to_can_be_started(play: Any) -> None:
    game = play(MODEL % ("true", "", ""))
    game.start()
    with pytest.raises(NotFound):
        begin(game, "then")


def test_guided_all_is_offered_at_once(play: Any) -> None:
    game = play(MODEL % ("false", "", ""))
    game.start()
    assert game.tasks == ["one", "two"]
    for task in ("one", "then", "two"):
        game.complete(task)
    assert game.tasks == ["after"]
