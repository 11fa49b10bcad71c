"""Variables typed on a command line keep the kind that was meant."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.cli.output import PlainFailure
from webapp.cli.variables import parse_pairs


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n=1200", 1200),
        ("n=12.5", 12.5),
        ("n=true", True),
        ("n=null", None),
        ("n=hello there", "hello there"),
        ('n="1200"', "1200"),
        ('n={"a": [1, 2]}', {"a": [1, 2]}),
        ("n=a=b", "a=b"),
        ("n=", ""),
        ("n=NaN", "NaN"),
    ],
)
def test_a_value_is_json_or_else_a_text(text: str, value: Any) -> None:
    read = parse_pairs([text])["n"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ["n", "=1", ""])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(PlainFailure, match="NAME=VALUE"):
        parse_pairs([text])


@pytest.mark.parametrize(("typed", "kept"), [("n=44", "44"), ('n="44"', "44"), ("n=true", "true"), ("n=x", "x")])
def test_what_a_form_calls_a_text_is_one(typed: str, kept: str) -> None:
    assert parse_pairs([typed], {"n"}) == {"n": kept}
