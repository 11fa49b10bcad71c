"""The sandboxed interpreters that scripts run in: a few processes of their own, started when first needed."""

from __future__ import annotations

import atexit
import os
import threading

from pydantic_monty import Monty, MontySession, OSPolicy

from engine.expressions.errors import ExpressionError
from engine.expressions.language import Limits

_lock = threading.Lock()
_pool: Monty | None = None
_owner = 0


def session(limits: Limits, policy: OSPolicy) -> MontySession:
    """A fresh interpreter for one script, to be used in a `with`. It has no files, no network and no environment."""
    return _running().checkout(
        script_name="script",
        limits={
            "max_feed_duration_secs": limits.seconds,
            "max_memory": limits.memory,
            "max_recursion_depth": limits.recursion,
            "max_suspensions": limits.calls,
            "max_total_sleep_secs": 0.0,
        },
        assert_message_annotations=False,
        os_policy=policy,
    )


def _running() -> Monty:
    global _pool, _owner
    with _lock:
        if _pool is not None and _owner != os.getpid():
            # The pool's threads stay behind when a process forks; waiting for them would never end.
            raise ExpressionError(
                "Scripts cannot run in a process that was forked after its parent ran one.",
                fix="Start the process anew instead of forking.",
            )
        if _pool is None:
            _pool = Monty(checkout_timeout=30.0, max_checkouts_per_worker=1000).__enter__()
            _owner = os.getpid()
        return _pool


def stop_interpreters() -> None:
    """End the interpreters' processes; the next script starts them again."""
    global _pool
    with _lock:
        if _pool is not None and _owner == os.getpid():
            _pool.__exit__(None, None, None)
            _pool = None


atexit.register(stop_interpreters)
