"""What is wrong with the record of acts, in words; and how an entry that was kept elsewhere is written."""

from __future__ import annotations

import re

from engine.errors import Invalid
from engine.persistence.act_chain import ActFinding, ActLink
from webapp.language import _, later

WORDS = {
    "changed": later("Entry %(number)s says something else than when it was written."),
    "missing": later("Entry %(number)s was taken out."),
    "unlinked": later("Entry %(number)s does not continue the one before it."),
    "misplaced": later("Behind entry %(number)s stands one whose number is wrong."),
    "rewritten": later("Entry %(number)s is another one than was written."),
    "cut": later("The last entry, %(number)s, was taken away."),
    "added": later("Entry %(number)s was put behind the end."),
    "headless": later("What says where the record ends is gone."),
}
OF_SEVERAL = {
    "missing": later("Entries %(number)s to %(until)s were taken out."),
    "cut": later("The last entries, %(number)s to %(until)s, were taken away."),
    "added": later("Entries %(number)s to %(until)s were put behind the end."),
}


def sentence(finding: ActFinding) -> str:
    several = finding.until != finding.number
    words = OF_SEVERAL[finding.flaw] if several else WORDS[finding.flaw]
    return _(words, number=finding.number, until=finding.until)


def written(link: ActLink) -> str:
    """`NUMBER:DIGEST`, to be kept where nobody who can write into the database can."""
    return f"{link.number}:{link.digest}"


def anchor(text: str) -> ActLink:
    """What `written` wrote. Raises Invalid."""
    found = re.fullmatch(r"([0-9]{1,9}):([0-9a-f]{64})", text.strip())
    if found is None:
        raise Invalid(
            f"{text[:100]!r} is no entry of the record.",
            fix="Write its number, a colon and the 64 digits of its digest, as procession audit head prints them.",
        )
    return ActLink(int(found[1]), found[2])
