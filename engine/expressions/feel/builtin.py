"""A function of the language: its parameters with their kinds, and what fits them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.expressions.feel.comparison import kind
from engine.expressions.feel.scope import Scope

ANY = "any"


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name`, the kinds it takes, and whether it may be left out or be one of many."""

    name: str
    kinds: frozenset[str]
    optional: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Builtin:
    """`run` gets the scope and the arguments; any of the signatures may fit."""

    expression_members: ClassVar[frozenset[str]] = frozenset()

    run: Callable[..., Any]
    signatures: tuple[tuple[Parameter, ...], ...]

    def invoke(self, scope: Scope, given: list[Any], named: list[str]) -> Any:
        """The result, null where no signature fits."""
        for signature in self.signatures:
            arguments = _by_name(signature, given, named) if named else _by_position(signature, given)
            if arguments is not None:
                try:
                    return self.run(scope, *arguments)
                except (ArithmeticError, ValueError, TypeError):
                    return None
        return None


def _by_position(signature: tuple[Parameter, ...], given: list[Any]) -> list[Any] | None:
    many = bool(signature) and signature[-1].many
    required = sum(1 for parameter in signature if not parameter.optional and not parameter.many)
    if len(given) < required or (len(given) > len(signature) and not many) or (many and not given):
        return None
    fitted: list[Any] = []
    for index, value in enumerate(given):
        fits, fit = _fitted(signature[min(index, len(signature) - 1)], value)
        if not fits:
            return None
        fitted.append(fit)
    return fitted


def _by_name(signature: tuple[Parameter, ...], given: list[Any], named: list[str]) -> list[Any] | None:
    if len(set(named)) < len(named) or not set(named) <= {parameter.name for parameter in signature}:
        return None
    values = dict(zip(named, given, strict=True))
    fitted: list[Any] = []
    for parameter in signature:
        if parameter.name not in values:
            if not parameter.optional:
                return None
            fitted.append(None)
            continue
        fits, fit = _fitted(parameter, values[parameter.name])
        if not fits:
            return None
        fitted.append(fit)
    return fitted


def _fitted(parameter: Parameter, value: Any) -> tuple[bool, Any]:
    """Whether the value fits, and the value: a list of one is its item, an item a list of one, where that is asked."""
    kinds = parameter.kinds
    if ANY in kinds or (value is None and (parameter.optional or "null" in kinds)):
        return True, value
    found = kind(value)
    if found in kinds:
        return True, value
    if value is None:
        return False, None
    if found == "list":
        return (True, value[0]) if len(value) == 1 and kind(value[0]) in kinds else (False, None)
    return (True, [value]) if "list" in kinds else (False, None)


def builtin(run: Callable[..., Any], *signatures: str) -> Builtin:
    """`builtin(run, "string: string, start position: number, length?: number")`; `values...: any` takes many."""
    return Builtin(run, tuple(_signature(signature) for signature in signatures))


def _signature(text: str) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for part in filter(None, text.split(",")):
        name, _, kinds = part.partition(":")
        name = name.strip()
        many, optional = name.endswith("..."), name.endswith("?")
        found.append(Parameter(name.rstrip("?."), frozenset(item.strip() for item in kinds.split("|")), optional, many))
    return tuple(found)
