"""A verdict says `runs` only of constructs that a test here has proven; the list and the document follow the tests."""

import re
from pathlib import Path
from typing import Any

from engine.compiler.backed import BACKED

TABLE = Path(__file__).parents[3] / "docs" / "supported.md"


def test_the_list_holds_exactly_what_passed(proof: Any, pytestconfig: Any) -> None:
    if pytestconfig.getoption("--write-supported", False):
        return
    assert set(proof.table()) == BACKED, "run `make supported` and look at what it changed"


def test_the_document_names_each_with_its_tests(proof: Any) -> None:
    text = TABLE.read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    assert rows.keys() == proof.table().keys(), "run `make supported`"
    for name, tests in proof.table().items():
        assert {test.partition("::")[0] for test in tests} == set(re.findall(r"elements/(\w+\.py)\)", rows[name]))


def test_the_readme_names_each_element(proof: Any, readme: tuple[str, Any]) -> None:
    text, made = readme
    assert text == made(text, proof.table()), "run `make supported`"
