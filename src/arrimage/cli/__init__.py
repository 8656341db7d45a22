"""The `arrimage` command: one module per sub-command.

A sub-command's module has `add_arguments(parser)`, `run(arguments) -> int` (the exit status) and `ROLE`: as whom it
connects (`"owner"`, `"web"`, or None when it needs no Django or sees to it itself with `prepare_django`). It is
imported before Django is ready, so what needs models is imported inside `run`.

Exit status: 0 done, 1 refused or found wrong (said on standard error), 2 wrong usage.
"""

import argparse
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import psycopg

from arrimage.config.database import DatabaseNotAvailable, DatabaseRole
from arrimage.config.production import NotForProduction
from arrimage.config.secrets import SecretMissing
from arrimage.foundation.errors import DomainError

REFUSED = 1


class Command(NamedTuple):
    """A sub-command: its module in this package, and what it does in a few words."""

    module: str
    summary: str


COMMANDS: dict[str, Command] = {
    "demo": Command("demo", "installe la démonstration de Montréal et sert le site"),
    "serve": Command("serve", "sert le site et fait les travaux"),
    "worker": Command("worker", "fait les travaux de la file d’attente"),
    "migrate": Command("migrate", "met la base à jour et donne ses droits au rôle du web"),
    "doctor": Command("doctor", "dit ce qui manque à l’installation, et comment y remédier"),
    "bilan": Command("bilan", "calcule le bilan des réalisations d’une région"),
    "seal": Command("seal", "scelle le journal des consultations"),
    "evidence": Command("evidence", "donne les enregistrements derrière un chiffre du bilan"),
    "portrait": Command("portrait", "dresse le portrait de l’immigration d’une région, selon les tableaux publics"),
    "export": Command("export", "écrit un fichier pour d’autres systèmes : les renseignements d’une personne"),
    "purge": Command("purge", "exécute une destruction approuvée ; sans --wet-run, dit ce qui serait détruit"),
    "import": Command("imports", "importe un tableau ; sans --wet-run, vérifie seulement"),
    "attachments": Command("attachments", "change les clés des documents (rotate) ou vérifie leurs fichiers (check)"),
    "database-url": Command("database_url", "donne l’adresse de la base, pour psql et d’autres outils"),
    "bench": Command("bench", "mesure les temps de réponse sur des données générées"),
    "audit": Command("audit", "cherche les failles connues et les licences des dépendances verrouillées"),
    "messages": Command("messages", "extrait, compile ou vérifie les traductions"),
    "manage": Command("manage", "passe une commande à Django, comme propriétaire de la base"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sub-command named in `argv` (the process's arguments by default) and return its exit status."""
    signal.signal(signal.SIGTERM, stop)
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = parse(words)
    with errors_for_people():
        if arguments.data:
            os.environ["ARRIMAGE_DATA"] = str(arguments.data.resolve())
        module = importlib.import_module(f"{__name__}.{COMMANDS[arguments.command].module}")
        if module.ROLE:
            prepare_django(module.ROLE)
        return int(module.run(arguments))


def parse(words: list[str]) -> argparse.Namespace:
    """Return the arguments; only the named sub-command's module is imported."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        metavar="DOSSIER",
        type=Path,
        default=argparse.SUPPRESS,
        help="dossier de la base embarquée (sinon ARRIMAGE_DATA, sinon .data)",
    )
    parser = argparse.ArgumentParser(prog="arrimage", description="Arrimage, en ligne de commande.", parents=[data])
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    _, rest = data.parse_known_args(words)  # a folder may be called `demo`
    chosen = next((word for word in rest if word in COMMANDS), None)
    for name, command in COMMANDS.items():
        described = commands.add_parser(name, help=command.summary, description=command.summary, parents=[data])
        if name == chosen:
            importlib.import_module(f"{__name__}.{command.module}").add_arguments(described)
    arguments = parser.parse_args(words)
    arguments.data = getattr(arguments, "data", None)
    return arguments


def prepare_django(role: DatabaseRole) -> None:
    """Set Django up, connected as `role`. Raises `DatabaseNotAvailable` when the configuration does not allow it."""
    import django

    os.environ["ARRIMAGE_DATABASE_ROLE"] = role
    os.environ["DJANGO_SETTINGS_MODULE"] = "arrimage.config.settings"
    django.setup()


@contextmanager
def errors_for_people() -> Iterator[None]:
    """Turn the errors one can expect into a sentence on standard error and exit status 1, without a traceback."""
    from django.db import OperationalError

    try:
        yield
    except (DomainError, DatabaseNotAvailable, NotForProduction, SecretMissing) as error:
        refuse(str(error))
    except (psycopg.OperationalError, OperationalError) as error:
        refuse(f"La base de données ne répond pas : {str(error).strip()}")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        refuse(f"Un programme appelé a échoué : {error}")
    except BrokenPipeError:  # `arrimage … | head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - so that closing it at exit does not fail
        refuse("La sortie a été fermée avant la fin.")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def refuse(message: str) -> None:
    """Say `message` on standard error and end with status 1."""
    print(message, file=sys.stderr)
    raise SystemExit(REFUSED)


def stop(signal_number: int, frame: FrameType | None) -> None:
    """End as an exit does, so that the embedded database is stopped too."""
    raise SystemExit(128 + signal_number)
