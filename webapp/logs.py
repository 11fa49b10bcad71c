"""One JSON line for each request and each message, with the reference that the person or program was told."""

from __future__ import annotations

import json
import logging
import secrets
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

from webapp.context import visitor

log = logging.getLogger("procession.requests")
PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"
QUIET = {"assets.asset", "health.up", "health.ready"}


def reference() -> str:
    """This request's number, short enough to read out on the telephone."""
    if not has_request_context():
        return _new()
    if "reference" not in g:
        g.reference = _new()
    return str(g.reference)


def _new() -> str:
    return secrets.token_hex(4).upper()


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with the fields that `extra={"fields": {...}}` gave it."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if has_request_context():
            said.setdefault("reference", reference())
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, default=str, ensure_ascii=False)


def write_logs(*, as_json: bool) -> None:
    """To standard error: as JSON lines for a machine, each request among them; else what an operator acts on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(PLAIN))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    if not as_json:
        log.setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Each answer carries its reference; the log has who asked what, the result, and how many milliseconds it took."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = reference()
        if request.endpoint not in QUIET:
            who = visitor()
            fields = {
                "reference": reference(),
                "method": request.method,
                # The path alone: what stands behind the question mark may be private.
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None,
                "user": who.actor.user if who else None,
            }
            log.info("%s %s %s", request.method, request.path, response.status_code, extra={"fields": fields})
        return response
