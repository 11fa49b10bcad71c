"""Cancel event definition (BPMN 2.0, 10.5.5 and 13.5.2): ends a transaction, undoes it, and leaves by its boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.elements.compensation import compensate
from engine.elements.event_definition import EventDefinition
from engine.elements.transaction import Transaction

if TYPE_CHECKING:
    from engine.spiff.token import Token


class CancelEvent(EventDefinition):
    """All else in the transaction is cancelled first; the boundary event is left when everything is undone."""

    kind = "cancel"

    def throw(self, token: Token, event: Any) -> None:
        transaction = _transaction_of(token)
        if transaction is None:
            return
        inside = token
        while inside is not transaction:
            around = inside.parent
            assert around is not None
            for other in around.children:
                if other is not inside:
                    token.workflow.cancel_token(other)
            inside = around
        compensate(token, within=transaction)

    def thrown(self, token: Token, event: Any) -> None:
        transaction = _transaction_of(token)
        if transaction is None or not isinstance(transaction.task_spec, Transaction):
            return
        spec = transaction.task_spec
        host = transaction if spec.item_of is None else transaction.parent
        if spec.cancelled_by is not None and host is not None:
            spec.cancelled_by.happened(host)


def _transaction_of(token: Token) -> Token | None:
    around: Token | None = token.parent
    while around is not None and not isinstance(around.task_spec, Transaction):
        around = around.parent
    return around
