"""`arrimage import KIND FILE`: a table into the register; dry unless told, all or nothing, a repeat changes nothing."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arrimage.accounts.rights import Actor
    from arrimage.foundation.imports import Importer, ImportReport

ROLE = "web"
WRONG_USAGE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="GENRE", help="ce que le tableau contient (arrivals, employers…)")
    parser.add_argument(
        "file",
        metavar="FICHIER",
        type=Path,
        nargs="?",
        help="fichier CSV ou XLSX ; aussi GeoJSON (territory), paquet HSDS 3.0 en JSON, ZIP ou dossier (services)",
    )
    parser.add_argument(
        "--wet-run", action="store_true", help="écrit vraiment ; sinon, tout est vérifié et rien n’est écrit"
    )
    parser.add_argument("--template", action="store_true", help="donne le modèle du fichier (CSV), avec un exemple")
    parser.add_argument("--region", metavar="CODE", help="région des enregistrements (06)")
    parser.add_argument(
        "--source", metavar="TEXTE", default="", help="qui publie le fichier, pour le citer (territory)"
    )
    parser.add_argument("--actor", metavar="COURRIEL", help="au nom de qui l’importation est faite")
    parser.add_argument("--format", choices=["json", "text"], default="json", help="forme du résultat (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    from arrimage.foundation.imports import importers, template_csv

    importer = importers().get(arguments.kind)
    if importer is None:
        print(f"« {arguments.kind} » ne s’importe pas. Genres : {', '.join(importers())}.", file=sys.stderr)
        return WRONG_USAGE
    if arguments.template:
        sys.stdout.write(template_csv(importer).replace("\r\n", "\n"))
        return 0
    if arguments.file is None:
        print("Indiquez le fichier à importer, ou --template pour en avoir le modèle.", file=sys.stderr)
        return WRONG_USAGE
    report = _import(importer, arguments)
    if arguments.format == "json":
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_in_words(report)))
    if report.refused:
        count = len(report.errors) + report.hidden_errors
        print(f"Rien n’a été importé : {count} refus. {report.errors[0]}", file=sys.stderr)
        return 1
    return 0


def _import(importer: "Importer", arguments: argparse.Namespace) -> "ImportReport":
    from django.db import transaction

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor
    from arrimage.directory.exchange.reading import is_package
    from arrimage.foundation.errors import DomainError
    from arrimage.foundation.imports import run_import

    if importer.kind == "services" and is_package(arguments.file):
        return _import_package(importer, arguments)
    try:
        file = arguments.file.open("rb")
    except OSError as error:
        raise DomainError(f"Le fichier « {arguments.file} » ne s’ouvre pas : {error.strerror}.") from error
    with file, transaction.atomic():
        with acting_as(system_actor("import")):
            actor = _actor(importer, arguments.region, arguments.actor)
        with acting_as(actor):
            return run_import(
                importer, file, arguments.file.name, actor, wet=arguments.wet_run, source=arguments.source
            )


def _import_package(importer: "Importer", arguments: argparse.Namespace) -> "ImportReport":
    from django.db import transaction

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor
    from arrimage.directory.exchange.running import import_package

    with transaction.atomic():
        with acting_as(system_actor("import")):
            actor = _actor(importer, arguments.region, arguments.actor)
        with acting_as(actor):
            return import_package(actor, arguments.file, region_id=actor.region_id, wet=arguments.wet_run)


def _actor(importer: "Importer", region_code: str | None, email: str | None) -> "Actor":
    """Return who imports: the person named, in a role of theirs that may; else the system itself, by its name."""
    from arrimage.accounts.enums import Right
    from arrimage.accounts.models import User, live_grants
    from arrimage.accounts.rights import actor_of, system_actor
    from arrimage.foundation import clock
    from arrimage.foundation.errors import DomainError
    from arrimage.territory.models import Region

    region = None
    if region_code:
        region = Region.objects.filter(code=region_code.zfill(2)).first()
        if region is None:
            raise DomainError(f"« {region_code} » n’est pas le code d’une région (06 pour Montréal).")
    right = Right(importer.right)
    if email is None:
        return system_actor(
            "import", right, region_id=region.pk if region else None, region_code=region.code if region else None
        )
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    for grant in live_grants(user, clock.today()) if user else ():
        actor = actor_of(grant, user)
        if actor.may(right) and (region is None or actor.covers_region(region.pk)):
            return actor
    raise DomainError(f"{email} n’a pas de rôle qui permette cette importation.")


def _in_words(report: "ImportReport") -> list[str]:
    done = "" if report.wet and not report.refused else " (rien n’est écrit)"
    lines = [
        f"{report.rows} lignes lues : {report.created} ajouts, {report.updated} modifications, "
        f"{report.unchanged} sans changement{done}."
    ]
    lines += [f"Remarque : {warning}" for warning in report.to_json()["warnings"]]
    return lines + [str(error) for error in report.errors]
