"""Figures that take long, kept for a few seconds: who looks again, or looks at the same, need not wait again."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
SECONDS = 15.0
WORTH = 0.02
KEPT = 500


class Recent:
    """Only for answers that are the same for all who may ask. What came quickly is asked anew each time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        began = time.monotonic()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and began - kept[0] < SECONDS:
            answer: T = kept[1]
            return answer
        answer = ask()
        if time.monotonic() - began > WORTH:
            with self._lock:
                self._kept[key] = (time.monotonic(), answer)
                self._kept.move_to_end(key)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return answer
