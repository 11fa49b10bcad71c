"""The names this server is reached by: a request for another host is not ours to answer."""

from __future__ import annotations

from flask import Flask, abort, request
from werkzeug.sansio.utils import host_is_trusted


def answer_only_for(app: Flask, hosts: tuple[str, ...]) -> None:
    """Without names every host is answered for; `.example.org` means all hosts below it."""

    @app.before_request
    def check() -> None:
        if hosts and not host_is_trusted(request.host, hosts):
            abort(400)
