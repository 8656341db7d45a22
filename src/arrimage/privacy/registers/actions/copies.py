"""The copy that answers a request for access or portability."""

from hashlib import sha256

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import TransitionNotAllowed
from arrimage.privacy.portability.archive import build_archive
from arrimage.privacy.registers.actions.checks import require_privacy
from arrimage.privacy.registers.enums import RequestKind, RequestStatus
from arrimage.privacy.registers.models import Copy, CopyContent, PersonRequest
from arrimage.privacy.registers.rules import copy_until


@action
def produce_copy(actor: Actor, request: PersonRequest) -> Copy:
    """Make the copy of all that is held about the person, and keep its digest, size and date.

    Made again, it takes the place of the earlier one until the answer is given.
    """
    require_privacy(actor, [request.region_id])
    request = lock(PersonRequest, [request.pk])[request.pk]
    if request.kind == RequestKind.RECTIFICATION:
        raise TransitionNotAllowed(_("Une rectification ne donne pas de copie."))
    if request.status != RequestStatus.IN_PROGRESS:
        raise TransitionNotAllowed(_("La copie se fait pendant le traitement, l’identité vérifiée."))
    person = request.person
    if person is None:
        raise TransitionNotAllowed(_("Rien n’est détenu sur cette personne : il n’y a rien à copier."))
    data = build_archive(actor, person)
    Copy.objects.filter(request=request).delete()
    copy = Copy.objects.create(
        request=request,
        person=person,
        produced_at=clock.now(),
        produced_by_id=actor.user_id,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        available_until=copy_until(clock.today()),
    )
    CopyContent.objects.create(copy=copy, person=person, data=data)
    return copy


@action
def erase_expired_copies(actor: Actor) -> int:
    """Erase the content of copies whose time is over and return how many; their digest stays. For the clock."""
    require(actor, Right.MANAGE_PRIVACY)
    erased, _by_model = CopyContent.objects.filter(copy__available_until__lt=clock.today()).delete()
    return erased
