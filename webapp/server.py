"""The application behind a real server: waitress, in this process, with the engine's runners beside it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from waitress import create_server  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer  # type: ignore[import-untyped]

from engine.processengine import ProcessEngine
from webapp.app import create_app
from webapp.batches import Batches
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
    server = listen(app, host, port, settings, threads=threads)
    engine.start_runners()
    batches: Batches = app.extensions["procession-batches"]
    batches.start()
    try:
        server.run()
    finally:
        server.close()
        batches.close()
        engine.stop()


def listen(app: Flask, host: str, port: int, settings: WebSettings, *, threads: int = 8) -> Any:
    """A server that has its port; `run` answers until `close`."""
    sockets: dict[int, Any] = {}
    server = create_server(app, map=sockets, host=host, port=port, threads=threads, **_limits(settings))
    for each in sockets.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = StrictChannel
    return server


class StrictParser(HTTPRequestParser):  # type: ignore[misc]
    """A request that tells two lengths is refused: a proxy in front could take the rest for another's request."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding do not go together")


class StrictChannel(HTTPChannel):  # type: ignore[misc]
    parser_class = StrictParser


def _limits(settings: WebSettings) -> dict[str, Any]:
    """What the server refuses by itself, and whose word it takes for where a request came from."""
    # The application refuses what is too large with a page; far more than that is not even received.
    limits: dict[str, Any] = {"max_request_body_size": 2 * settings.upload_limit, "ident": None}
    # Connections that say nothing cost a descriptor and no thread: there may be many, and not for long.
    limits |= {"connection_limit": 2000, "channel_timeout": 30, "cleanup_interval": 5, "asyncore_use_poll": True}
    if settings.proxies:
        limits |= {
            "trusted_proxy": "*",
            "trusted_proxy_count": settings.proxies,
            "trusted_proxy_headers": FORWARDED,
        }
    return limits
