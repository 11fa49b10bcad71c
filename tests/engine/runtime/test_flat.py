"""A step costs what it changes: neither the length of the process, its age nor its width make it larger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.runtime.records import Step, UserTaskRecord


def chain(count: int) -> str:
    tasks = "".join(f'<userTask id="t{index}"/>' for index in range(count))
    flows = "\n".join(f"t{index} -> t{index + 1}" for index in range(count - 1))
    return f'<process id="p" isExecutable="true">{tasks}\n{flows}\n</process>'


LOOP = """
<process id="p" isExecutable="true">
  <startEvent id="s"/><exclusiveGateway id="merge"/><userTask id="t"/><exclusiveGateway id="g" default="g_e"/>
  <endEvent id="e"/>
  s -> merge
  merge -> t
  t -> g
  g -> merge if go_on
  g -> e
</process>"""


def size(step: Step) -> list[int]:
    """How many records of each kind a step writes."""
    return [len(value) for value in vars_of(step).values() if isinstance(value, list)]


def vars_of(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in step.__dataclass_fields__}


def steps_of(run: Any) -> list[Step]:
    """The steps of the root from here on, noted as they are saved."""
    noted: list[Step] = []
    stored = run.roots["r1"]
    save = stored.save

    def note(step: Step) -> None:
        noted.append(step)
        save(step)

    stored.save = note
    return noted


def test_a_row_of_twelve_hundred_tasks(play: Callable[..., Any]) -> None:
    run = play(chain(1200))
    run.start()
    steps = steps_of(run)
    for index in range(1200):
        assert len(run.roots["r1"].tokens) == 2
        run.complete(f"t{index}")
    assert run.state() == "completed"
    assert size(steps[1]) == size(steps[600]) == size(steps[1197])


def test_the_five_hundredth_round_of_a_loop(play: Callable[..., Any]) -> None:
    run = play(LOOP)
    run.start(go_on=True)
    steps = steps_of(run)
    for _ in range(500):
        run.complete("t")
    assert size(steps[1]) == size(steps[250]) == size(steps[499])
    assert len(run.roots["r1"].tokens) == 2
    run.complete("t", go_on=False)
    assert run.state() == "completed"


def test_one_of_five_hundred_items(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <userTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>500</loopCardinality>
        </multiInstanceLoopCharacteristics></userTask>
      </process>""")
    run.start()
    steps = steps_of(run)
    for _ in range(30):
        run.complete("t", index=1)
    assert size(steps[1]) == size(steps[15]) == size(steps[29])
    assert len(steps[15].gone_tokens) == 1


def test_a_wide_value_is_not_written_again_when_it_is_only_read(play: Callable[..., Any]) -> None:
    run = play(chain(3))
    run.start(wide=list(range(10_000)))
    steps = steps_of(run)
    run.command(lambda root: root.workflow.bodies["r1"].data["wide"])
    run.complete("t0", small=1)
    assert [name for step in steps for _, name, _ in step.new_variables + step.changed_variables] == ["small"]


def test_a_command_that_changes_nothing_writes_nothing(play: Callable[..., Any]) -> None:
    run = play(chain(3))
    run.start()
    steps = steps_of(run)
    run.command(lambda root: None)
    assert sum(size(steps[0])) == 0


def test_what_comes_and_goes_within_a_step_is_in_its_history_only(play: Callable[..., Any]) -> None:
    run = play("""
      <process id="p" isExecutable="true">
        <startEvent id="s"/><task id="a"/><task id="b"/><userTask id="u"/>
        s -> a
        a -> b
        b -> u
      </process>""")
    run.start()
    kept = sorted(token.element_id for token in run.roots["r1"].tokens.values())
    assert kept == ["p", "u"]
    assert [event.element_id for event in run.roots["r1"].events if event.kind == "token-passed"] == ["s", "a", "b"]
    assert run.record(UserTaskRecord, "u").number in run.roots["r1"].waits
