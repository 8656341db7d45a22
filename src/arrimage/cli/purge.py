"""`arrimage purge RUN`: carry out an approved destruction, as the owner of the database; dry unless told."""

import argparse
import getpass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from arrimage.privacy.retention.purging import Outcome

ROLE = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="DESTRUCTION", type=UUID, help="identifiant de la destruction approuvée")
    parser.add_argument(
        "--wet-run", action="store_true", help="détruit vraiment ; sinon, dit seulement ce qui serait détruit"
    )


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from arrimage.foundation.errors import InvalidInput
    from arrimage.privacy.retention.models import RetentionRun
    from arrimage.privacy.retention.purging import execute, rehearse

    found = RetentionRun.objects.filter(uid=arguments.run).first()
    if found is None:
        raise InvalidInput(_("Aucune destruction ne porte l’identifiant %(uid)s.") % {"uid": arguments.run})
    if not arguments.wet_run:
        say(rehearse(found), wet=False)
        return 0
    say(execute(found, executed_by=f"compte système « {getpass.getuser()} »"), wet=True)
    return 0


def say(outcome: "Outcome", *, wet: bool) -> None:
    from arrimage.privacy.retention import kinds

    if outcome.already_done:
        print("Cette destruction est déjà exécutée : rien n’est fait.")
        return
    for code in sorted(outcome.destroyed.keys() | outcome.left.keys()):
        label = kinds.kind_of(code).label
        print(f"{label} : {outcome.destroyed[code]} à détruire, {outcome.left[code]} à laisser." if not wet
              else f"{label} : {outcome.destroyed[code]} détruits, {outcome.left[code]} laissés.")  # fmt: skip
    if outcome.certificate is not None:
        print(f"Attestation {outcome.certificate.number}.")
    elif not wet:
        print("Rien n’est détruit ; --wet-run détruit vraiment.")
