"""Contacts to come: planned for a day, changed, called off."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_agent_of, require_casework, require_open_files
from arrimage.casework.enums import Channel, PlannedStatus
from arrimage.casework.models import File, PlannedContact, Step
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writing import write_long_date


@dataclass(frozen=True)
class ToPlan:
    """A contact to make on a day; by `agent`, or by whoever the file is assigned to then."""

    on: date
    subject: str
    channel: str = Channel.PHONE
    agent: User | None = None
    step: Step | None = None


@action
def plan_contact(actor: Actor, file: File, wanted: ToPlan) -> PlannedContact:
    """Plan a contact. Raises `Conflict` when one is planned in the file for that day already."""
    require_open_files(actor, [file])
    _check(file, wanted)
    contact = PlannedContact(file=file, region_id=file.region_id, author_id=actor.user_id)
    return _write(contact, wanted)


@action
def change_planned_contact(actor: Actor, contact: PlannedContact, version: int, wanted: ToPlan) -> PlannedContact:
    """Change a contact that was read at `version`. Raises `Conflict` when it was changed, made or called off since."""
    require_open_files(actor, [contact.file])
    _check(contact.file, wanted)
    locked = PlannedContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if locked.version != version or locked.status != PlannedStatus.PLANNED:
        raise Conflict(_("Ce contact prévu a changé entre-temps. Relisez-le avant de l’enregistrer."))
    return _write(locked, wanted)


@action
def cancel_planned_contact(actor: Actor, contact: PlannedContact) -> None:
    """Call off a contact that was planned; doing it twice changes nothing. Raises `Conflict` when it was made."""
    require_casework(actor, [contact.file])
    locked = PlannedContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if locked.status == PlannedStatus.DONE:
        raise Conflict(_("Ce contact a été fait : il ne s’annule plus."))
    if locked.status == PlannedStatus.PLANNED:
        locked.status = PlannedStatus.CANCELLED
        locked.save(update_fields=["status"])


def _check(file: File, wanted: ToPlan) -> None:
    if wanted.on < clock.today():
        raise InvalidInput(_("Un contact se prévoit pour aujourd’hui ou plus tard."), field="on")
    if not wanted.subject.strip():
        raise InvalidInput(_("Dites de quoi il sera question."), field="subject")
    if wanted.step is not None and wanted.step.file_id != file.pk:
        raise InvalidInput(_("Cette démarche appartient à un autre dossier."), field="step")
    if wanted.agent is not None:
        require_agent_of(wanted.agent, file.region_id)


def _write(contact: PlannedContact, wanted: ToPlan) -> PlannedContact:
    contact.planned_on, contact.subject, contact.channel = wanted.on, wanted.subject.strip(), wanted.channel
    contact.agent, contact.step = wanted.agent, wanted.step
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        raise Conflict(
            _("Un contact est déjà prévu dans ce dossier le %(day)s.") % {"day": write_long_date(wanted.on)}
        ) from error
    contact.refresh_from_db()
    return contact
