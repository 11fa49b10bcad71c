"""Classes of characters: `[a-z-[aeiou]]`, `\\d`, `\\p{L}`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

Test = Callable[[str], bool]
MAX_DEPTH = 20
_BLOCKS = {
    "IsBasicLatin": (0x00, 0x7F),
    "IsLatin-1Supplement": (0x80, 0xFF),
    "IsLatinExtended-A": (0x100, 0x17F),
    "IsGreek": (0x370, 0x3FF),
    "IsCyrillic": (0x400, 0x4FF),
    "IsHebrew": (0x590, 0x5FF),
    "IsArabic": (0x600, 0x6FF),
    "IsHiragana": (0x3040, 0x309F),
    "IsKatakana": (0x30A0, 0x30FF),
    "IsCJKUnifiedIdeographs": (0x4E00, 0x9FFF),
}
_CATEGORIES = frozenset({
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
})  # fmt: skip


def one(char: str, ignore_case: bool) -> Test:
    """Just this character."""
    if ignore_case and char.lower() != char.upper():
        folded = char.casefold()
        return lambda other: other == char or other.casefold() == folded
    return lambda other: other == char


def _not(test: Test) -> Test:
    return lambda char: not test(char)


def _word(char: str) -> bool:
    return char == "_" or char.isalnum()


def _space(char: str) -> bool:
    return char in " \t\n\r\f\v"


def _initial(char: str) -> bool:
    return char in "_:" or char.isalpha()


def _name(char: str) -> bool:
    return char in "_:.-" or char.isalnum()


ESCAPES: dict[str, Test] = {
    "d": str.isdecimal,
    "D": _not(str.isdecimal),
    "w": _word,
    "W": _not(_word),
    "s": _space,
    "S": _not(_space),
    "i": _initial,
    "I": _not(_initial),
    "c": _name,
    "C": _not(_name),
    "n": one("\n", False),
    "r": one("\r", False),
    "t": one("\t", False),
}
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


def category(text: str, at: int, negated: bool, error: type[ValueError]) -> tuple[Test, int]:
    """`{L}` or `{IsGreek}` from its brace on, and the offset after it."""
    end = text.find("}", at)
    name = text[at + 1 : end] if end > 0 and text[at : at + 1] == "{" else ""
    if name in _CATEGORIES:

        def test(char: str) -> bool:
            return unicodedata.category(char).startswith(name)
    elif name in _BLOCKS:
        low, high = _BLOCKS[name]

        def test(char: str) -> bool:
            return low <= ord(char) <= high
    else:
        raise error(f"there is no class {name!r}")
    return (_not(test) if negated else test), end + 1


def char_class(text: str, at: int, ignore_case: bool, error: type[ValueError], depth: int = 0) -> tuple[Test, int]:
    """A class from after its bracket on, and the offset after its end."""
    if depth > MAX_DEPTH:
        raise error("classes are nested too deeply")
    negated = text[at : at + 1] == "^"
    at += int(negated)
    chars: set[str] = set()
    ranges: list[tuple[str, str]] = []
    tests: list[Test] = []
    without: Test | None = None
    first = True
    while True:
        if at >= len(text):
            raise error("a class is not closed")
        if text[at] == "]" and not first:
            break
        if text[at] == "-" and text[at + 1 : at + 2] == "[":
            without, at = char_class(text, at + 2, ignore_case, error, depth + 1)
            if text[at : at + 1] != "]":
                raise error("what is taken away ends a class")
            break
        if text[at] in "[]":
            raise error(f"{text[at]!r} within a class is written with a backslash")
        first = False
        low, found, at = _member(text, at, error)
        if found is not None:
            tests.append(found)
        elif text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("]", "["):
            high, other, at = _member(text, at + 1, error)
            if other is not None or high < low:
                raise error("a range within a class is upside down")
            ranges.append((low, high))
        else:
            chars.add(low)
    return _class_test(chars, ranges, tests, negated, without, ignore_case), at + 1


def _member(text: str, at: int, error: type[ValueError]) -> tuple[str, Test | None, int]:
    """One character, or the test of an escape, and the offset after it."""
    char = text[at : at + 1]
    if char != "\\":
        if not char:
            raise error("a class is not closed")
        return char, None, at + 1
    escaped = text[at + 1 : at + 2]
    if escaped in ("p", "P"):
        test, end = category(text, at + 2, escaped == "P", error)
        return "", test, end
    if escaped in _CONTROL:
        return _CONTROL[escaped], None, at + 2
    if escaped in ESCAPES:
        return "", ESCAPES[escaped], at + 2
    if not escaped or escaped.isalnum():
        raise error(f"\\{escaped} is not known")
    return escaped, None, at + 2


def _class_test(
    chars: set[str],
    ranges: list[tuple[str, str]],
    tests: list[Test],
    negated: bool,
    without: Test | None,
    ignore_case: bool,
) -> Test:
    def holds(char: str) -> bool:
        return char in chars or any(low <= char <= high for low, high in ranges) or any(test(char) for test in tests)

    def run(char: str) -> bool:
        found = holds(char) or (
            ignore_case and (holds(char.lower()) or holds(char.upper()) or holds(char.casefold()[:1]))
        )
        return found is not negated and not (without is not None and without(char))

    return run
