"""The application behind a real server: waitress, in this process, with the engine's runners beside it."""

from __future__ import annotations

from waitress import create_server  # type: ignore[import-untyped]

from engine.processengine import ProcessEngine
from webapp.app import create_app
from webapp.settings import WebSettings


def serve(
    engine: ProcessEngine, host: str, port: int, settings: WebSettings | None = None, *, threads: int = 8
) -> None:
    """Serve until the process is told to stop. The engine's runners start with it and stop with it."""
    app = create_app(engine, settings)
    limit = app.config["MAX_CONTENT_LENGTH"]
    server = create_server(app, host=host, port=port, threads=threads, max_request_body_size=limit + 65536, ident=None)
    engine.start_runners()
    try:
        server.run()
    finally:
        server.close()
        engine.stop()
