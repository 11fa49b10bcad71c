"""Which browser on what machine it was, as a person knows it; from what the browser says of itself."""

from __future__ import annotations

from webapp.language import _

# The first that is found counts: most browsers claim to be others as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str | None) -> str:
    """`Firefox on Windows`; what says nothing that is known is a browser all the same."""
    said = agent or ""
    browser = next((name for mark, name in BROWSERS if mark in said), _("A browser"))
    machine = next((name for mark, name in MACHINES if mark in said), "")
    return _("%(browser)s on %(machine)s", browser=browser, machine=machine) if machine else browser
