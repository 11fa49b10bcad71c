"""A message to an address outside, signed as Standard Webhooks says, so that the receiver knows whose it is."""

from __future__ import annotations

import base64
import hashlib
import hmac

import httpx

from engine.services.calls import ServiceCall, ServiceFailed, ServiceOutcome
from engine.services.http_request import HttpRequest

PREFIX = "whsec_"
SECONDS = 15.0


class WebhookCall:
    """Options: `secret` (two with a space while one replaces the other), `body`, `timestamp` (seconds since 1970).

    An answer other than 2xx is a failed try.
    """

    def __init__(self, http: HttpRequest) -> None:
        self.http = http

    def __call__(self, call: ServiceCall) -> ServiceOutcome:
        body, timestamp = str(call.options["body"]), int(call.options["timestamp"])
        secrets = str(call.options["secret"]).split()
        signatures = [f"v1,{signature(secret, call.key, timestamp, body)}" for secret in secrets]
        headers = {
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "webhook-id": call.key,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(signatures),
        }
        timeout = httpx.Timeout(SECONDS).as_dict()
        try:
            request = httpx.Request(
                "POST", call.target, headers=headers, content=body.encode(), extensions={"timeout": timeout}
            )
        except (httpx.InvalidURL, ValueError) as failure:
            raise ServiceFailed(f"{call.target} is no address: {failure}", lasting=True) from failure
        response, _ = self.http.exchange(request, SECONDS)
        if response.status_code // 100 != 2:
            gone = response.status_code == 410
            raise ServiceFailed(f"{request.url.host} answers {response.status_code}.", lasting=gone)
        return ServiceOutcome()


def signature(secret: str, id: str, timestamp: int, body: str) -> str:
    """HMAC-SHA256 over id, time and body, in base64; the secret is base64 behind its prefix."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, f"{id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()).decode()
