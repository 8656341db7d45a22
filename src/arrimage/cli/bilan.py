"""`arrimage bilan`: the achievements report of a region and a period."""

import argparse
import sys
from datetime import date
from pathlib import Path

ROLE = "web"
FORMATS = ("json", "text", "html", "pdf", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_scope(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="forme du bilan (%(default)s)")
    parser.add_argument("--output", metavar="FICHIER", type=Path, help="fichier à écrire (sinon, la sortie standard)")


def run(arguments: argparse.Namespace) -> int:
    from arrimage.accounts.context import acting_as
    from arrimage.accounts.enums import Right
    from arrimage.accounts.rights import system_actor
    from arrimage.reporting.formats import FORMATS
    from arrimage.reporting.report import report_for
    from arrimage.reporting.scope import one_moment

    actor = system_actor("arrimage bilan", Right.SEE_BILAN)
    with one_moment(), acting_as(actor):
        report = report_for(actor, arguments.region, arguments.first, arguments.last)
    write(FORMATS[arguments.format].write(report), arguments.output)
    return 0


def add_scope(parser: argparse.ArgumentParser) -> None:
    """Add the region and the period, which every report takes."""
    parser.add_argument("--region", metavar="CODE", required=True, help="code de la région, par exemple 06")
    parser.add_argument(
        "--from", metavar="DATE", dest="first", type=day, required=True, help="premier jour, AAAA-MM-JJ"
    )
    parser.add_argument("--to", metavar="DATE", dest="last", type=day, required=True, help="dernier jour, compris")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date (AAAA-MM-JJ)") from None


def write(document: str | bytes, output: Path | None) -> None:
    """Write a document to a file, or to standard output. Raises `InvalidInput` when the file cannot be written."""
    from django.utils.translation import gettext as _

    from arrimage.foundation.errors import InvalidInput

    content = document.encode() if isinstance(document, str) else document
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InvalidInput(
            _("Le fichier « %(file)s » ne peut pas être écrit : %(why)s.") % {"file": output, "why": error.strerror}
        ) from error
