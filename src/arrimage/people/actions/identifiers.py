"""Numbers of governments: recorded sealed, read by a deliberate act, never shown to tell whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.encryption import encrypt
from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.enums import IdentifierKind
from arrimage.people.identifiers import PURPOSE, digests_of, number_of
from arrimage.people.models import Person, PersonIdentifier
from arrimage.people.reach import persons_accompanied_by, require_accompanied
from arrimage.people.rules import plain_number


@dataclass(frozen=True)
class NewIdentifier:
    """A number as it was typed."""

    person: Person
    kind: IdentifierKind
    number: str


@action
def record_identifiers(actor: Actor, items: Sequence[NewIdentifier]) -> list[PersonIdentifier]:
    """Seal numbers of persons the actor accompanies.

    Raises `InvalidInput` for a number that is somebody's already: a likely duplicate, named only to whoever may open
    that person's file.
    """
    require_accompanied(actor, [item.person.pk for item in items])
    sealed = []
    for item in items:
        number = plain_number(item.kind, item.number)
        found = digests_of(item.kind, number)
        _refuse_taken(actor, item, found)
        sealed.append(
            PersonIdentifier(
                person=item.person,
                kind=item.kind,
                ending=number[-4:],
                sealed=encrypt(number, PURPOSE),
                digest=found[0],
            )
        )
    with refused_in_words():
        return PersonIdentifier.objects.bulk_create(sealed)


@action
def reveal_identifier(actor: Actor, identifier: PersonIdentifier) -> str:
    """Return a number in clear, to whoever accompanies the person; the page that shows it writes it in the journal."""
    require_accompanied(actor, [identifier.person_id])
    return number_of(identifier)


@action
def remove_identifier(actor: Actor, identifier: PersonIdentifier) -> None:
    """Destroy a number that was not the person's, or serves no more."""
    require_accompanied(actor, [identifier.person_id])
    if not PersonIdentifier.objects.filter(pk=identifier.pk).delete()[0]:
        raise Conflict(_("Ce numéro a été retiré entre-temps."))


def _refuse_taken(actor: Actor, item: NewIdentifier, digests: Sequence[str]) -> None:
    """Say that a number is taken; whose it is, only to whoever may know."""
    with elevated():
        owner = PersonIdentifier.objects.filter(kind=item.kind, digest__in=digests).values_list("person", flat=True)
        key = owner.first()
    if key is None:
        return
    if key == item.person.pk:
        raise InvalidInput(_("Ce numéro est déjà inscrit pour cette personne."), field="number")
    known = persons_accompanied_by(actor).filter(pk=key).first()
    if known is not None:
        raise InvalidInput(
            _("Ce numéro est déjà inscrit pour %(person)s : est-ce la même personne ?") % {"person": known},
            field="number",
        )
    raise InvalidInput(
        _("Ce numéro est déjà inscrit dans un dossier que vous n’accompagnez pas : un doublon est probable. "
          "Signalez-le à la personne qui encadre l’équipe."),
        field="number",
    )  # fmt: skip
