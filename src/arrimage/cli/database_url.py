"""`arrimage database-url`: where the database is, for psql and other tools."""

import argparse

from arrimage.config import database
from arrimage.config.secrets import secret_key

ROLE = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=["web", "owner"], default="web", help="qui se connecte (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    secret = secret_key(database.data_folder(), production=database.is_production())
    print(database.address(arguments.role, secret).url())
    return 0
