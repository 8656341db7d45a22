"""Closing a file with what came of it, and reopening it with its whole past."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.assessments import CLOSED
from arrimage.casework.actions.files import require_casework
from arrimage.casework.actions.plans import change_steps
from arrimage.casework.actions.referral_changes import Answer
from arrimage.casework.actions.referrals import cancel_referrals
from arrimage.casework.closings import appointments_ahead
from arrimage.casework.enums import (
    FILE_TRANSITIONS,
    NOT_MET_YET,
    OPEN_STEPS,
    ClosingReason,
    FileStatus,
    PlanStatus,
    ReferralStatus,
    StepStatus,
)
from arrimage.casework.models import Closing, File, FileEvent, Need, Plan, Referral, Step
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.scheduling.actions import set_appointment_status
from arrimage.scheduling.enums import AppointmentStatus


@dataclass(frozen=True)
class NeedResult:
    """What a need became (`met`, `not_met`, `withdrawn`), and in words."""

    status: str
    note: str = ""


@dataclass(frozen=True)
class NewClosing:
    """The end of an accompaniment. `needs` has a result for each open need, by its key; open steps are dropped, but
    those of `done`; referrals whose service has not begun are cancelled, and appointments ahead, where they are named.
    """

    file: File
    reason: str
    summary: str
    on: date | None = None
    needs: Mapping[int, NeedResult] = field(default_factory=dict)
    done: Collection[int] = ()
    cancelled_referrals: Collection[int] = ()
    cancelled_appointments: Collection[int] = ()


@action
def close_file(actor: Actor, new: NewClosing) -> Closing:
    """Close a file: its needs answered, its steps ended, its plan closed, what was asked of others taken back.

    A referral under way may go on: its organisation still says how it ends, and the closed file shows it. Raises
    `Conflict` when somebody closed the file first, `InvalidInput` when a need has no result or a reason is missing.
    """
    require_casework(actor, [new.file])
    file = _locked(new.file, FileStatus.CLOSED)
    day = new.on or clock.today()
    _check(new, file, day)
    needs = _needs_with_results(file, new.needs)
    _end_steps(file, new.done, day)
    _take_back(actor, new, file)
    for need in needs:
        result = new.needs[need.pk]
        need.status, need.result_note, need.closed_on = result.status, result.note.strip(), day
    update_rows(Need, needs, ["status", "result_note", "closed_on"])
    Plan.objects.filter(file=file).exclude(status=PlanStatus.CLOSED).update(status=PlanStatus.CLOSED)
    closing = Closing.objects.create(
        file=file,
        region_id=file.region_id,
        author_id=actor.user_id,
        reason=new.reason,
        summary=new.summary.strip(),
        closed_on=day,
    )
    _move(actor, file, FileStatus.CLOSED, str(ClosingReason(new.reason).label), closed_on=day)
    return closing


@action
def reopen_file(actor: Actor, file: File, *, why: str) -> File:
    """Take up a closed file again, for a reason; what was done stays, a new plan is drafted from new needs.

    Raises `Conflict` when it is open already, or when the person has another open file in the region.
    """
    require_casework(actor, [file])
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi le dossier est rouvert."), field="why")
    locked = _locked(file, FileStatus.ACTIVE)
    Closing.objects.filter(file=locked, reopened_on__isnull=True).update(
        reopened_on=clock.today(), reopened_why=why.strip()
    )
    try:
        with transaction.atomic():
            _move(actor, locked, FileStatus.ACTIVE, why.strip(), closed_on=None)
    except IntegrityError as error:
        raise Conflict(_("Un autre dossier est déjà ouvert pour cette personne dans la région.")) from error
    return locked


def _locked(file: File, following: FileStatus) -> File:
    """Return the file, locked until the transaction ends: whoever adds to it or closes it waits."""
    locked = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if locked.status == following:
        said = {
            FileStatus.CLOSED: _("Ce dossier vient d’être fermé par quelqu’un d’autre."),
            FileStatus.ACTIVE: _("Ce dossier est déjà ouvert."),
        }
        raise Conflict(said[following])
    FILE_TRANSITIONS.check(locked.status, following)
    return locked


def _check(new: NewClosing, file: File, day: date) -> None:
    if new.reason not in ClosingReason.values:
        raise InvalidInput(_("Choisissez le motif de la fermeture."), field="reason")
    if not new.summary.strip():
        raise InvalidInput(_("Résumez ce qui a été fait et ce qu’il en est."), field="summary")
    if day > clock.today():
        raise InvalidInput(_("Un dossier ne se ferme pas à une date à venir."), field="on")
    if day < file.opened_on:
        raise InvalidInput(_("Un dossier ne se ferme pas avant d’avoir été ouvert."), field="on")


def _needs_with_results(file: File, results: Mapping[int, NeedResult]) -> list[Need]:
    """Return the open needs, locked. Raises `InvalidInput` when one has no result, should it be a minute old."""
    needs = list(Need.objects.select_for_update(of=("self",)).filter(file=file, closed_on__isnull=True).order_by("pk"))
    for need in needs:
        result = results.get(need.pk)
        if result is None or result.status not in CLOSED:
            raise InvalidInput(
                _("Dites ce que ce besoin est devenu : « %(need)s ».") % {"need": need.label}, field=f"need_{need.pk}"
            )
    return needs


def _end_steps(file: File, done: Collection[int], day: date) -> None:
    steps = list(Step.objects.select_for_update(of=("self",)).filter(file=file, status__in=OPEN_STEPS).order_by("pk"))
    change_steps([step for step in steps if step.pk in done], StepStatus.DONE, on=day)
    change_steps([step for step in steps if step.pk not in done], StepStatus.DROPPED)


def _take_back(actor: Actor, new: NewClosing, file: File) -> None:
    """Cancel the referrals and the appointments named; drafts, which nobody received, always go."""
    reason = _("Dossier fermé : %(reason)s") % {"reason": ClosingReason(new.reason).label}
    takeable = Referral.objects.filter(file=file, status__in=[ReferralStatus.DRAFT, *NOT_MET_YET])
    taken = [
        referral
        for referral in takeable
        if referral.status == ReferralStatus.DRAFT or referral.pk in new.cancelled_referrals
    ]
    cancel_referrals(actor, [Answer(referral, note=reason) for referral in taken])
    ahead = list(appointments_ahead(file).filter(pk__in=new.cancelled_appointments))
    set_appointment_status(actor, ahead, AppointmentStatus.CANCELLED)


def _move(actor: Actor, file: File, to: FileStatus, note: str, *, closed_on: date | None) -> None:
    before = file.status
    file.status, file.closed_on = to, closed_on
    file.save(update_fields=["status", "closed_on"])
    FileEvent.of(actor, before, to, file=file, note=note).save()
