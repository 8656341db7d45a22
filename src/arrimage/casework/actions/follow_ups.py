"""Contacts that check how steps go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.assessments import CLOSED
from arrimage.casework.actions.files import require_casework
from arrimage.casework.actions.plans import change_steps
from arrimage.casework.enums import Channel, StepStatus
from arrimage.casework.models import File, FollowUp, Need, Step
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.writes import update_rows


@dataclass(frozen=True)
class NewFollowUp:
    """A contact; `closes_step` ends the step it speaks of.

    `need_status` says what became of `need` (by default, the step's).
    """

    file: File
    step: Step | None = None
    channel: str = Channel.PHONE
    reached: bool = True
    note: str = ""
    on: date | None = None
    closes_step: bool = False
    need_status: str = ""
    need: Need | None = None


@action
def record_follow_ups(actor: Actor, items: Sequence[NewFollowUp]) -> list[FollowUp]:
    """Record contacts, and close the steps and needs they settle."""
    require_casework(actor, [item.file for item in items])
    for item in items:
        if item.step is not None and item.step.file_id != item.file.pk:
            raise InvalidInput(_("Cette démarche appartient à un autre dossier."), field="step")
        if item.need is not None and item.need.file_id != item.file.pk:
            raise InvalidInput(_("Ce besoin appartient à un autre dossier."), field="need")
        if item.closes_step and item.step is None:
            raise InvalidInput(_("Choisissez la démarche à clore."), field="step")
        if item.on and item.on > clock.today():
            raise InvalidInput(_("La date du contact ne peut pas être à venir."), field="on")
    follow_ups = FollowUp.objects.bulk_create(
        [
            FollowUp(
                file=item.file,
                region_id=item.file.region_id,
                step=item.step,
                author_id=actor.user_id,
                happened_on=item.on or clock.today(),
                channel=item.channel,
                reached=item.reached,
                note=item.note.strip(),
            )
            for item in items
        ],
        batch_size=1000,
    )
    _close_steps(items)
    _close_needs(items)
    return follow_ups


def _close_steps(items: Sequence[NewFollowUp]) -> None:
    days = {item.step.pk: item.on or clock.today() for item in items if item.closes_step and item.step}
    steps = Step.objects.select_for_update(of=("self",)).filter(pk__in=days).order_by("pk")
    change_steps(list(steps), StepStatus.DONE, on=days)


def _close_needs(items: Sequence[NewFollowUp]) -> None:
    closing = {key: item for item in items if item.need_status in CLOSED and (key := _need_key(item)) is not None}
    needs = list(Need.objects.select_for_update(of=("self",)).filter(pk__in=closing, closed_on__isnull=True))
    for need in needs:
        need.status = closing[need.pk].need_status
        need.closed_on = closing[need.pk].on or clock.today()
    update_rows(Need, needs, ["status", "closed_on"])


def _need_key(item: NewFollowUp) -> int | None:
    if item.need is not None:
        return item.need.pk
    return item.step.need_id if item.step is not None else None
