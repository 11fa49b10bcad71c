"""A running instance or token, found by its id under its root's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Conflict, NotFound
from engine.persistence.instances import number_of, root_of

if TYPE_CHECKING:
    from engine.runtime.root import Root
    from engine.unitofwork import UnitOfWork


def scope_at(uow: UnitOfWork, id: str, *, own: bool = False) -> tuple[Root, int | str]:
    """The root and the scope that an instance or a token sees; `own`: the token's own, which it gets if need be."""
    root = uow.root(root_of(id))
    instance = uow.instances.get(id)
    if instance is not None and instance.state != "running":
        raise Conflict(f"This instance has ended ({instance.state}).")
    if instance is not None:
        return root, id
    if own:
        return root, root.own_scope(number_of(id))
    scope = uow.token_scope(root_of(id), number_of(id))
    if scope is None:
        raise NotFound("There is no such token.")
    return root, scope
