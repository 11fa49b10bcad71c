"""The sentences of `engine` and `bpmn` that people meet, read from their code: of verdicts, refusals and incidents.

What `webapp` refuses in English, because no reader is known where it does so, is said with them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bpmn", "engine")
# What only programmers and operators read: at the start, in a log, in a test.
NOT_FOR_PEOPLE = {
    "engine/clock.py",
    "engine/compiler/parser.py",
    "engine/persistence/rows.py",
    "engine/persistence/types.py",
    "engine/settings.py",
    "engine/spiff/adopted.py",
}
HOLE = re.compile(r"%\(\w*?(_kind)?\)s")
SENTENCE = re.compile(r"(?!\s|\. )[^\n\\]*[a-z]{2}[ :][^\n\\]*([.?!]|[.:] [^\n\\]*%\(\w+\)s)")


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence once, its values as `%(name)s`, and the file that says it first."""
    trees = {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    refusals = _refusals(trees.values())
    seen: set[str] = set()
    told = {path: _said(tree, refusals) for path, tree in trees.items() if path not in NOT_FOR_PEOPLE}
    for path in sorted((ROOT / "webapp").rglob("*.py")):
        if not {"node_modules", "cli", "api"} & set(path.parts):
            told[path.relative_to(ROOT).as_posix()] = _refused(ast.parse(path.read_text("utf-8")), refusals)
    for path, texts in told.items():
        for text in texts:
            # What differs in the names of its values only is one sentence to whoever hears it.
            heard = HOLE.sub(r"%(\1)s", text)
            if SENTENCE.fullmatch(text) and heard not in seen:
                seen.add(heard)
                yield text, path


def _refusals(trees: Iterable[ast.Module]) -> set[str]:
    """The classes of refusals: a docstring of one line is what they say."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {"Refusal"}
    while True:
        more = {each.name for each in classes if found & {ast.unparse(base).split(".")[-1] for base in each.bases}}
        if more <= found:
            return found
        found |= more


def _said(tree: ast.Module, refusals: set[str]) -> Iterator[str]:
    passed = {id(part) for part in _parts_of_others(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in refusals:
            yield ast.get_docstring(node) or ""
        elif id(node) in passed:
            continue
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield _with_holes(node)


def _refused(tree: ast.Module, refusals: set[str]) -> Iterator[str]:
    """What refusals are made with, but for what is said in the reader's language already."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in refusals:
            for given in (*node.args, *(each.value for each in node.keywords)):
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value
                elif isinstance(given, ast.JoinedStr):
                    yield _with_holes(given)


def _parts_of_others(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and the pieces of a text with values in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


def _with_holes(node: ast.JoinedStr) -> str:
    text, names = "", list[str]()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            names.append(name)
            text += f"%({name}{names.count(name) if names.count(name) > 1 else ''})s"
        elif isinstance(part, ast.Constant):
            text += str(part.value).replace("%", "%%")
    return text


def _name(value: ast.expr) -> str:
    """What a value is called: by its attribute or variable, the last that is named in it."""
    if isinstance(value, ast.Subscript):
        return _name(value.value)
    if isinstance(value, ast.Attribute) and not value.attr.startswith("__"):
        return value.attr.strip("_").lower()
    if isinstance(value, ast.Call) and ast.unparse(value.func) in ("kind_of", "kind_first"):
        return f"{_name(value.args[0])}_kind"
    names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return names[-1].strip("_").lower()
