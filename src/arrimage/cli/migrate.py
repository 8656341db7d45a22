"""`arrimage migrate`: bring the database up to date, as its owner."""

import argparse
import os

from arrimage.config import database

ROLE = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="n’affiche que les erreurs")


def run(arguments: argparse.Namespace) -> int:
    migrate(quiet=arguments.quiet)
    return 0


def migrate(*, quiet: bool = False) -> None:
    """Apply the migrations; on a server of one's own, let the web's role sign in with its derived password."""
    from django.conf import settings
    from django.core.management import call_command

    from arrimage.foundation.database import set_web_role_password

    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    if not database.is_embedded() and not os.environ.get("ARRIMAGE_WEB_DATABASE_URL"):
        set_web_role_password(database.web_role_password(settings.SECRET_KEY))
