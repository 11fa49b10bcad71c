"""What led to a command with no person and no time between: instances that start and answer one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Chain:
    """How many instances were started on the way, how many messages and signals sent, and who sent the last."""

    starts: int = 0
    sent: int = 0
    sender: str = ""

    def start(self) -> Chain:
        return replace(self, starts=self.starts + 1)

    def send(self, sender: str) -> Chain:
        return Chain(self.starts, self.sent + 1, sender)

    def kept(self) -> list[Any]:
        """As the payload of a job carries it."""
        return [self.starts, self.sent, self.sender]


NO_CHAIN = Chain()
# Who has waited that long was moved by time, or by a person: a new chain begins.
LONGEST_LINK = timedelta(minutes=1)


def chain_of(kept: Sequence[Any] | int | None) -> Chain:
    """The chain that a job's payload carries; one that carries none begins one."""
    if isinstance(kept, int):
        # As jobs carried it that were written when starts alone were counted.
        return Chain(starts=kept)
    return Chain(*kept) if kept else NO_CHAIN
