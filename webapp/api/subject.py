"""One subject of the API: endpoints with what each needs, takes and gives, for the document and the guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from webapp.api.schemas import Gives

View = TypeVar("View", bound=Callable[..., Any])
Method = Literal["get", "post", "put", "patch", "delete"]
NEEDS: dict[str, str] = {"metrics.show": "operate"}
"""The permission by endpoint. What does not stand here is answered to nobody."""
ASKED: set[str] = set()
"""Endpoints that take something behind the question mark."""

PREFIX = "/api/v1"
TAKES_KEY = "Idempotency-Key"
KEEPS_VERSION = "If-Match"


class Subject:
    """`name` in the plural, as in the address. The first line of a view's docstring is its summary."""

    def __init__(self, name: str, about: str) -> None:
        self.name = name
        self.blueprint = APIBlueprint(
            f"api_{name.replace('-', '_')}",
            __name__,
            url_prefix=PREFIX,
            abp_tags=[Tag(name=name, description=about)],
        )

    def get(self, rule: str, gives: Gives, *, needs: str = "read") -> Callable[[View], View]:
        return self._endpoint("get", rule, gives, needs, (), {})

    def post(
        self, rule: str, gives: Gives, *, needs: str, versioned: bool = False, more: dict[str, Any] | None = None
    ) -> Callable[[View], View]:
        return self._endpoint("post", rule, gives, needs, _headers(versioned), more or {})

    def ask(self, rule: str, gives: Gives, *, needs: str, more: dict[str, Any]) -> Callable[[View], View]:
        """A question too long for an address: posted, and nothing is written."""
        return self._endpoint("post", rule, gives, needs, (), more)

    def put(self, rule: str, gives: Gives, *, needs: str, versioned: bool = False) -> Callable[[View], View]:
        return self._endpoint("put", rule, gives, needs, _headers(versioned), {})

    def patch(self, rule: str, gives: Gives, *, needs: str, versioned: bool = False) -> Callable[[View], View]:
        return self._endpoint("patch", rule, gives, needs, _headers(versioned), {})

    def delete(self, rule: str, gives: Gives, *, needs: str, versioned: bool = False) -> Callable[[View], View]:
        return self._endpoint("delete", rule, gives, needs, _headers(versioned), {})

    def _endpoint(
        self, method: Method, rule: str, gives: Gives, needs: str, headers: tuple[str, ...], more: dict[str, Any]
    ) -> Callable[[View], View]:
        def add(view: View) -> View:
            endpoint = f"{self.blueprint.name}.{view.__name__}"
            NEEDS[endpoint] = needs
            if "query" in view.__annotations__:
                ASKED.add(endpoint)
            extensions = {"x-permission": needs, "x-headers": list(headers), **more}
            register = getattr(self.blueprint, method)
            decorate: Callable[[View], View] = register(
                rule,
                operation_id=f"{self.name}_{view.__name__}".replace("-", "_"),
                responses={str(gives.status): gives.response},
                openapi_extensions=extensions,
            )
            decorate(view)
            return view

        return add


def _headers(versioned: bool) -> tuple[str, ...]:
    return (TAKES_KEY, KEEPS_VERSION) if versioned else (TAKES_KEY,)
