"""Numbers in Prometheus' format: counted when they are asked for, and how long commands took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from engine.commands.requested import Requested
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.queries.totals import JobTotals, Totals
from webapp.recent import Recent

metrics = Blueprint("metrics", __name__)
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Counted(Collector):
    """Asks the database, so that any number of servers say the same.

    Where counting takes long it is done no more often than figures are kept: several scrapers cost what one does.
    """

    def __init__(self, engine: ProcessEngine) -> None:
        self.engine = engine
        self.recent = Recent()

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        now = self.recent.get("totals", lambda: self.engine.query(Totals(), SYSTEM))
        yield _by("procession_instances", "Process instances by state.", "state", now.instances)
        yield GaugeMetricFamily("procession_tasks_open", "Open tasks of people.", now.tasks)
        yield GaugeMetricFamily("procession_tasks_overdue", "Open tasks whose date has passed.", now.tasks_overdue)
        yield GaugeMetricFamily("procession_incidents_open", "Open incidents.", now.incidents)
        for name, about in JOBS.items():
            counts = {kind: _count(each, name) for kind, each in now.jobs.items()}
            yield _by(f"procession_jobs_{name}", about, "kind", counts)


JOBS = {
    "waiting": "Jobs that can run, now or later.",
    "due": "Jobs whose time has come.",
    "late": "Jobs due for more than a minute.",
    "exhausted": "Jobs without tries left.",
}


def _count(totals: JobTotals, name: str) -> int:
    number: int = getattr(totals, name)
    return number


def _by(name: str, about: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def keep_metrics(app: Flask, engine: ProcessEngine) -> None:
    registry = CollectorRegistry()
    registry.register(Counted(engine))
    took = Histogram(
        "procession_command_seconds",
        "How long commands took, with what they moved, in this server.",
        ["command"],
        buckets=BUCKETS,
        registry=registry,
    )

    def watch(command: Any, seconds: float) -> None:
        carried = command.command if isinstance(command, Requested) else command
        took.labels(type(carried).__name__).observe(seconds)

    engine.when_done(watch)
    app.extensions["procession-metrics"] = registry
    app.register_blueprint(metrics)


@metrics.get("/metrics")
def show() -> Response:
    return Response(generate_latest(current_app.extensions["procession-metrics"]), content_type=CONTENT_TYPE_LATEST)
