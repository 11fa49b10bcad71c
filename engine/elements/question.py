"""Where the model does not say which way to go, a person of the lane is asked: the flows' names are the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.elements.person import ask

if TYPE_CHECKING:
    from engine.spiff.element_spec import ElementSpec, Flow
    from engine.spiff.token import Token


def ask_way(token: Token, spec: ElementSpec, *, multiple: bool) -> None:
    """Put the question into the task list; `multiple`: several ways may be taken."""
    targets = spec.process.task_specs
    options = [
        {"id": flow.id, "name": flow.name or targets[flow.target].title, "default": flow.is_default}
        for flow in spec.outgoing
    ]
    ask(token, spec, "question", form={"options": options, "multiple": multiple})
    token.remember(asked=True)


def is_asked(token: Token) -> bool:
    """Whether the question is put and not yet answered."""
    return bool(token.memory.get("asked")) and "chosen" not in token.memory


def answered(token: Token, spec: ElementSpec) -> list[Flow] | None:
    """The flows of the answer; None where nobody was asked."""
    chosen = token.memory.get("chosen")
    return None if chosen is None else [flow for flow in spec.outgoing if flow.id in chosen]
