"""Where the model does not say which way to go, a person of the lane is asked: the flows' names are the answers.

A flow without a name is called by where it leads: by the first thing along it that has a name.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from engine.elements.person import ask

if TYPE_CHECKING:
    from engine.spiff.element_spec import ElementSpec, Flow
    from engine.spiff.token import Token


def ask_way(token: Token, spec: ElementSpec, *, multiple: bool) -> None:
    """Put the question into the task list; `multiple`: several ways may be taken."""
    names = names_of_ways(spec)
    options = [{"id": flow.id, "name": names[flow.id], "default": flow.is_default} for flow in spec.outgoing]
    ask(token, spec, "question", form={"options": options, "multiple": multiple})
    token.remember(asked=True)


def names_of_ways(spec: ElementSpec) -> dict[str, str]:
    """What each outgoing flow is called, by its id; no two the same unless the model calls them so."""
    names = {flow.id: flow.name or _where_it_leads(spec, flow) for flow in spec.outgoing}
    times = Counter(names.values())
    for flow in spec.outgoing:
        if times[names[flow.id]] > 1 and not flow.name:
            names[flow.id] = f"{names[flow.id]} ({spec.process.task_specs[flow.target].element_id})"
    return names


def _where_it_leads(spec: ElementSpec, flow: Flow) -> str:
    targets = spec.process.task_specs
    seen, waiting = {flow.target, spec.name}, deque([flow.target])
    while waiting:
        target = targets[waiting.popleft()]
        if target.bpmn_name:
            return str(target.bpmn_name)
        following = [each.target for each in target.outgoing if each.target not in seen]
        seen.update(following)
        waiting.extend(following)
    return targets[flow.target].title


def is_asked(token: Token) -> bool:
    """Whether the question is put and not yet answered."""
    return bool(token.memory.get("asked")) and "chosen" not in token.memory


def answered(token: Token, spec: ElementSpec) -> list[Flow] | None:
    """The flows of the answer; None where nobody was asked."""
    chosen = token.memory.get("chosen")
    return None if chosen is None else [flow for flow in spec.outgoing if flow.id in chosen]
