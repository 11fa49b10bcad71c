"""What scripts say: given to them with the page, in the reader's language; a test holds that it is all."""

from __future__ import annotations

from webapp.language import _, later

WORDS = (
    later("1 task selected"),
    later("%(number)s tasks selected"),
    later("Draft kept"),
    later("Kept in this browser; the server cannot be reached"),
    later("The diagram cannot be shown: %(reason)s The list of elements says the same in words."),
    later("Drawing"),
    later("Drawing %(number)s"),
    later("The server answered %(status)s."),
    later("This step cannot be shown. %(reason)s"),
    later("Its past cannot be shown. %(reason)s"),
)


def script_words() -> dict[str, str]:
    return {text: _(text) for text in WORDS}
