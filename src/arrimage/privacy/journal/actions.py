"""Exceptional accesses: opened with a reason, ended sooner, reviewed by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.journal.enums import Basis, Finding, Motive, ObjectKind, What
from arrimage.privacy.journal.models import BreakGlass
from arrimage.privacy.journal.models.break_glass import SHORTEST_REASON
from arrimage.privacy.journal.writing import Seen, write_readings


@dataclass(frozen=True)
class AskedFile:
    """The file somebody asks to open: the room of files says which, this one keeps it."""

    person_id: int
    region_id: int
    uid: UUID
    number: str


@dataclass(frozen=True)
class Review:
    """What the review of one access concluded."""

    access: BreakGlass
    finding: str
    notes: str = ""


@action
def open_break_glass(actor: Actor, file: AskedFile, *, motive: str, reason: str, address: str = "") -> BreakGlass:
    """Open a file that is not the actor's for a limited time; the journal says so at once.

    Raises `InvalidInput` for a reason too short to be one. Whether the actor may ask for that file is said above.
    """
    require(actor, Right.ACCOMPANY)
    if actor.user_id is None or actor.role is None:
        raise NotAllowed(_("Un accès exceptionnel se demande en son nom."))
    reason = " ".join(reason.split())
    if motive not in Motive.values:
        raise InvalidInput(_("Choisissez le motif."), field="motive")
    if len(reason) < SHORTEST_REASON:
        raise InvalidInput(
            _("Expliquez en une phrase (au moins %(count)d caractères).") % {"count": SHORTEST_REASON}, field="reason"
        )
    now = timezone.now()
    access = BreakGlass.objects.create(
        user_id=actor.user_id,
        user_name=actor.name,
        role=actor.role,
        person_id=file.person_id,
        region_id=file.region_id,
        file_uid=file.uid,
        file_number=file.number,
        motive=motive,
        reason=reason,
        opened_at=now,
        expires_at=now + timedelta(minutes=settings.BREAK_GLASS_MINUTES),
    )
    seen = Seen(
        What.BREAK_GLASS, ObjectKind.FILE, Basis.BREAK_GLASS, file.person_id, file.region_id, file.uid, access.pk
    )
    write_readings(actor, [seen], address=address)
    return access


@action
def end_break_glass(actor: Actor, access: BreakGlass) -> None:
    """End one's own access before its hour. Ended already, nothing changes."""
    if access.user_id != actor.user_id:
        raise NotAllowed(_("Seule la personne qui l’a demandé met fin à un accès exceptionnel."))
    BreakGlass.objects.filter(pk=access.pk).live().update(ended_at=timezone.now())


@action
def review_break_glass(actor: Actor, items: Sequence[Review]) -> list[BreakGlass]:
    """Say of each access whether it was justified. Never one's own; once said, it stays said.

    A finding of « not justified » needs notes: what was not right, for the register of incidents.
    """
    require(actor, Right.MANAGE_PRIVACY)
    reviewed = []
    for item in items:
        access = BreakGlass.objects.select_for_update().get(pk=item.access.pk)
        if not actor.covers_region(access.region_id):
            raise NotAllowed(_("Cet accès exceptionnel concerne une autre région."))
        if access.user_id == actor.user_id:
            raise NotAllowed(_("Personne n’examine son propre accès exceptionnel."))
        if access.reviewed_at is not None:
            raise Conflict(_("Cet accès a déjà été examiné."))
        if item.finding not in Finding.values:
            raise InvalidInput(_("Dites si l’accès était justifié."), field="finding")
        notes = item.notes.strip()
        if item.finding == Finding.NOT_JUSTIFIED and not notes:
            raise InvalidInput(_("Dites pourquoi l’accès n’était pas justifié."), field="notes")
        access.reviewed_by_id = actor.user_id
        access.reviewed_at = timezone.now()
        access.finding = item.finding
        access.notes = notes
        access.save(update_fields=["reviewed_by", "reviewed_at", "finding", "notes"])
        reviewed.append(access)
    return reviewed
