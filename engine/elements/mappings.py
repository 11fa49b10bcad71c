"""Input and output mappings of an activity (BPMN 2.0, 10.4.2; Camunda inputOutput, Zeebe ioMapping)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn.model.execution import Code, Execution, Mapping
from engine.spiff.evaluation import Evaluator
from engine.spiff.scope import Scope, Variables
from engine.spiff.script import Script

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.token import Token


class Mappings:
    """The compiled mappings of one element."""

    def __init__(self, details: Execution, c: Compilation) -> None:
        self.inputs = [MappingRule(mapping, c) for mapping in details.inputs]
        self.outputs = [MappingRule(mapping, c) for mapping in details.outputs]

    def __bool__(self) -> bool:
        return bool(self.inputs or self.outputs)

    def apply_inputs(self, token: Token) -> None:
        """Evaluate each in the scope as it has become so far, and keep it in the activity's own."""
        for rule in self.inputs:
            rule.apply(token, token.scope)

    def apply_outputs(self, token: Token) -> None:
        """Evaluate each in the activity's scope and keep it outside."""
        scope = token.scope
        outside = scope.parent if scope.token == token.id and scope.parent is not None else scope
        for rule in self.outputs:
            rule.apply(token, outside, spread=True)


class MappingRule:
    """One mapping, compiled: value, list, map or script."""

    def __init__(self, mapping: Mapping, c: Compilation) -> None:
        self.mapping = mapping
        # A parameter without content (Camunda: "null value").
        self.empty_is_null = c.dialect == "camunda7"
        is_script = mapping.source is not None and mapping.source.script
        self.source = None if is_script else c.evaluator(mapping.source)
        self.script = Script(mapping.source) if is_script and mapping.source is not None else None
        self.target = c.evaluator(mapping.target) if isinstance(mapping.target, Code) else mapping.target
        self.items = [
            (_key(key, c), MappingRule(item if isinstance(item, Mapping) else Mapping(item, None), c))
            for key, item in mapping.items or ()
        ]

    def value(self, token: Token, extra: dict[str, Any] | None = None) -> Any:
        """Evaluated where the token is; `extra` are variables that are seen before its own."""
        if self.mapping.shape == "list":
            return [rule.value(token, extra) for _, rule in self.items]
        if self.mapping.shape == "map":
            return {key.text(token) if key else None: rule.value(token, extra) for key, rule in self.items}
        if self.script is not None:
            return self.script.run(token)
        if self.source is None or (self.empty_is_null and not self.source.code.text):
            return None
        return self.source.value(token, extra)

    def name(self, token: Token) -> str | None:
        return self.target.text(token) if isinstance(self.target, Evaluator) else self.target

    def apply(self, token: Token, scope: Scope, *, spread: bool = False) -> None:
        """Keep the value under its target: in that very scope, or (`spread`) where such a variable already is."""
        name = self.name(token)
        if name is None:
            return
        value = self.value(token)
        path = name.split(".")
        if spread and len(path) == 1:
            set_from(scope, name, value)
        elif len(path) == 1:
            scope.set(name, value)
        else:
            nested = dict(scope.get(path[0])) if scope.has(path[0]) and isinstance(scope.get(path[0]), dict) else {}
            inner = nested
            for part in path[1:-1]:
                inner[part] = dict(inner[part]) if isinstance(inner.get(part), dict) else {}
                inner = inner[part]
            inner[path[-1]] = value
            set_from(scope, path[0], nested) if spread else scope.set(path[0], nested)


def _key(key: str | None, c: Compilation) -> Evaluator | None:
    """An entry's key, which Camunda evaluates, too."""
    if key is None:
        return None
    return c.evaluator(Code(key, "juel" if c.dialect == "camunda7" and "{" in key else "text"))


def set_from(scope: Scope, name: str, value: Any) -> None:
    """Set a variable as seen from a scope: where it is, else in the process instance."""
    Variables(scope)[name] = value
