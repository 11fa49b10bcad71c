"""The application behind a real server: waitress, in this process, with the engine's runners beside it."""

from __future__ import annotations

from typing import Any

from waitress import create_server  # type: ignore[import-untyped]

from engine.processengine import ProcessEngine
from webapp.app import create_app
from webapp.settings import WebSettings

FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def serve(
    engine: ProcessEngine, host: str, port: int, settings: WebSettings | None = None, *, threads: int = 8
) -> None:
    """Serve until the process is told to stop. The engine's runners start with it and stop with it.

    Without `settings` they are those of the environment.
    """
    settings = settings or WebSettings.from_environment()
    app = create_app(engine, settings)
    server = create_server(app, host=host, port=port, threads=threads, **_limits(settings))
    engine.start_runners()
    try:
        server.run()
    finally:
        server.close()
        engine.stop()


def _limits(settings: WebSettings) -> dict[str, Any]:
    """What the server refuses by itself, and whose word it takes for where a request came from."""
    # The application refuses what is too large with a page; far more than that is not even received.
    limits: dict[str, Any] = {"max_request_body_size": 2 * settings.upload_limit, "ident": None}
    if settings.proxies:
        limits |= {
            "trusted_proxy": "*",
            "trusted_proxy_count": settings.proxies,
            "trusted_proxy_headers": FORWARDED,
        }
    return limits
