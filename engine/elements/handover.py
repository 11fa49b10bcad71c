"""Variables handed from one instance to another: to and from what is called, along with what is thrown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Mapping
from engine.elements.mappings import MappingRule, set_from

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class Handover:
    """One variable, an expression, or all of them."""

    def __init__(self, mapping: Mapping, c: Compilation) -> None:
        self.mapping = mapping
        self.rule = MappingRule(mapping, c)

    def values(self, source: Token) -> dict[str, Any]:
        """What is handed over, by the name it gets."""
        if self.mapping.source is None and self.mapping.target is None and not self.rule.items:
            if self.mapping.local:
                return {name: source.scope.get(name) for name in source.scope.names()}
            # Camunda hands over the counts of a loop, too.
            return dict(source.data) if source.task_spec.process.dialect == "camunda7" else source.data.stored()
        name = self.rule.name(source)
        return {name: self.rule.value(source)} if name is not None else {}

    def hand_over(self, source: Token, target: Token, *, spread: bool = False) -> None:
        """Keep it in the target's scope; `spread`: where the variable is as seen from there."""
        counts = {name for scope in target.data.scopes() if scope.computed is not None for name in scope.computed()}
        for name, value in self.values(source).items():
            if spread and name in counts:
                continue
            if spread and not self.mapping.local:
                set_from(target.scope, name, value)
            else:
                target.scope.set(name, value)
