"""Text in lines: how wide it is in Inter, our typeface, and where it is broken."""

from __future__ import annotations

import unicodedata

FONT = "Inter, 'Inter Variable', system-ui, 'Helvetica Neue', Arial, sans-serif"
LEADING = 1.25
ELLIPSIS = "…"
# Nobody reads more than this in a diagram, and no name shall keep a picture waiting.
LONGEST = 4000

# In thousandths of the size, from the space on.
_ASCII = (
    "277 292 475 635 643 985 647 304 366 366 507 664 292 461 292 363 635 409 612 621 649 596 623 567 622 623 292 "
    "306 664 664 664 516 971 696 655 731 722 602 590 747 744 270 572 677 565 906 754 765 640 766 645 643 648 743 "
    "696 991 688 684 632 366 363 366 473 458 327 563 614 573 614 584 373 615 594 245 245 552 245 879 594 601 614 "
    "614 379 531 331 594 566 821 549 566 554 431 336 431 664 "
)
_WIDTHS = {chr(32 + place): int(width) for place, width in enumerate(_ASCII.split())}
_OTHER, _WIDE = 640, 1000


def width_of(text: str, size: float) -> float:
    """In pixels, as good as can be told without the reader's fonts."""
    return sum(_width(each) for each in text) * size / 1000


def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is None:
        if unicodedata.combining(letter):
            known = 0
        elif unicodedata.east_asian_width(letter) in "WF":
            known = _WIDE
        else:
            # An accent does not make a letter wider.
            known = _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _OTHER)
        if len(_WIDTHS) < 5000:
            _WIDTHS[letter] = known
    return known


def wrap(text: str, width: float, size: float, most: int = 100) -> list[str]:
    """The text in lines of at most this width; what does not fit into so many lines ends in an ellipsis."""
    lines: list[str] = []
    for paragraph in text[:LONGEST].splitlines():
        _fill(lines, paragraph.split(), width, size, most + 1)
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = lines[: max(most, 1)]
        lines[-1] = shortened(lines[-1] + ELLIPSIS, width, size)
    return lines


def shortened(text: str, width: float, size: float) -> str:
    """As much of the text as fits, with an ellipsis where something is missing."""
    while len(text) > 2 and width_of(text, size) > width:
        text = text[:-2].rstrip() + ELLIPSIS
    return text


def _fill(lines: list[str], words: list[str], width: float, size: float, most: int) -> None:
    line = ""
    for word in words:
        for part in _parts(word, width, size):
            longer = f"{line} {part}" if line else part
            if line and width_of(longer, size) > width:
                lines.append(line)
                line = part
            else:
                line = longer
        if len(lines) > most:
            return
    if line:
        lines.append(line)


def _parts(word: str, width: float, size: float) -> list[str]:
    """A word too long for a line, in pieces: broken after a hyphen or before a capital where there is one."""
    parts: list[str] = []
    while len(word) > 1 and width_of(word[:400], size) > width:
        end = 1
        while end < len(word) and width_of(word[: end + 1], size) <= width:
            end += 1
        better = next((i for i in range(end, end // 2, -1) if _may_break(word, i)), end)
        parts.append(word[:better])
        word = word[better:]
        if len(parts) > 200:
            break
    return [*parts, word]


def _may_break(word: str, place: int) -> bool:
    before, after = word[place - 1], word[place : place + 1]
    return before in "-_/.:,;" or (before.islower() and after.isupper())


def longest_word(text: str, size: float) -> float:
    """How wide a box must be so that no word is broken."""
    return max((width_of(word, size) for word in text[:LONGEST].split()), default=0.0)
