"""A lease is kept while the work goes on."""

import threading

from engine.jobs.heartbeat import Heartbeat


def test_it_beats_until_it_is_over_whatever_fails():
    beats, thrice = [], threading.Event()

    def beat():
        beats.append(1)
        if len(beats) >= 3:
            thrice.set()
        raise OSError("away")

    with Heartbeat(0.001, beat):
        assert thrice.wait(10)
    assert len(beats) >= 3


def test_what_is_soon_over_needs_no_beat():
    beats = []
    with Heartbeat(60, lambda: beats.append(1)):
        pass
    assert beats == []
