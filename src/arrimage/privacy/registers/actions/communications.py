"""The register of communications without consent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation.changes import Change, apply_changes, copy_with
from arrimage.foundation.errors import InvalidInput
from arrimage.people.models import Person
from arrimage.privacy.registers.actions.checks import not_later, require_persons, require_privacy, said
from arrimage.privacy.registers.actions.numbering import number
from arrimage.privacy.registers.enums import UNDER_WRITTEN_AGREEMENT, Ground, InformationKind, Register
from arrimage.privacy.registers.models import Communication, CommunicationPerson


@dataclass(frozen=True)
class NewCommunication:
    """A communication (not saved) and the persons it is about, when they are known one by one."""

    communication: Communication
    persons: Sequence[Person] = field(default_factory=tuple)


@action
def record_communications(actor: Actor, items: Sequence[NewCommunication]) -> list[Communication]:
    """Enter communications in the register, numbered in the order given."""
    rows = [item.communication for item in items]
    for row in rows:
        row.recorded_by_id = actor.user_id
        _check(row)
    require_privacy(actor, [row.region_id for row in rows])
    require_persons(actor, [person for item in items for person in item.persons])
    number(Register.COMMUNICATION, rows, [row.made_on for row in rows])
    Communication.objects.bulk_create(rows)
    CommunicationPerson.objects.bulk_create(
        [
            CommunicationPerson(communication=item.communication, person=person)
            for item in items
            for person in item.persons
        ]
    )
    return rows


@action
def edit_communications(actor: Actor, changes: Sequence[Change[Communication]]) -> list[Communication]:
    """Correct entries of the register and return those that became different."""
    require_privacy(actor, [change.record.region_id for change in changes])
    for change in changes:
        _check(copy_with(change.record, change.values))
    return apply_changes(Communication, changes)


@action
def add_concerned(actor: Actor, communication: Communication, person: Person) -> None:
    """Name one of the persons a communication is about; twice changes nothing."""
    require_privacy(actor, [communication.region_id])
    require_persons(actor, [person])
    CommunicationPerson.objects.get_or_create(communication=communication, person=person)


@action
def remove_concerned(actor: Actor, communication: Communication, person: Person) -> None:
    """Take back a name given by mistake."""
    require_privacy(actor, [communication.region_id])
    CommunicationPerson.objects.filter(communication=communication, person=person).delete()


def _check(row: Communication) -> None:
    for name, sentence in (
        ("information", _("Dites quels renseignements ont été communiqués.")),
        ("concerned", _("Dites de qui il s’agit.")),
        ("recipient", _("Dites à qui.")),
        ("purpose", _("Dites à quelle fin.")),
        ("reason", _("Dites ce qui justifie la communication.")),
        ("decided_by", _("Dites qui a décidé.")),
    ):
        setattr(row, name, said(getattr(row, name), name, sentence))
    not_later(row.made_on, "made_on")
    if row.ground not in Ground.values:
        raise InvalidInput(_("Choisissez la disposition."), field="ground")
    if Ground(row.ground) in UNDER_WRITTEN_AGREEMENT and not row.agreement.strip():
        raise InvalidInput(_("Cette disposition demande un écrit : nommez l’entente ou le contrat."), field="agreement")
    if not set(row.information_kinds) <= set(InformationKind.values):
        raise InvalidInput(_("Choisissez parmi les sortes proposées."), field="information_kinds")
