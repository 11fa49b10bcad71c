"""A request that carries a key is carried out once: sent again, it gets the answer that it got."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from engine.errors import Invalid
from engine.persistence.idempotency import Answer

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork

T = TypeVar("T")
LONGEST = 200


class KeyTaken(Invalid):
    """This key was used for something else."""

    status: ClassVar[int] = 422


def once(
    uow: UnitOfWork,
    key: str | None,
    command: Any,
    carry_out: Callable[[UnitOfWork], T],
    *,
    said: str = "",
    settled: Callable[[T], bool] = lambda result: True,
) -> T:
    """Carry it out, unless the actor has sent the same key before. Results are kept as values (text, number, list).

    `said`: a fingerprint of the request where the sender's interface has one; with another the key is refused.
    A result that is not `settled` is not kept: sent again, it is asked again.
    """
    if not key:
        return carry_out(uow)
    if len(key) > LONGEST:
        raise Invalid(f"An idempotency key has at most {LONGEST} characters.")
    name = f"{type(command).__name__} {said}".strip()
    kept = uow.idempotency.get(uow.actor.user, key)
    if kept is not None:
        if kept.command != name:
            raise KeyTaken(fix="Use a new key for each request.")
        return cast(T, kept.result)
    result = carry_out(uow)
    if settled(result):
        uow.idempotency.add(Answer(uow.actor.user or "", key, name, result, uow.now))
    return result
