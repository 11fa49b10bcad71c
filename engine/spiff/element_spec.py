"""What every BPMN element has in common: SpiffWorkflow's TaskSpec without its prediction of futures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.judgement import RUNS, Judgement
from engine.spiff.failures import ElementFailure
from engine.spiff.waits import Entry, close_waits

if TYPE_CHECKING:
    from bpmn.model import FlowNode, Process
    from engine.elements.compilation import Compilation
    from engine.spiff.evaluation import Evaluator
    from engine.spiff.process_spec import ProcessSpec
    from engine.spiff.scope import Touch
    from engine.spiff.token import Token


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow: where it leads (a spec's name), under which condition, what is done when it is taken."""

    id: str
    name: str | None
    source: str
    target: str
    condition: Evaluator | None = None
    is_default: bool = False
    taken: Callable[[Token], None] | None = None
    skip: Evaluator | None = None

    def is_open(self, token: Token) -> bool:
        """Whether its condition lets the token pass; where skip expressions are switched on, whether its own does."""
        if self.skip is not None and skipping(token):
            return self.skip.is_true(token)
        return self.condition is None or self.condition.is_true(token)


def skipping(token: Token) -> bool:
    """Whether skip expressions count in this instance (Flowable: a variable switches them on)."""
    enabled = token.data.get("_FLOWABLE_SKIP_EXPRESSION_ENABLED", token.data.get("_ACTIVITI_SKIP_EXPRESSION_ENABLED"))
    return enabled is True


class ElementSpec(BpmnSpecMixin):
    """The life of a token at an element, in SpiffWorkflow's protocol:

    `_update_hook` when it arrives (False: it rests), `_run_hook` to carry the element out (None: it completes later),
    `_on_complete_hook` before it leaves, `_on_cancel` when it is taken away.
    """

    keeps_flow: ClassVar[bool] = False
    # Whether flow elements are inside it, and whether these count as inside the scope around it, too.
    is_scope: ClassVar[bool] = False
    extends_scope: ClassVar[bool] = False
    # Whether its tokens inside are the items of a loop.
    is_loop: ClassVar[bool] = False
    # Whether it is told of every token inside that has gone its way, not only of the last.
    watches_children: ClassVar[bool] = False

    def __init__(self, process: ProcessSpec, node: FlowNode | Process, c: Compilation, name: str | None = None) -> None:
        super().__init__(process, name or c.name_of(node) or process.name, bpmn_name=node.name, lane=c.lane_of(node.id))
        self.lane_groups = c.groups_of(self.lane)
        self.process = process
        self.element_id: str = c.name_of(node) or process.name
        self.bpmn_id = node.id
        self.incoming: list[Flow] = []
        self.outgoing: list[Flow] = []

    @property
    def title(self) -> str:
        """The element as a person knows it."""
        return self.bpmn_name or self.element_id

    # -- SpiffWorkflow's protocol -----------------------------------------------------------------------------------

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Nothing is predicted: a token exists when it is there."""

    def _update(self, my_task: Token) -> None:
        if self._update_hook(my_task):
            my_task._set_state(TaskState.READY)
            self._on_ready_hook(my_task)

    def _update_hook(self, my_task: Token) -> bool:
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        """Carried out when the token is ready to run."""

    def _run(self, my_task: Token) -> bool | None:
        return self._run_hook(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        return True

    def _on_complete(self, my_task: Token) -> None:
        self._on_complete_hook(my_task)
        my_task.workflow.leave(my_task, self.choose(my_task))

    def _on_complete_hook(self, my_task: Token) -> None:
        """Carried out when the element is done, before the token moves on."""

    def _on_cancel(self, my_task: Token) -> None:
        """Carried out before the token is taken away."""

    # -- beyond SpiffWorkflow ---------------------------------------------------------------------------------------

    @property
    def jumps_to(self) -> list[str]:
        """Where tokens go from here other than along sequence flows."""
        return []

    def judge(self) -> Judgement:
        """What a verdict says of the element beforehand."""
        return RUNS

    def current_activity(self, token: Token, event: str | None) -> str:
        """The activity that a listener of this event is told it is at."""
        return self.element_id

    def waits_for_person(self, token: Token) -> bool:
        """Whether a ready token rests until a person completes it (SpiffWorkflow: `manual`)."""
        return bool(self.manual)

    def choose(self, token: Token) -> list[Flow]:
        """The sequence flows to take: all that are unconditional or true, else the default one (13.2.1)."""
        if not self.outgoing:
            return []
        taken = [f for f in self.outgoing if not f.is_default and f.is_open(token)]
        if not taken:
            taken = [f for f in self.outgoing if f.is_default]
        if not taken:
            raise ElementFailure(
                "no-flow",
                f"No condition of the flows out of “{self.title}” is true, and none is the default flow.",
                "Change the variables and retry, or give the model a default flow.",
            )
        return taken

    def triggered(self, token: Token, entry: Entry, variables: dict[str, Any]) -> None:
        """What the token waited for at this element has happened."""
        token.data.update(self.received(token, variables))
        token.workflow.look_at_conditions()
        if not token.is_open:
            return
        close_waits(token, element_id=self.element_id, how="completed")
        token.remember(done=True)
        token.run()

    def received(self, token: Token, variables: dict[str, Any]) -> dict[str, Any]:
        """What becomes of the variables that come with what was waited for."""
        return variables

    def stands_for(self, token: Token, target: ElementSpec, variables: dict[str, Any]) -> bool:
        """Whether the token waits here on behalf of the target, and has now gone there."""
        return False

    def condition_met(self, token: Token, touched: list[Touch]) -> bool:
        """Whether a condition that this element waits for has become true by these changes."""
        return False

    def children_done(self, token: Token) -> None:
        """The last token inside this activity is gone."""
        token.complete()

    def left_waiting(self, token: Token) -> None:
        """A resting token is being taken away from this element."""

    def restored(self, token: Token) -> None:
        """A resting token was loaded from storage: derive again what is not stored."""

    def settle(self, waiting: list[Token], *, stuck: bool) -> bool:
        """Nothing moves any more: let tokens that wait for others go on if none can come. True if one did.

        `stuck`: not even after every other join was asked.
        """
        return False

    def passes_through(self, token: Token, thrower: Token) -> None:
        """An error or escalation is on its way out of what is inside the token."""

    def catches(self, token: Token, code: str | None, kind: str, came_from: Token | None) -> Any:
        """The handler here for an error or escalation thrown inside the token, or None."""
        return None
