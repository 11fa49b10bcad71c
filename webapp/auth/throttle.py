"""Sign-in slows down for an account and for an address after failures, so that passwords can't be guessed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

LONGEST = timedelta(minutes=15)
REMEMBERED = 10_000

FREE_TRIES = {"pair": 5, "account": 20, "address": 50}
"""Few for one account from one address; more for what honest people share, so that a guesser does not lock them out."""

Key = tuple[str, str]
"""A kind of FREE_TRIES, and what is counted."""


def keys_of(account: str, address: str) -> tuple[Key, ...]:
    return (("pair", f"{account} {address}"), ("account", account), ("address", address))


class Throttle:
    """Counts failures by key. After the free ones, each doubles the wait: 2 s, 4 s ... 15 minutes."""

    def __init__(self) -> None:
        self._failures: OrderedDict[Key, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, keys: tuple[Key, ...], now: datetime) -> timedelta:
        """How long these keys must still wait; zero if they may try now."""
        with self._lock:
            return max((self._left(key, now) for key in keys), default=timedelta(0))

    def _left(self, key: Key, now: datetime) -> timedelta:
        count, last = self._failures.get(key, (0, now))
        beyond = count - FREE_TRIES[key[0]]
        if beyond < 0:
            return timedelta(0)
        pause = min(timedelta(seconds=2 ** min(beyond + 1, 12)), LONGEST)
        return max(last + pause - now, timedelta(0))

    def failed(self, keys: tuple[Key, ...], now: datetime) -> None:
        with self._lock:
            for key in keys:
                count, last = self._failures.pop(key, (0, now))
                # A day without failures forgives; a fixed bound keeps invented account names from filling memory.
                self._failures[key] = (1 if now - last > timedelta(days=1) else count + 1, now)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, keys: tuple[Key, ...]) -> None:
        """The account's failures are forgiven, not the address's: one that guessed one password is no better for it."""
        with self._lock:
            for key in keys:
                if key[0] != "address":
                    self._failures.pop(key, None)
