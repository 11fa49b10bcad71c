"""Brings the catalogues up to what the code says: new texts come in empty, old ones go.

Each language has two: `messages.po` for what `webapp` says, `engine.po` for the sentences of the engine.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from engine_sentences import sentences

ROOT = Path(__file__).parent.parent
WEBAPP = ROOT / "webapp"
KEYWORDS = {"_": None, "later": None, "ngettext": (1, 2)}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".js": "javascript"}
FOLDERS = {".py": WEBAPP, ".html": WEBAPP / "templates", ".js": WEBAPP / "static" / "js"}
HEAD = """# {name}
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def said() -> Catalog:
    """Every text that the code gives to the catalogue, with the files that say it."""
    catalog = Catalog()
    for suffix, folder in FOLDERS.items():
        for path in sorted(folder.rglob(f"*{suffix}")):
            if "node_modules" in path.parts:
                continue
            options = {"silent": "false", "trimmed": "false"} if suffix == ".html" else {}
            content = BytesIO(path.read_bytes())
            for _line, message, _comments, _context in extract(METHODS[suffix], content, KEYWORDS, (), options):
                catalog.add(message, locations=[(path.relative_to(WEBAPP).as_posix(), None)])
    return catalog


def said_by_the_engine() -> Catalog:
    catalog = Catalog()
    for text, path in sentences():
        catalog.add(text, locations=[(path, None)])
    return catalog


DOMAINS = {"messages": said, "engine": said_by_the_engine}


def update(path: Path, wanted: Catalog) -> None:
    code = path.parent.parent.name
    with BytesIO(path.read_bytes() if path.exists() else b"") as file:
        catalog = read_po(file, locale=code)
    catalog.update(wanted, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    written = BytesIO()
    write_po(written, catalog, width=120, omit_header=True, sort_output=True, ignore_obsolete=True)
    head = HEAD.format(name=catalog.locale.english_name, code=code, plurals=catalog.plural_forms)
    path.write_text(head + written.getvalue().decode(), "utf-8")


if __name__ == "__main__":
    for domain, read in DOMAINS.items():
        for each in sorted((WEBAPP / "translations").glob("*/LC_MESSAGES/messages.po")):
            update(each.with_stem(domain), read())
