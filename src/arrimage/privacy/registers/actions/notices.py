"""The notices of an incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import lock
from arrimage.foundation.errors import InvalidInput, TransitionNotAllowed
from arrimage.privacy.registers.actions.checks import not_later, require_privacy, said
from arrimage.privacy.registers.actions.communications import NewCommunication, record_communications
from arrimage.privacy.registers.actions.incidents import settle_notices
from arrimage.privacy.registers.enums import Ground, NoticeTo, NoticeWay
from arrimage.privacy.registers.models import Communication, Incident, IncidentNotice
from arrimage.privacy.registers.rules import may_notify


@dataclass(frozen=True)
class NewNotice:
    """A notice given. `information` is what was told of the persons to who can reduce the risk, if anything."""

    incident: Incident
    to: NoticeTo
    way: NoticeWay
    given_on: date | None = None
    recipient: str = ""
    note: str = ""
    information: str = ""


@action
def give_notices(actor: Actor, items: Sequence[NewNotice]) -> list[IncidentNotice]:
    """Enter notices given; the last required one moves the incident on.

    What is told of persons to somebody who can reduce the risk goes to the register of communications (s. 63.8).
    """
    require_privacy(actor, [item.incident.region_id for item in items])
    locked = lock(Incident, [item.incident.pk for item in items])
    notices = []
    for item in items:
        incident = locked[item.incident.pk]
        if not may_notify(item.to, incident.serious_risk):
            raise TransitionNotAllowed(_refusal(incident))
        given_on = item.given_on or clock.today()
        not_later(given_on, "given_on")
        if given_on < incident.aware_on:
            raise InvalidInput(_("Un avis ne peut pas précéder la découverte de l’incident."), field="given_on")
        recipient, note = item.recipient.strip(), item.note.strip()
        if item.to == NoticeTo.OTHER:
            recipient = said(recipient, "recipient", _("Dites qui a été avisé."))
        if item.way == NoticeWay.PUBLIC:
            note = said(note, "note", _("Dites pourquoi l’avis est public."))
        notices.append(
            IncidentNotice(
                incident=incident,
                to=item.to,
                recipient=recipient,
                given_on=given_on,
                way=item.way,
                note=note,
                author_id=actor.user_id,
            )
        )
    IncidentNotice.objects.bulk_create(notices)
    told = [item for item in items if item.to == NoticeTo.OTHER and item.information.strip()]
    record_communications(actor, [_communication(actor, locked[item.incident.pk], item) for item in told])
    for incident in locked.values():
        settle_notices(actor, incident)
    return notices


def _communication(actor: Actor, incident: Incident, item: NewNotice) -> NewCommunication:
    return NewCommunication(
        Communication(
            region_id=incident.region_id,
            made_on=item.given_on or clock.today(),
            information_kinds=incident.information_kinds,
            information=item.information.strip(),
            concerned=_("Personnes concernées par l’incident %(number)s") % {"number": incident.number},
            recipient=item.recipient.strip(),
            purpose=_("Réduire le risque qu’un préjudice soit causé."),
            ground=Ground.S63_8,
            reason=item.note.strip() or _("Cet avis peut réduire le risque."),
            decided_by=actor.name,
            incident=incident,
        ),
        persons=list(incident.persons.all()),
    )


def _refusal(incident: Incident) -> str:
    if incident.serious_risk is None:
        return _("Évaluez d’abord l’incident : les avis en dépendent.")
    return _("Sans risque de préjudice sérieux, rien ne peut être dit à d’autres sans le consentement des personnes.")
