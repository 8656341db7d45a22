"""Family links between persons of different households."""

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.people.actions.refusals import refused_in_words
from arrimage.people.enums import LinkKind
from arrimage.people.models import FamilyLink, Member, Person
from arrimage.people.reach import require_accompanied


@action
def link_persons(actor: Actor, person: Person, other: Person, kind: LinkKind) -> FamilyLink:
    """Write that `person` is the `kind` of `other`: a parent, a sibling. The actor may open the files of both.

    Raises `InvalidInput` for somebody and themselves, two members of one household, or a link there is already.
    """
    require_accompanied(actor, [person.pk, other.pk])
    own = Member.objects.filter(person=person, ends_on__isnull=True).values("household")
    if person.pk != other.pk and Member.objects.filter(person=other, ends_on__isnull=True, household__in=own).exists():
        raise InvalidInput(_("Ces deux personnes sont dans le même ménage : leur lien s’y lit déjà."))
    with refused_in_words():
        return FamilyLink.objects.create(person=person, other=other, kind=kind)


@action
def unlink_persons(actor: Actor, link: FamilyLink) -> None:
    """Remove a link that was written by mistake."""
    require_accompanied(actor, [link.person_id, link.other_id])
    if not FamilyLink.objects.filter(pk=link.pk).delete()[0]:
        raise Conflict(_("Ce lien a été retiré entre-temps."))
