"""`arrimage doctor`: what is wrong with an installation, and how to mend it; one line a check."""

import argparse
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import arrimage
from arrimage.cli import prepare_django
from arrimage.config import database

ROLE = None  # the installation may be too broken for Django: checked on the way

PACKAGE = Path(arrimage.__file__).parent
ROOT = PACKAGE.parents[1]


class Problem(Exception):
    """A check failed; `str(problem)` says how to mend it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", python),
        ("Bibliothèques des pages", page_libraries),
        ("Traductions compilées", translations),
        ("Configuration", configuration),
        ("Base de données", database_answers),
        ("Droits du rôle du web", web_role_owns_nothing),
        ("Migrations", migrations),
        ("Fichiers statiques", static_files),
        ("Travaux", jobs),
        ("Lettres", letters),
        ("Documents", attachments_kept),
        ("Antivirus", virus_scanner),
        ("Journal des consultations", journal_intact),
    ]
    wrong = 0
    for position, (name, check) in enumerate(checks):
        try:
            print(f"✓ {name} : {check()}")
        except Problem as problem:
            print(f"✗ {name} : {problem}")
            wrong += 1
            if check in (configuration, database_answers):
                for unknown, _ in checks[position + 1 :]:
                    print(f"? {unknown} : à vérifier ensuite")
                break
    if wrong:
        print("L’installation est à corriger.", file=sys.stderr)
    return 1 if wrong else 0


def python() -> str:
    return f"{platform.python_version()} ({sys.prefix})"


def page_libraries() -> str:
    folder = ROOT / "node_modules"
    missing = [name for name in ("bootstrap/dist", "htmx.org/dist", "@fontsource") if not (folder / name).is_dir()]
    if missing:
        raise Problem(f"il manque {', '.join(missing)} ; lancez « make setup »")
    return "présentes"


def translations() -> str:
    from arrimage.cli.messages import LANGUAGES, compiled_path

    missing = [language for language in ("fr", *LANGUAGES) if not compiled_path(language).is_file()]
    if missing:
        raise Problem(f"il manque {', '.join(missing)} ; lancez « arrimage messages compile »")
    return "fr, " + ", ".join(LANGUAGES)


def configuration() -> str:
    try:
        prepare_django("web")
    except RuntimeError as error:
        raise Problem(str(error)) from error
    if database.is_embedded():
        return f"base embarquée dans {database.data_folder()}"
    return "production" if database.is_production() else "base externe"


def database_answers() -> str:
    from django.db import OperationalError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_user, current_setting('server_version'), current_setting('server_version_num')::int"
            )
            user, version, number = cursor.fetchone()
    except OperationalError as error:
        raise Problem(
            f"{str(error).strip()} ; vérifiez DATABASE_URL et ARRIMAGE_WEB_DATABASE_URL, "
            "puis lancez « arrimage migrate »"
        ) from error
    if number < 150000:
        raise Problem(f"PostgreSQL {version} ; il faut la version 15 ou une plus récente")
    return f"PostgreSQL {version}, comme {user}"


def web_role_owns_nothing() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
                   exists (select from pg_class where relnamespace = 'public'::regnamespace
                           and pg_has_role(current_user, relowner, 'member'))
            from pg_roles where rolname = current_user
            """
        )
        held = cursor.fetchone()
    powers = (
        "superutilisateur",
        "ignore la sécurité des rangées",
        "crée des rôles",
        "crée des bases",
        "possède des tables",
    )
    excess = [power for power, has in zip(powers, held, strict=True) if has]
    if excess:
        raise Problem(
            f"trop étendus ({', '.join(excess)}) ; ARRIMAGE_WEB_DATABASE_URL doit nommer un rôle qui ne possède rien"
        )
    return "il ne possède rien"


def migrations() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise Problem(f"{len(pending)} à appliquer ; lancez « arrimage migrate »")
    return "toutes appliquées"


def jobs() -> str:
    from django.db import DatabaseError

    from arrimage.foundation.queue import queue_state

    try:
        queue = queue_state()
    except DatabaseError as error:
        raise Problem("la file d’attente n’existe pas ; lancez « arrimage migrate »") from error
    said = f"{queue.waiting} en attente, {queue.late} en retard, {queue.failed} en échec"
    if queue.late and not queue.workers:
        raise Problem(f"{said}, et personne ne les fait ; lancez « arrimage worker »")
    return f"{said} ; {queue.workers} processus à l’œuvre"


def letters() -> str:
    """Say how many letters wait; a problem when one has waited a day, or nobody took one."""
    from datetime import timedelta

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.enums import LetterStatus
    from arrimage.accounts.models import Letter
    from arrimage.accounts.rights import system_actor
    from arrimage.foundation import clock

    with acting_as(system_actor("arrimage doctor")):
        waiting = Letter.objects.filter(status=LetterStatus.WAITING)
        count, late = waiting.count(), waiting.filter(created_at__lt=clock.now() - timedelta(days=1)).count()
        lost = Letter.objects.filter(status=LetterStatus.FAILED).count()
    said = f"{count} à envoyer, dont {late} depuis plus d’un jour ; {lost} jamais parties"
    if late:
        raise Problem(f"{said} ; vérifiez le serveur de courriel (ARRIMAGE_EMAIL_HOST)")
    return said


def static_files() -> str:
    from django.conf import settings
    from django.contrib.staticfiles import finders

    if database.is_production():
        if not settings.STATIC_ROOT or not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
            raise Problem("non rassemblés ; lancez « arrimage manage collectstatic --noinput »")
        return f"rassemblés dans {settings.STATIC_ROOT}"
    wanted = "vendor/bootstrap/css/bootstrap.min.css"
    if not finders.find(wanted):
        raise Problem(f"{wanted} est introuvable ; lancez « make setup »")
    return "trouvés"


def attachments_kept() -> str:
    """The folder may hold them, and every key they need is here."""
    from django.conf import settings

    from arrimage.attachments import checks, keeping

    wrong = [message for _number, message in checks.problems()]
    missing = keeping.missing_keys()
    if missing:
        wrong.append(f"il manque des clés dans ARRIMAGE_ATTACHMENT_KEYS : {', '.join(sorted(missing))}.")
    if wrong:
        raise Problem(" ".join(wrong))
    return f"chiffrés dans {settings.ATTACHMENTS}"


def journal_intact() -> str:
    """The read journal is as it was sealed, and as what is kept of the seals outside the database."""
    from arrimage.cli import journal

    problems, state = journal.examine()
    if problems:
        raise Problem(f"{' ; '.join(problems)}. {journal.WHOM_TO_TELL}")
    return state


def virus_scanner() -> str:
    """A scanner is wise, not compulsory: production without one is said, not refused."""
    from django.conf import settings

    if settings.SCAN_COMMAND:
        return f"les documents passent par « {settings.SCAN_COMMAND.split()[0]} »"
    if database.is_production():
        return "aucun ! Indiquez ARRIMAGE_SCAN_COMMAND (par exemple « clamdscan --no-summary --fdpass »)"
    return "aucun, hors production"
