"""`arrimage portrait`: what public tables say of immigration in a region."""

import argparse
from pathlib import Path

from arrimage.cli.bilan import write

ROLE = "web"
FORMATS = ("json", "html", "pdf", "xlsx", "parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", metavar="CODE", required=True, help="code de la région, par exemple 06")
    parser.add_argument("--format", choices=FORMATS, default="json", help="forme du portrait (%(default)s)")
    parser.add_argument("--output", metavar="FICHIER", type=Path, help="fichier à écrire (sinon, la sortie standard)")


def run(arguments: argparse.Namespace) -> int:
    from arrimage.accounts.context import acting_as
    from arrimage.accounts.enums import Right
    from arrimage.accounts.rights import system_actor
    from arrimage.reporting.formats import PORTRAIT_FORMATS
    from arrimage.reporting.portrait import portrait_for
    from arrimage.reporting.scope import one_moment

    actor = system_actor("arrimage portrait", Right.SEE_BILAN)
    with one_moment(), acting_as(actor):
        portrait = portrait_for(actor, arguments.region)
    write(PORTRAIT_FORMATS[arguments.format].write(portrait), arguments.output)
    return 0
