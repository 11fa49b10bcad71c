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
    later("This is needed."),
    later("This does not have the form that is asked for."),
    later("This must be at least %(bound)s."),
    later("This must be at most %(bound)s."),
    later("Write at least %(bound)s characters."),
    later("Write at most %(bound)s characters."),
    later("Write an e-mail address, for example ann@example.org."),
    later("Write a telephone number, for example +49 30 1234567."),
    later("Write a number, for example 12.5."),
    later("Write a whole number, for example 12."),
    later("Write at most one digit behind the point."),
    later("Write at most %(value)s digits behind the point."),
    later("This goes in steps: %(previousValue)s or %(nextValue)s are next to it."),
    later("Write a date and time, for example 2026-03-31 14:30."),
    later("Add one"),
    later("All are chosen"),
    later("Download %(fileName)s"),
    later("Next page"),
    later("Previous page"),
    later("No file is chosen"),
    later("Nothing found"),
    later("Nothing to show."),
    later("Remove"),
    later("Search"),
    later("Go to the search"),
    later("%(page)s of %(total)s"),
    later("%(value)s files are chosen"),
    later("Sort by %(value)s, smallest first"),
    later("Sort by %(value)s, largest first"),
    later("Sort no more"),
    later("More"),
    later("Less"),
    later("Show fewer"),
    later("Show all %(value)s"),
    later("What stands here could not be loaded."),
    later("The document could not be loaded."),
    later("Month"),
    later("Year"),
    later("Open %(element)s"),
    later("The diagram viewer could not be loaded."),
    later("The diagram could not be fetched."),
)


def script_words() -> dict[str, str]:
    return {text: _(text) for text in WORDS}
