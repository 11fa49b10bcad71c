"""The shapes that go in and out: strict, and each with what the document says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    WithJsonSchema,
)

from engine import values
from webapp.api.answers import plain

REF = "#/components/schemas/{model}"
SCHEMAS: dict[str, Any] = {}
"""What answers are made of, by name; the document has them as components."""

MOST_DIGITS = 1000


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("has a character that no text has")
    return text


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or "T" not in value.upper():
        raise ValueError("a moment is a text like 2030-01-31T09:00:00Z")
    return datetime.fromisoformat(value)


def _variables(given: Any) -> Any:
    """JSON, with the kinds that JSON lacks as `{"$": [kind, ...]}`."""
    try:
        meant = values.decode(json.dumps(given))
    except (ValueError, TypeError, KeyError, LookupError, ArithmeticError, RecursionError) as failure:
        raise ValueError('{"$": ...} stands for a kind that JSON lacks, and this is none') from failure
    _bounded(meant)
    return meant


def _bounded(value: Any) -> None:
    """A number of a few characters may stand for one that fills memory when it is worked with."""
    if isinstance(value, int) and value.bit_length() > MOST_DIGITS * 4:
        raise ValueError(f"a number has at most {MOST_DIGITS} digits")
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"a number has at most {MOST_DIGITS} digits")
    for each in _parts(value):
        _bounded(each)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return list(value) if isinstance(value, list | tuple | set | frozenset) else []


Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$"), AfterValidator(_no_nul)]
Name = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00]*$"), AfterValidator(_no_nul)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Seconds = Annotated[float, Field(gt=0, le=2_592_000)]
Variables = Annotated[
    dict[str, Any],
    BeforeValidator(_variables),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": True,
            "description": "By name. A kind that JSON lacks is written {'$': [kind, ...]}, as in {'$': ['date', "
            "'2030-01-31']}; see the page about the API.",
            "examples": [{"amount": 1200, "due": {"$": ["date", "2030-01-31"]}}],
        }
    ),
]


class Body(BaseModel):
    """What is sent: nothing is guessed, and a name that is not known is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")


def example(**fields: Any) -> ConfigDict:
    """For a body's `model_config`: one that would be accepted. flask-openapi3 takes it from there."""
    return cast(ConfigDict, {"openapi_extra": {"example": fields}})


class Asked(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid")


class Paged(Asked):
    limit: int = Field(50, ge=1, le=200, description="Rows of one answer.")
    after: str | None = Field(None, max_length=4000, description="What the answer before gave as `next`.")


def name_and_value(asked: Any) -> Any:
    """A list that is narrowed by a variable is told both."""
    if (asked.variable is None) != (asked.value is None):
        raise ValueError("give the name of a variable as variable, and its value as value")
    return asked


class Id(BaseModel):
    """The last part of an address."""

    id: str = Field(min_length=1, max_length=200, json_schema_extra={"example": "0198f3c2a1b7d4e5f60718293a4b5c6d"})


@dataclass(frozen=True, slots=True)
class Gives:
    """What an endpoint answers when all is well."""

    status: int
    response: dict[str, Any] = field(default_factory=dict)


def one(like: Any, *, status: int = 200, versioned: bool = False) -> Gives:
    """One thing, told by an example: a dataclass of the engine, whose fields are the answer's."""
    content = {"schema": schema_of(type(like)), "example": plain(like)}
    response: dict[str, Any] = {"description": "As asked.", "content": {"application/json": content}}
    if versioned:
        response["headers"] = {"ETag": {"description": "Its version, for If-Match.", "schema": {"type": "string"}}}
    return Gives(status, response)


def many(like: Any) -> Gives:
    """A page of things like this example: `next` is what to ask with as `after`, null at the end."""
    following = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    schema = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": {"type": "array", "items": schema_of(type(like))}, "next": following},
        "additionalProperties": False,
    }
    content = {"schema": schema, "example": {"items": [plain(like)], "next": None}}
    return Gives(200, {"description": "A page.", "content": {"application/json": content}})


def made(like: Any) -> Gives:
    return one(like, status=201)


def file(like: str) -> Gives:
    content = {"schema": {"type": "string", "format": "binary"}, "example": like}
    return Gives(200, {"description": "The bytes.", "content": {"application/octet-stream": content}})


DONE = Gives(204, {"description": "Done."})


def schema_of(kind: Any) -> dict[str, Any]:
    """A reference to the schema of an engine's dataclass, which is kept among the components."""
    schema = TypeAdapter(kind).json_schema(mode="serialization", ref_template=REF)
    keep(SCHEMAS, schema.pop("$defs", {}))
    if schema.get("type") != "object" or "title" not in schema:
        return schema
    keep(SCHEMAS, {schema["title"]: schema})
    return {"$ref": REF.format(model=schema["title"])}


def keep(schemas: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Two shapes of one name would be taken for each other in the document."""
    for name, schema in more.items():
        if schemas.setdefault(name, schema) != schema:
            raise ValueError(f"Two different shapes are called {name}.")
