"""`procession audit`: is the record of what was done still the one that was written?"""

from __future__ import annotations

import argparse

from engine.queries import ActChain
from webapp.chain_words import anchor, sentence, written
from webapp.cli import database
from webapp.cli.output import Output, shown

BROKEN = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("verify", "head"),
        help="verify: look at every entry; head: print the last one, to be kept elsewhere",
    )
    parser.add_argument("--anchor", metavar="NUMBER:DIGEST", help="an entry that head printed before")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    known = anchor(arguments.anchor) if arguments.anchor else None
    with database.opened(arguments) as engine:
        chain = engine.query(ActChain(known), database.TERMINAL)
    if arguments.action == "head":
        output.result({"head": written(chain.last)}, written(chain.last))
        return 0
    if output.as_json:
        output.document(chain)
    elif chain.intact:
        output.say(f"Intact: {chain.entries} entries, the last {written(chain.last)}.")
    else:
        for finding in chain.findings:
            output.say(sentence(finding), style="red")
        if chain.found > len(chain.findings):
            output.say(f"{chain.found - len(chain.findings)} more.")
        if chain.intact_until:
            output.say(f"Up to entry {chain.intact_until}, of {shown(chain.intact_at)}, it is intact.")
    return 0 if chain.intact else BROKEN
