"""The attacks and the tests that sent them, as the documents show them: `make attacks` writes it from what passed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hostile import MANIFEST

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "attacks.md"
SECURITY = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- attacks -->\n", "<!-- /attacks -->\n"

KINDS = {
    "xml": "model files",
    "script": "scripts in models",
    "expr": "expressions in models",
    "dmn": "decision files",
    "process": "processes that run away",
    "data": "data, names, uploads",
    "http": "requests, people, programs",
}
HELD = {
    "accept": "honest: it works",
    "detected": "found and said where",
    "either": "refused or done, nothing in between",
    "http_409": "one wins, the others are told",
    "http_429": "slowed down",
    "http_4xx": "refused",
    "incident": "stops with an incident",
    "inert_output": "shown as text",
    "no_effect": "no effect",
    "reject_deploy": "refused when deployed",
}
Sent = Mapping[str, set[str]]
"""By the attack's name the tests that sent it, as `file.py::test_name`."""


def attack_of(item: Any) -> str | None:
    """The attack that a test sends."""
    parameters = getattr(item, "callspec", None)
    attack = parameters.params.get("attack") if parameters is not None else None
    return attack["name"] if attack else None


def sender_of(item: Any) -> str:
    return f"{item.path.name}::{getattr(item, 'originalname', item.name)}"


def table_text(sent: Sent) -> str:
    lines = [
        "# Attacks",
        "",
        "Each input of a collection of hostile ones, what becomes of it, and the tests that sent it and passed.",
        "Among them are honest inputs that a nervous filter would break. `make attacks` writes this.",
        "",
    ]
    for kind, words in KINDS.items():
        lines += [f"## {words[0].upper()}{words[1:]}", "", "| input | what becomes of it | tests |", "|---|---|---|"]
        for attack in MANIFEST:
            if attack["kind"] == kind and attack["name"] in sent:
                tests = ", ".join(map(_link, sorted(sent[attack["name"]])))
                lines.append(f"| `{attack['name']}` | {HELD[attack['verdict']]} | {tests} |")
        lines.append("")
    return "\n".join(lines)


def security_text(text: str, sent: Sent) -> str:
    """The document with its summary made anew."""
    rows = ""
    for kind, words in KINDS.items():
        names = [attack["name"] for attack in MANIFEST if attack["kind"] == kind]
        held = [name for name in names if name in sent]
        tests = {test for name in held for test in sent[name]}
        rows += f"| {words} | {len(held)} of {len(names)} | {len(tests)} |\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}| attack by | inputs held | by tests |\n|---|---|---|\n{rows}{END}{after}"


def _link(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../tests/attacks/{file})"
