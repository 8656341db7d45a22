"""Numbers of governments: sealed with a key of the installation, found by a keyed digest."""

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.encryption import decrypt, digests
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.people.enums import IdentifierKind
from arrimage.people.models import Person, PersonIdentifier
from arrimage.people.rules import plain_number

PURPOSE = "arrimage identifiers"


def number_of(identifier: PersonIdentifier) -> str:
    """Return the number in clear. Its callers answer for who reads it.

    Raises `Conflict` when no key of the installation opens it any more.
    """
    try:
        return decrypt(identifier.sealed, PURPOSE)
    except InvalidToken as error:
        raise Conflict(_("Ce numéro ne peut plus être lu : retirez-le, puis recopiez-le du document.")) from error


def digests_of(kind: IdentifierKind, number: str) -> list[str]:
    """Return the digests of a plain number (`rules.plain_number`): the one to write first, all of them to find it."""
    return digests(f"{kind}:{number}", PURPOSE)


def identified_by(persons: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return those of `persons` whose number of any kind is exactly `text`; spaces and hyphens are forgiven."""
    condition = Q(pk__in=[])
    for kind in IdentifierKind:
        try:
            number = plain_number(kind, text)
        except InvalidInput:
            continue
        condition |= Q(kind=kind, digest__in=digests_of(kind, number))
    return persons.filter(pk__in=PersonIdentifier.objects.filter(condition).values("person"))
