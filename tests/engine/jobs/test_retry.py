"""The pauses between tries."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.jobs.retry import LONGEST_WAIT, next_try

NOW = datetime(2024, 1, 31, 12, tzinfo=UTC)


def test_waits_double_up_to_a_bound():
    waits = [next_try(NOW, failed) - NOW for failed in range(1, 60)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_the_models_own_waits():
    assert next_try(NOW, 2, "R3/PT5M") - NOW == timedelta(minutes=5)
    assert [next_try(NOW, n, "PT1M,PT2M") - NOW for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 2)]


@pytest.mark.parametrize("cycle", ["soon", "5", "", "R3/P1M", None])
def test_what_names_no_pause_means_the_default(cycle):
    assert next_try(NOW, 1, cycle) == next_try(NOW, 1)
