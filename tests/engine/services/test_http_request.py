"""A bound HTTP request against a server of the test's own."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from engine.services import ServiceCall, ServiceFailed, connectors
from engine.services.addresses import AddressPolicy
from engine.services.http_request import HttpLimits


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        """Silence."""

    def _answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.seen.append((self.command, self.path, dict(self.headers), body.decode()))
        if self.path.startswith("/echo"):
            self._answer(
                200,
                json.dumps({"got": json.loads(body or b"null"), "n": [7]}).encode(),
                Content_Type="application/json",
            )
        elif self.path == "/text":
            self._answer(201, b"fine", Content_Type="text/plain", X_Mark="m")
        elif self.path == "/far":
            self._answer(302, Location="http://169.254.169.254/latest")
        elif self.path == "/near":
            self._answer(303, Location="/text")
        elif self.path == "/loop":
            self._answer(307, Location="/loop")
        elif self.path == "/big":
            self._answer(200, b"x" * 50_000)
        elif self.path == "/packed":
            self._answer(200, b"\x1f\x8b", Content_Encoding="gzip")
        else:
            self._answer(int(self.path[1:4]), b"sorry")

    do_GET = do_POST


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def call(server):
    base = f"http://localhost:{server.server_port}"
    known = connectors(http_allowed=[f"localhost:{server.server_port}"], http_limits=HttpLimits(5, 10_000))

    def call(path, variables=None, result_variable=None, **options):
        return known.call(ServiceCall("r-7", "http", base + path, variables or {}, options, result_variable)).variables

    return call


def test_all_variables_go_as_json_and_the_key_is_the_jobs(call, server):
    assert call("/echo", {"a": 1}) == {"got": {"a": 1}, "n": [7]}
    method, _, headers, _ = server.seen[0]
    assert method == "POST"
    assert headers["Idempotency-Key"] == "r-7"
    assert headers["Host"] == f"localhost:{server.server_port}"


def test_places_are_filled_where_they_stand(call, server):
    variables = {"id": "a/b ?", "order": {"lines": [{"price": 2}]}, "who": 'Ann "A"'}
    body = {"price": "${order.lines.0.price}", "note": "for ${who}"}
    assert call("/echo/${id}", variables, "answer", body=body) == {
        "answer": {"got": {"price": 2, "note": 'for Ann "A"'}, "n": [7]}
    }
    assert server.seen[0][1] == "/echo/a%2Fb%20%3F"
    call("/echo", variables, body='{"w": "${who}"}', headers={"Content-Type": "application/json"})
    assert json.loads(server.seen[1][3]) == {"w": 'Ann "A"'}


def test_the_answer_is_taken_apart(call):
    result = {"code": "status", "first": "json.n.0", "whole": "json"}
    assert call("/echo", result=result, body=None) == {"code": 200, "first": 7, "whole": {"got": None, "n": [7]}}
    assert call("/text", result={"t": "text", "h": "header.x-mark"}) == {"t": "fine", "h": "m"}
    assert call("/text", result_variable="t") == {"t": "fine"}


def test_redirects_are_followed_and_checked(call, server):
    assert call("/near", result_variable="t") == {"t": "fine"}
    assert server.seen[-1][0] == "GET"
    with pytest.raises(ServiceFailed, match="private network"):
        call("/far")
    with pytest.raises(ServiceFailed, match="redirects more"):
        call("/loop")


@pytest.mark.parametrize("path", ["/404", "/503"])
def test_a_bad_status_is_a_try_that_failed(call, path):
    with pytest.raises(ServiceFailed, match="sorry") as raised:
        call(path)
    assert raised.value.code == f"http-{path[1:]}"
    assert not raised.value.lasting


def test_an_answer_is_bounded(call):
    with pytest.raises(ServiceFailed, match="more than 10000 bytes"):
        call("/big")
    with pytest.raises(ServiceFailed, match="compressed"):
        call("/packed")


def test_a_header_cannot_be_split(call, server):
    with pytest.raises(ServiceFailed, match="line break"):
        call("/text", {"x": "a\r\nEvil: 1"}, headers={"X": "${x}"})
    assert server.seen == []


def test_a_missing_variable_lasts(call):
    with pytest.raises(ServiceFailed, match="who") as raised:
        call("/text", {"who": {}}, headers={"X": "${who.name}"})
    assert raised.value.lasting


def resolving(monkeypatch, *addresses):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (each, 80)) for each in addresses])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
    ],
)
def test_no_private_address_is_reached(monkeypatch, address):
    resolving(monkeypatch, "93.184.216.34", address)
    with pytest.raises(ServiceFailed, match="private network") as raised:
        AddressPolicy().resolve("trap.example", 80)
    assert raised.value.lasting


def test_public_and_listed_addresses_are_reached(monkeypatch):
    resolving(monkeypatch, "93.184.216.34", "2606:2800:220:1::1")
    assert AddressPolicy().resolve("example.org", 443) == "93.184.216.34"
    resolving(monkeypatch, "10.1.2.3")
    assert AddressPolicy(["10.1.0.0/16"]).resolve("inside", 80) == "10.1.2.3"
    assert AddressPolicy(["inside"]).resolve("Inside", 80) == "10.1.2.3"
    assert AddressPolicy(["inside:80"]).resolve("inside", 80) == "10.1.2.3"
    with pytest.raises(ServiceFailed):
        AddressPolicy(["inside:8080"]).resolve("inside", 80)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch, server, call):
    real, asked = socket.getaddrinfo, []

    def once(host, *arguments, **options):
        asked.append(host)
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    call("/text")
    assert [host for host in asked if host == "localhost"] == ["localhost"]
