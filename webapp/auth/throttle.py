"""Sign-in slows down for an account and for an address after failures, so that passwords can't be guessed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST = timedelta(minutes=15)
REMEMBERED = 10_000


class Throttle:
    """Counts failures by key (account or address). After five, each doubles the wait: 2 s, 4 s ... 15 minutes."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, keys: tuple[str, ...], now: datetime) -> timedelta:
        """How long these keys must still wait; zero if they may try now."""
        with self._lock:
            return max((self._left(key, now) for key in keys), default=timedelta(0))

    def _left(self, key: str, now: datetime) -> timedelta:
        count, last = self._failures.get(key, (0, now))
        if count < FREE_TRIES:
            return timedelta(0)
        pause = min(timedelta(seconds=2 ** min(count - FREE_TRIES + 1, 12)), LONGEST)
        return max(last + pause - now, timedelta(0))

    def failed(self, keys: tuple[str, ...], now: datetime) -> None:
        with self._lock:
            for key in keys:
                count, last = self._failures.pop(key, (0, now))
                # A day without failures forgives; a fixed bound keeps invented account names from filling memory.
                self._failures[key] = (1 if now - last > timedelta(days=1) else count + 1, now)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, account: str) -> None:
        """Only the account's failures are forgiven: an address that guessed one password is no better for it."""
        with self._lock:
            self._failures.pop(account, None)
