"""The contacts at 6, 12 and 24 months: each call is a follow-up, the answers are kept once."""

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_casework
from arrimage.casework.enums import Channel, FileStatus, MilestoneResult
from arrimage.casework.milestones import SETTLED, Window, windows_of
from arrimage.casework.models import File, FollowUp, MilestoneContact
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent


@dataclass(frozen=True)
class Answers:
    """What somebody says of their life: where they live, whether they work, their French by skill (0 to 12)."""

    residence: str
    employment: str
    municipality: str = ""
    in_field: bool | None = None
    learning_french: bool | None = None
    levels: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """How the contact was made, and what came of it; `answers` when the person answered, only then."""

    result: str
    channel: str = Channel.PHONE
    on: date | None = None
    language: str = ""
    interpreter: str = ""
    note: str = ""
    answers: Answers | None = None


@action
def record_milestone(actor: Actor, file: File, months: int, call: Call) -> MilestoneContact:
    """Record a call of the contact at `months`, on an open file or a closed one.

    Raises `InvalidInput` for a day outside the window or answers that do not go with the result; `Conflict` when the
    person did not agree to be reached later, when the file was transferred, or when the contact is settled already.
    """
    require_casework(actor, [file])
    on = call.on or clock.today()
    window = _window(file, months, on)
    if (call.answers is not None) != (call.result == MilestoneResult.REACHED):
        raise InvalidInput(_("Les réponses se notent quand la personne répond, et seulement alors."), field="result")
    _check_agreed(file)
    contact = MilestoneContact.objects.select_for_update(of=("self",)).filter(file=file, months=months).first()
    if contact is not None and contact.result in SETTLED:
        raise Conflict(_("Ce suivi est déjà noté."))
    contact = contact or MilestoneContact(file=file, region_id=file.region_id, months=months, due_on=window.due)
    contact.result, contact.contacted_on, contact.author_id = call.result, on, actor.user_id
    if call.answers is not None:
        _fill(contact, call.answers)
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:  # a colleague recorded the first call at the same moment
        raise Conflict(_("Ce suivi vient d’être noté. Relisez-le avant d’en noter un autre.")) from error
    FollowUp.objects.create(
        file=file,
        region_id=file.region_id,
        author_id=actor.user_id,
        happened_on=on,
        channel=call.channel,
        reached=call.result != MilestoneResult.NOT_REACHED,
        note=call.note.strip(),
        language=call.language,
        interpreter=call.interpreter.strip(),
        milestone=contact,
    )
    return contact


def _window(file: File, months: int, on: date) -> Window:
    window = next((each for each in windows_of(file) if each.months == months), None)
    if window is None:
        raise Conflict(_("La date d’arrivée n’est pas connue : ce suivi n’a pas d’échéance."))
    if file.status == FileStatus.TRANSFERRED:
        raise Conflict(_("Ce dossier est transféré : la région qui accompagne la personne fait ce suivi."))
    if on > clock.today():
        raise InvalidInput(_("La date du contact ne peut pas être à venir."), field="on")
    if not window.holds(on):
        raise InvalidInput(_("Cette date est en dehors de la période de ce suivi."), field="on")
    return window


def _check_agreed(file: File) -> None:
    agreed = Consent.objects.live_on(clock.today()).filter(
        person=file.person_id, region=file.region_id, purpose=Purpose.FOLLOW_UP
    )
    if not agreed.exists():
        raise Conflict(_("La personne n’a pas consenti à être jointe plus tard : demandez-le-lui d’abord."))


def _fill(contact: MilestoneContact, answers: Answers) -> None:
    contact.residence, contact.employment = answers.residence, answers.employment
    contact.municipality = answers.municipality.strip()
    contact.in_field, contact.learning_french = answers.in_field, answers.learning_french
    for skill, level in answers.levels.items():
        setattr(contact, skill, level)
