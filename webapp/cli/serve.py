"""`procession serve`: the portal, the runners and the timers, until it is stopped."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
from dataclasses import asdict, replace
from types import FrameType

from engine.services.mail import MailServer
from engine.settings import Settings
from webapp.cli import database
from webapp.cli.first_start import make_first_administrator
from webapp.cli.output import Output, PlainFailure
from webapp.demo import Login, prepare, tell_history
from webapp.letters import Letters
from webapp.logs import write_logs
from webapp.sample_files import sample_modules
from webapp.server import serve
from webapp.settings import WebSettings

DEFAULT_PORT = 8080


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1", help="default: this machine only")
    parser.add_argument("--port", type=int, help=f"default: PORT, else {DEFAULT_PORT}")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")
    parser.add_argument(
        "--demo", action="store_true", help="with the samples, users to try it with, and some weeks of history"
    )


def perform(arguments: argparse.Namespace, output: Output) -> int:
    write_logs(as_json=os.environ.get("PROCESSION_LOG", "text") == "json")
    # waitress says nothing but where it listens.
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    port = _port(arguments.port)
    settings, web = database.settings(), _web_settings()
    _check_mail(settings, web)
    if arguments.demo:
        modules = sample_modules()
        sys.path.extend(str(folder) for folder in modules.values())
        settings = replace(settings, python_modules=(*settings.python_modules, *modules))
    _check_free(arguments.host, port)
    url = database.database_url(arguments.database)
    engine = database.open_engine(url, settings)
    logins: list[Login] = []
    if arguments.demo:
        tell_history(url, settings)
        logins = prepare(engine)
    first = make_first_administrator(engine)
    address = f"http://{'localhost' if arguments.host in ('127.0.0.1', '0.0.0.0', '::') else arguments.host}:{port}"
    said = {"address": address, "logins": logins} | ({"first": asdict(first)} if first else {})
    output.result(said, f"Procession is at {address}")
    if first is not None:
        output.say(f"Sign in as {first.user} with {first.password}, this once: you choose a password of your own then.")
    if logins and not output.as_json:
        _introduce(logins, output)
    output.say("Stop it with Ctrl+C; what runs is kept.")
    sys.stdout.flush()
    # Both: a shell that starts it in the background lets it ignore Ctrl+C, and then nothing but a kill would end it.
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    serve(engine, arguments.host, port, web)
    return 0


def _web_settings() -> WebSettings:
    try:
        return WebSettings.from_environment()
    except ValueError as failure:
        raise PlainFailure(str(failure)) from failure


def _check_mail(settings: Settings, web: WebSettings) -> None:
    """Say so before anything is opened, if letters could not be written."""
    if settings.smtp_url:
        try:
            MailServer(settings.smtp_url, settings.mail_from)
            Letters(web.url)
        except ValueError as failure:
            raise PlainFailure(str(failure)) from failure


def _port(given: int | None) -> int:
    text = str(given) if given is not None else os.environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise PlainFailure(f"{text!r} is no port.", fix="Use a number from 1 to 65535.")
    return int(text)


def _check_free(host: str, port: int) -> None:
    """Say so before anything is opened, if the port is taken or not ours to use."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family[0]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(family[4])
    except OSError as failure:
        raise PlainFailure(
            f"Port {port} cannot be used: {failure.strerror}.", fix=f"Try another: PORT={port + 1}"
        ) from failure


def _introduce(logins: list[Login], output: Output) -> None:
    rows = [{"user": each.user, "password": each.password, "may": _part(each)} for each in logins]
    output.table(rows, {"user": "Sign in as", "password": "Password", "may": "Who"}, empty="")


def _part(login: Login) -> str:
    may = ", ".join(permission for permission in login.permissions if permission not in ("start", "work"))
    return f"{login.name} (may {may})" if may else login.name


def _stop(_number: int, _frame: FrameType | None) -> None:
    # As Ctrl+C does: the server's own loop ends, and jobs in hand are finished.
    raise KeyboardInterrupt
