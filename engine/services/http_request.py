"""A service task done by an HTTP request; its address is checked, its time and its answer's size are bounded."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from engine.services.addresses import AddressPolicy
from engine.services.calls import ServiceCall, ServiceFailed, ServiceOutcome, outcome_of
from engine.services.template import fill, fill_text

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Seconds for the whole request, and bytes of its answer."""

    seconds: float = 30.0
    answer_bytes: int = 1_000_000


class HttpRequest:
    """Options: `method` (POST), `headers`, `body` (a text, or JSON with `${places}`; else all variables), `timeout`,
    and `result`: variable by source, where the source is `status`, `text`, `json`, `json.<path>` or `header.<name>`.

    Without `result` a JSON object's entries become variables, or the answer goes to the task's result variable. An
    answer of 400 or more is a failed try. The header `Idempotency-Key` is the job's id.
    """

    def __init__(self, policy: AddressPolicy, limits: HttpLimits | None = None) -> None:
        self.policy = policy
        self.limits = limits or HttpLimits()

    def __call__(self, call: ServiceCall) -> ServiceOutcome:
        seconds = min(float(call.options.get("timeout") or self.limits.seconds), self.limits.seconds)
        deadline = time.monotonic() + seconds
        request = _request(call)
        # trust_env off: a proxy from the environment would resolve the name again, behind the check.
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=seconds) as client:
            for _ in range(MAX_REDIRECTS + 1):
                response, content = self._send(client, request, deadline)
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    return _outcome(call, response, content)
                request = _redirected(request, response)
        raise ServiceFailed(f"{call.target} redirects more than {MAX_REDIRECTS} times.", lasting=True)

    def exchange(self, request: httpx.Request, seconds: float) -> tuple[httpx.Response, bytes]:
        """One request to an address that was checked, and its answer; a redirect is an answer like any other."""
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=seconds) as client:
            return self._send(client, request, time.monotonic() + seconds)

    def _send(self, client: httpx.Client, request: httpx.Request, deadline: float) -> tuple[httpx.Response, bytes]:
        pinned = self._pin(request)
        content = bytearray()
        try:
            with closing(client.send(pinned, stream=True)) as response:
                if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
                    raise ServiceFailed(
                        f"{request.url.host} answers compressed though it was asked not to.", lasting=True
                    )
                for chunk in response.iter_raw():
                    content += chunk
                    if len(content) > self.limits.answer_bytes:
                        limit = self.limits.answer_bytes
                        raise ServiceFailed(f"{request.url.host} answers more than {limit} bytes.", lasting=True)
                    if time.monotonic() > deadline:
                        raise ServiceFailed(f"{request.url.host} did not answer in time.")
        except httpx.HTTPError as failure:
            raise ServiceFailed(f"{request.url.host}: {failure or type(failure).__name__}.") from failure
        return response, bytes(content)

    def _pin(self, request: httpx.Request) -> httpx.Request:
        """The same request, to the address that was checked; name for TLS and Host stay."""
        url = request.url
        if url.scheme not in ("http", "https") or not url.host:
            raise ServiceFailed(f"{url} is no http or https address.", fix="Correct the binding.", lasting=True)
        address = self.policy.resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        extensions = {**request.extensions, "sni_hostname": url.host}
        headers = request.headers.copy()
        headers["Host"] = url.netloc.decode("ascii")
        return httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=headers,
            content=request.content,
            extensions=extensions,
        )


def _request(call: ServiceCall) -> httpx.Request:
    method = str(call.options.get("method") or "POST").upper()
    if method not in METHODS:
        raise ServiceFailed(f"{method} is no method of a request.", fix=f"Use {', '.join(METHODS)}.", lasting=True)
    url = fill_text(call.target, call.variables, lambda text: quote(text, safe=""))
    headers = httpx.Headers({"Accept": "application/json, text/*;q=0.8, */*;q=0.5"}, encoding="utf-8")
    for name, template in dict(call.options.get("headers") or {}).items():
        value = fill_text(str(template), call.variables)
        if any(sign in f"{name}{value}" for sign in "\r\n\0"):
            raise ServiceFailed(f"The header {name!r} would hold a line break.", lasting=True)
        headers[str(name)] = value
    headers["Idempotency-Key"] = call.key
    headers["Accept-Encoding"] = "identity"
    content = b"" if method in ("GET", "HEAD", "DELETE") and "body" not in call.options else _body(call, headers)
    timeout = httpx.Timeout(float(call.options.get("timeout") or 30.0)).as_dict()
    try:
        return httpx.Request(method, url, headers=headers, content=content, extensions={"timeout": timeout})
    except (httpx.InvalidURL, ValueError) as failure:
        raise ServiceFailed(f"{url} is no address: {failure}", fix="Correct the binding.", lasting=True) from failure


def _body(call: ServiceCall, headers: httpx.Headers) -> bytes:
    template = call.options.get("body", dict(call.variables))
    if isinstance(template, str):
        headers.setdefault("Content-Type", "text/plain; charset=utf-8")
        if "json" in headers["Content-Type"]:
            return fill_text(template, call.variables, _inside_json).encode()
        return fill_text(template, call.variables).encode()
    filled = fill(template, call.variables) if "body" in call.options else template
    headers.setdefault("Content-Type", "application/json")
    return json.dumps(filled, default=str, ensure_ascii=False).encode()


def _inside_json(text: str) -> str:
    """Text that stands between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _redirected(request: httpx.Request, response: httpx.Response) -> httpx.Request:
    url = request.url.join(response.headers["location"])
    headers = request.headers.copy()
    same_place = (url.scheme, url.host, url.port) == (request.url.scheme, request.url.host, request.url.port)
    for name in ("Host", "Content-Length", *(() if same_place else ("Authorization", "Cookie", "Proxy-Authorization"))):
        headers.pop(name, None)
    keeps = response.status_code in (307, 308) or request.method in ("GET", "HEAD")
    if not keeps:
        headers.pop("Content-Type", None)
    return httpx.Request(
        request.method if keeps else "GET",
        url,
        headers=headers,
        content=request.content if keeps else b"",
        extensions={"timeout": request.extensions["timeout"]},
    )


def _outcome(call: ServiceCall, response: httpx.Response, content: bytes) -> ServiceOutcome:
    status = response.status_code
    text = content.decode(response.encoding or "utf-8", errors="replace")
    if status >= 400:
        raise ServiceFailed(f"{call.target} answers {status}: {text[:300]}", code=f"http-{status}")
    is_json = "json" in response.headers.get("content-type", "")
    answer: Any = _json(call, text) if is_json and text.strip() else text
    mapping = call.options.get("result")
    if not isinstance(mapping, Mapping):
        return outcome_of(answer, call.result_variable)
    return ServiceOutcome(
        {str(name): _picked(call, str(source), status, response, text) for name, source in mapping.items()}
    )


def _picked(call: ServiceCall, source: str, status: int, response: httpx.Response, text: str) -> Any:
    first, _, rest = source.partition(".")
    if first == "status":
        return status
    if first == "text":
        return text
    if first == "header":
        return response.headers.get(rest)
    if first == "json":
        answer = _json(call, text)
        return fill(f"${{answer.{rest}}}" if rest else "${answer}", {"answer": answer})
    raise ServiceFailed(
        f"{source!r} is no part of an answer.",
        fix="Use status, text, json, json.<path> or header.<name>.",
        lasting=True,
    )


def _json(call: ServiceCall, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as failure:
        raise ServiceFailed(f"{call.target} answers what is no JSON: {failure}", lasting=True) from failure
