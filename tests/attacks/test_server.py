"""Hostile connections to a server as it is started: slow ones, ambiguous ones, very many at once."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from hostile import Product, named

from webapp.server import listen
from webapp.settings import WebSettings

ADDRESS = tuple[str, int]
both_ways = pytest.mark.parametrize("path", [b"/sign-in", b"/api/v1/tasks"], ids=["page", "api"])


@pytest.fixture
def address(product: Product) -> Iterator[ADDRESS]:
    server = listen(product.app, "127.0.0.1", 0, WebSettings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield "127.0.0.1", server.effective_port
    server.close()
    thread.join(timeout=5)


def is_well(address: ADDRESS) -> float:
    """How long the server takes to say that it is up."""
    started = time.monotonic()
    connection = http.client.HTTPConnection(*address, timeout=10)
    connection.request("GET", "/health")
    assert connection.getresponse().status == 200
    connection.close()
    return time.monotonic() - started


@named("slowloris")
@both_ways
def test_connections_that_say_nothing_keep_nobody_out(address: ADDRESS, path: bytes, attack: dict[str, Any]) -> None:
    with ExitStack() as open_ones:
        for _ in range(250):
            connection = open_ones.enter_context(socket.create_connection(address))
            connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: h\r\nX-a: b\r\n")
        assert is_well(address) < 3


@named("smuggling_te_cl")
@both_ways
def test_a_request_of_two_lengths_is_one_request_or_none(address: ADDRESS, path: bytes, attack: dict[str, Any]) -> None:
    lengths = b"Content-Length: 6\r\nTransfer-Encoding: chunked"
    with socket.create_connection(address, timeout=5) as connection:
        connection.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: h\r\n" + lengths + b"\r\n\r\n0\r\n\r\nG")
        # It ends here: nothing that follows is read as another request.
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 4")
    assert answer.count(b"HTTP/1.1 ") == 1


@named("login_concurrency_argon")
def test_a_hundred_sign_ins_at_once_are_answered(address: ADDRESS, attack: dict[str, Any]) -> None:
    def sign_in(_: int) -> int:
        connection = http.client.HTTPConnection(*address, timeout=60)
        body, headers = "user=x&password=y", {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    with ThreadPoolExecutor(100) as many:
        statuses = set(many.map(sign_in, range(100)))
    assert statuses <= {401, 403, 429, 503}
    assert is_well(address) < 3
