"""Roots kept in memory between two commands, so that the next one need not read the rows again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.persistence.library import Library

if TYPE_CHECKING:
    from engine.runtime.root import Root


@dataclass(slots=True)
class LiveRoot:
    """A root, with the revision of its rows that it is the same as, and that of the bindings it was compiled under."""

    root: Root
    library: Library
    revision: int
    bindings: int


class LiveRoots:
    """Those used last, at most `size`. One that is taken is gone from here until it is put back unharmed."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[str, LiveRoot] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, root_id: str, revision: int, bindings: int) -> LiveRoot | None:
        """The root, if it is what the rows say now; another server may have moved it since."""
        with self._lock:
            live = self._kept.pop(root_id, None)
        return live if live is not None and (live.revision, live.bindings) == (revision, bindings) else None

    def put(self, root_id: str, live: LiveRoot) -> None:
        with self._lock:
            newer = self._kept.get(root_id)
            if newer is None or newer.revision <= live.revision:
                self._kept[root_id] = live
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)
