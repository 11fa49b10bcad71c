"""Somebody who can write into the database works on the record of what was done."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest
from hostile import Product, content_of, named

from engine.commands import CreateGroup
from webapp.cli import main


@named("audit_log_tamper")
def test_it_is_found_and_said_where(
    product: Product, capsys: pytest.CaptureFixture[str], attack: dict[str, Any]
) -> None:
    for number in range(9):
        product.do(CreateGroup(f"group {number}"))
    path = str(product.engine.database.url.database)
    audit = ["audit", "--database", f"sqlite:///{path}"]
    assert main([*audit, "head"]) == 0
    anchor = capsys.readouterr().out.strip()
    last = int(anchor.split(":")[0])
    for step in json.loads(content_of(attack))["steps"]:
        words = step["sql"].replace("FROM audit", "FROM hi_act").replace("UPDATE audit", "UPDATE hi_act")
        with sqlite3.connect(path) as connection:
            connection.execute(words.replace("id=", "number=").replace("max(id)", "max(number)"))
    told = ["Entry 5 says something else than when it was written.", "Entry 6 was taken out."]
    assert main([*audit, "verify"]) == 2
    assert capsys.readouterr().out.splitlines()[:3] == [*told, f"The last entry, {last}, was taken away."]
    # Whoever is thorough moves the end, too; not what was kept elsewhere.
    with sqlite3.connect(path) as connection:
        end = "(SELECT max(number) FROM hi_act)"
        digest = f"(SELECT digest FROM hi_act WHERE number = {end})"
        connection.execute(f"UPDATE hi_act_head SET number = {end}, digest = {digest}")
    assert main([*audit, "verify", "--anchor", anchor]) == 2
    assert capsys.readouterr().out.splitlines()[:3] == [*told, f"The last entry, {last}, was taken away."]
