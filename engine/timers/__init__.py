"""When timers are due: dates, durations, cycles and cron, computed from a moment that the caller names."""

from .cycles import Cycle
from .dates import due_date, due_duration
from .durations import Duration
from .errors import TimerError
from .retries import parse_retry_cycle

__all__ = ["Cycle", "Duration", "TimerError", "due_date", "due_duration", "parse_retry_cycle"]
