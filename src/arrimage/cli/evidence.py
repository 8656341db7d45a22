"""`arrimage evidence`: the records behind one figure of the bilan."""

import argparse

from arrimage.cli.bilan import add_scope, write

ROLE = "web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="INDICATEUR", help="code de l’indicateur, par exemple employers_accompanied")
    add_scope(parser)
    parser.add_argument("--format", choices=("json", "text"), default="text", help="forme de la liste (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    from arrimage.accounts.context import acting_as
    from arrimage.accounts.enums import Right
    from arrimage.accounts.rights import system_actor
    from arrimage.reporting.evidence import evidence_for
    from arrimage.reporting.formats import evidence_to_json, evidence_to_text
    from arrimage.reporting.scope import one_moment

    actor = system_actor("arrimage evidence", Right.SEE_EVIDENCE)
    with one_moment(), acting_as(actor):
        evidence = evidence_for(actor, arguments.code, arguments.region, arguments.first, arguments.last)
        document = evidence_to_json(evidence) if arguments.format == "json" else evidence_to_text(evidence)
    write(document, None)
    return 0
