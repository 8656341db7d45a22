"""`arrimage export KIND`: files for other systems. `export file UID`: one person's copy of what is held of them;
`export hsds`: the directory of services, as the Human Services Data Specification 3.0 writes it."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

ROLE = "web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="GENRE", required=True)
    file = kinds.add_parser("file", help="les renseignements d’une personne, en archive structurée (ZIP)")
    file.add_argument("uid", metavar="UID", type=UUID, help="identifiant de la personne, ou d’un de ses dossiers")
    file.add_argument("--output", metavar="FICHIER", type=Path, required=True, help="fichier à écrire")
    file.set_defaults(export=export_file)
    hsds = kinds.add_parser("hsds", help="le répertoire des services, en paquet HSDS 3.0")
    hsds.add_argument(
        "--output", metavar="FICHIER", type=Path, required=True, help="fichier à écrire : .json, ou .zip (tables CSV)"
    )
    hsds.set_defaults(export=export_hsds)


def run(arguments: argparse.Namespace) -> int:
    code: int = arguments.export(arguments)
    return code


def export_hsds(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor
    from arrimage.directory.exchange.writing import csv_package, json_package
    from arrimage.foundation.errors import InvalidInput

    write = {".json": json_package, ".zip": csv_package}.get(arguments.output.suffix.lower())
    if write is None:
        raise InvalidInput(_("La fin du nom dit la forme du paquet : .json, ou .zip pour des tables CSV."))
    with acting_as(system_actor("arrimage export"), reason="export hsds"):
        content = write()
    write_private(arguments.output, content)
    print(f"{arguments.output} : {len(content)} octets.", file=sys.stderr)
    return 0


def export_file(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.enums import Right
    from arrimage.accounts.rights import system_actor
    from arrimage.casework.models import File
    from arrimage.foundation.errors import InvalidInput
    from arrimage.people.models import Person
    from arrimage.privacy.portability.archive import build_archive

    actor = system_actor("arrimage export", Right.MANAGE_PRIVACY)
    with acting_as(actor, reason="export file"):
        person = (
            Person.objects.filter(uid=arguments.uid).first()
            or Person.objects.filter(pk__in=File.objects.filter(uid=arguments.uid).values("person")).first()
        )
        if person is None:
            raise InvalidInput(_("Personne ne porte l’identifiant %(uid)s.") % {"uid": arguments.uid})
        archive = build_archive(actor, person)
    write_private(arguments.output, archive)
    print(f"{arguments.output} : {len(archive)} octets.", file=sys.stderr)
    return 0


def write_private(output: Path, content: bytes) -> None:
    """Write a file only this account may read (0600). Raises `InvalidInput` when it cannot be written."""
    from django.utils.translation import gettext as _

    from arrimage.foundation.errors import InvalidInput

    try:
        output.touch(mode=0o600)
        output.chmod(0o600)
        output.write_bytes(content)
    except OSError as error:
        raise InvalidInput(
            _("Le fichier « %(file)s » ne peut pas être écrit : %(why)s.") % {"file": output, "why": error.strerror}
        ) from error
