"""`arrimage manage …`: Django's own commands (makemigrations, shell…), as the owner of the database."""

import argparse

ROLE = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="…", nargs=argparse.REMAINDER, help="la commande de Django et ses options")


def run(arguments: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["arrimage manage", *arguments.words])
    return 0
