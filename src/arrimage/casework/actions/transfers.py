"""A file taken up by another region: asked, accepted or refused. Inside a region, see `handovers`.

The file that is left is closed as transferred; another is opened where the person lives now, with the same arrival and
the same day for the first appointment, the needs that are open, the plan and its steps. What was done stays where it
was done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.carrying import carry_over
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import WITH_PARTNER, FileStatus
from arrimage.casework.models import File, Referral, Transfer, TransferredFile
from arrimage.casework.transfer_enums import TransferGround, TransferStatus
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.territory.models import ServicePoint


@dataclass(frozen=True)
class Wanted:
    """Where files should go, why, and on which ground the other region learns of the person."""

    to: ServicePoint
    reason: str
    ground: str


@action
def propose_transfer(actor: Actor, files: Sequence[File], wanted: Wanted) -> Transfer:
    """Ask another region to take up files of one household.

    Raises `Conflict` when one is asked for already, when something of it is under way (`under_way`), or when the person
    does not consent to be accompanied and did not ask to be transferred.
    """
    require_open_files(actor, files)
    if not files or len({file.region_id for file in files}) != 1:
        raise InvalidInput(_("Choisissez des dossiers d’une même région."))
    region_id = files[0].region_id
    if wanted.to.region_id == region_id:
        raise InvalidInput(_("Ce point est dans la région : le transfert n’a pas à être accepté."), field="to")
    if not wanted.reason.strip():
        raise InvalidInput(_("Dites pourquoi le dossier est transféré."), field="reason")
    _check_ground(files, wanted.ground)
    _check_settled(files)
    transfer = Transfer.objects.create(
        region_id=region_id,
        to_region_id=wanted.to.region_id,
        to_point=wanted.to,
        ground=wanted.ground,
        reason=wanted.reason.strip(),
        shown=[_least_of(file) for file in files],
        author_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            TransferredFile.objects.bulk_create([TransferredFile(transfer=transfer, file=file) for file in files])
    except IntegrityError as error:
        raise Conflict(_("Un transfert est déjà demandé pour ce dossier.")) from error
    return transfer


@action
def accept_transfer(actor: Actor, transfer: Transfer) -> list[File]:
    """Take up the files of a transfer to the lead's region; return the new ones.

    Raises `Conflict` when it was answered, when one of them was closed or something new is under way since, or when
    the person has an active file here already. Elevated: the files are another region's until then.
    """
    require(actor, Right.ASSIGN_FILES, region_id=transfer.to_region_id)
    with elevated():
        locked = _waiting(transfer)
        rows = list(TransferredFile.objects.filter(transfer=locked).order_by("pk"))
        files = {
            file.pk: file
            for file in File.objects.select_for_update(of=("self",))
            .filter(pk__in=[row.file_id for row in rows])
            .select_related("person")
            .order_by("pk")
        }
        old = [files[row.file_id] for row in rows]
        if any(file.status != FileStatus.ACTIVE for file in old):
            raise Conflict(_("L’un de ces dossiers a été fermé depuis."))
        _check_settled(old)
        new = carry_over(old, locked.to_point)
        for row, file in zip(rows, new, strict=True):
            row.new_file, row.is_waiting = file, False
            row.save(update_fields=["new_file", "is_waiting"])
        _answer(actor, locked, TransferStatus.ACCEPTED, "")
    return new


@action
def refuse_transfer(actor: Actor, transfer: Transfer, why: str) -> None:
    """Send a transfer back, and say why: the files stay where they are."""
    require(actor, Right.ASSIGN_FILES, region_id=transfer.to_region_id)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi le transfert est refusé."), field="answer")
    _give_up(actor, transfer, TransferStatus.REFUSED, why)


@action
def withdraw_transfer(actor: Actor, transfer: Transfer) -> None:
    """Ask for it no more."""
    require(actor, Right.ACCOMPANY, region_id=transfer.region_id)
    _give_up(actor, transfer, TransferStatus.WITHDRAWN, "")


@action
def see_answer(actor: Actor, transfer: Transfer) -> None:
    """Say that one read the refusal of a transfer; twice changes nothing."""
    require(actor, Right.ACCOMPANY, region_id=transfer.region_id)
    Transfer.objects.filter(pk=transfer.pk, seen_on__isnull=True).update(seen_on=clock.today())


def under_way(files: Sequence[File]) -> tuple[QuerySet[Referral], QuerySet[Appointment]]:
    """Return what is to be settled before files go: the referrals at a partner, the appointments to come."""
    referrals = Referral.objects.filter(file__in=files, status__in=WITH_PARTNER).select_related("service")
    appointments = Appointment.objects.filter(
        attendances__person__in=[file.person_id for file in files],
        region_id__in={file.region_id for file in files},
        status=AppointmentStatus.BOOKED,
        starts_at__gte=clock.now(),
    ).distinct()
    return referrals.order_by("pk"), appointments.order_by("starts_at", "pk")


def _check_settled(files: Sequence[File]) -> None:
    if any(rows.exists() for rows in under_way(files)):
        raise Conflict(_("Une orientation ou un rendez-vous est en cours : réglez-les avant le transfert."))


def _check_ground(files: Sequence[File], ground: str) -> None:
    """Raise `Conflict` when the transfer rests on the person's word and they refuse to be accompanied."""
    if ground != TransferGround.AGREED:
        return
    persons = {file.person_id for file in files}
    consenting = Consent.objects.live_on(clock.today()).filter(
        person__in=persons, region_id=files[0].region_id, purpose=Purpose.ACCOMPANIMENT
    )
    if set(consenting.values_list("person", flat=True)) != persons:
        raise Conflict(_("La personne ne consent pas, ou plus, à être accompagnée : demandez-le-lui d’abord."))


def _least_of(file: File) -> dict[str, Any]:
    return {
        "number": file.number,
        "language": file.person.preferred_language,
        "arrived_on": file.arrived_on.isoformat() if file.arrived_on else None,
        "first_appointment_due": file.first_appointment_due.isoformat() if file.first_appointment_due else None,
    }


def _waiting(transfer: Transfer) -> Transfer:
    """Lock a transfer. Raises `Conflict` when somebody answered it before."""
    locked = Transfer.objects.select_for_update(of=("self",)).select_related("to_point").get(pk=transfer.pk)
    if locked.status != TransferStatus.PROPOSED:
        raise Conflict(
            _("Ce transfert a déjà une réponse : %(state)s.") % {"state": locked.get_status_display().lower()}
        )
    return locked


def _give_up(actor: Actor, transfer: Transfer, status: TransferStatus, why: str) -> None:
    with elevated():
        locked = _waiting(transfer)
        TransferredFile.objects.filter(transfer=locked).update(is_waiting=False)
        _answer(actor, locked, status, why)


def _answer(actor: Actor, transfer: Transfer, status: TransferStatus, why: str) -> None:
    transfer.status, transfer.answer = status, why.strip()
    transfer.answered_by_id, transfer.answered_on = actor.user_id, clock.today()
    transfer.save(update_fields=["status", "answer", "answered_by", "answered_on"])
