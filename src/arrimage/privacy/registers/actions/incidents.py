"""An incident: reported by anybody of the staff, then described, assessed and closed by the privacy officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import STAFF_ROLES, Right
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes, copy_with, lock
from arrimage.foundation.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.people.models import Person
from arrimage.privacy.registers.actions.checks import not_later, require_persons, require_privacy, said
from arrimage.privacy.registers.actions.numbering import number
from arrimage.privacy.registers.enums import INCIDENT_TRANSITIONS, IncidentStatus, InformationKind, Register
from arrimage.privacy.registers.models import Incident, IncidentEvent, IncidentPerson
from arrimage.privacy.registers.rules import incident_kept_until, missing_notices


@dataclass(frozen=True)
class Assessment:
    """What the privacy officer concludes of an incident, and from what (A-2.1, s. 63.10)."""

    incident: Incident
    serious_risk: bool
    conclusion: str
    sensitivity: str
    consequences: str
    likelihood: str
    on: date | None = None


@dataclass(frozen=True)
class Closing:
    """The measures taken, and the end of the work."""

    incident: Incident
    measures: str
    on: date | None = None


@action
def report_incidents(actor: Actor, incidents: Sequence[Incident]) -> list[Incident]:
    """Enter new incidents (not saved) in the register, to be assessed. Anybody of the staff may report one.

    They are reported in the actor's region, and seen from then on by who protects personal information only.
    """
    if actor.role not in STAFF_ROLES and not actor.may(Right.MANAGE_PRIVACY):
        raise NotAllowed(_("Votre rôle ne permet pas de signaler un incident ici."))
    for incident in incidents:
        _check_facts(incident)
        incident.status = IncidentStatus.OPEN
        incident.reported_by_id = actor.user_id
        incident.region_id = incident.region_id if actor.region_id is None else actor.region_id
        incident.keep_until = incident_kept_until(incident.aware_on)
    with elevated():  # the register is closed to whoever reports
        number(Register.INCIDENT, incidents, [incident.aware_on for incident in incidents])
        Incident.objects.bulk_create(incidents)
        _record(actor, [(incident, "", "", timezone.localdate(incident.reported_at)) for incident in incidents])
    return list(incidents)


@action
def edit_incidents(actor: Actor, changes: Sequence[Change[Incident]]) -> list[Incident]:
    """Keep the facts of incidents up to date (r. 3.1, s. 8) and return those that became different."""
    require_privacy(actor, [change.record.region_id for change in changes])
    kept = []
    for change in changes:
        wanted = copy_with(change.record, change.values)
        _check_facts(wanted)
        values = {**change.values, "keep_until": incident_kept_until(wanted.aware_on)}
        kept.append(Change(change.record, values, version=change.version))
    return apply_changes(Incident, kept)


@action
def assess_incidents(actor: Actor, items: Sequence[Assessment]) -> list[Incident]:
    """Conclude on the risk of serious injury; again whenever new facts come, a closed incident included."""
    require_privacy(actor, [item.incident.region_id for item in items])
    locked = lock(Incident, [item.incident.pk for item in items])
    events = []
    for item in items:
        incident = locked[item.incident.pk]
        before = incident.status
        if before != IncidentStatus.ASSESSED:
            INCIDENT_TRANSITIONS.check(before, IncidentStatus.ASSESSED)
        on = item.on or clock.today()
        not_later(on, "on")
        if on < incident.aware_on:
            raise InvalidInput(_("L’évaluation ne peut pas précéder la découverte de l’incident."), field="on")
        for name, sentence in (
            ("sensitivity", _("Dites ce que ces renseignements ont de délicat.")),
            ("consequences", _("Dites ce que les personnes peuvent craindre.")),
            ("likelihood", _("Dites si un mauvais usage est probable.")),
            ("conclusion", _("Donnez les motifs de la conclusion.")),
        ):
            setattr(incident, name, said(getattr(item, name), name, sentence))
        incident.serious_risk = item.serious_risk
        incident.assessed_on, incident.closed_on = on, None
        incident.status = IncidentStatus.ASSESSED
        incident.save()
        note = _("Risque de préjudice sérieux") if item.serious_risk else _("Pas de risque de préjudice sérieux")
        events.append((incident, before, note, item.on))
    _record(actor, events)
    return [settle_notices(actor, locked[item.incident.pk]) for item in items]


def settle_notices(actor: Actor, incident: Incident) -> Incident:
    """Mark a serious incident whose required notices are all given; called by the actions that may complete them."""
    missing = missing_notices(incident.serious_risk, incident.notices.values_list("to", flat=True))
    if incident.serious_risk and incident.status == IncidentStatus.ASSESSED and not missing:
        incident.status = IncidentStatus.NOTIFIED
        incident.save(update_fields=["status"])
        _record(actor, [(incident, IncidentStatus.ASSESSED, "", None)])
    return incident


@action
def close_incidents(actor: Actor, items: Sequence[Closing]) -> list[Incident]:
    """End the work on incidents, once measures are taken and every required notice is given."""
    require_privacy(actor, [item.incident.region_id for item in items])
    locked = lock(Incident, [item.incident.pk for item in items])
    events = []
    for item in items:
        incident = locked[item.incident.pk]
        before = incident.status
        INCIDENT_TRANSITIONS.check(before, IncidentStatus.CLOSED)
        missing = missing_notices(incident.serious_risk, incident.notices.values_list("to", flat=True))
        if missing:
            raise TransitionNotAllowed(
                _("Il reste à aviser : %(whom)s.") % {"whom": ", ".join(sorted(str(to.label) for to in missing))}
            )
        incident.measures = said(item.measures, "measures", _("Dites quelles mesures ont été prises."))
        not_later(item.on, "on")
        incident.closed_on = item.on or clock.today()
        incident.status = IncidentStatus.CLOSED
        incident.save()
        events.append((incident, before, "", item.on))
    _record(actor, events)
    return [locked[item.incident.pk] for item in items]


@action
def link_person(actor: Actor, incident: Incident, person: Person) -> None:
    """Say that an incident concerns a person; twice changes nothing."""
    require_privacy(actor, [incident.region_id])
    require_persons(actor, [person])
    IncidentPerson.objects.get_or_create(incident=incident, person=person)


@action
def unlink_person(actor: Actor, incident: Incident, person: Person) -> None:
    """Take back a link made by mistake."""
    require_privacy(actor, [incident.region_id])
    IncidentPerson.objects.filter(incident=incident, person=person).delete()


def _check_facts(incident: Incident) -> None:
    incident.description = said(incident.description, "description", _("Dites ce qui s’est passé."))
    not_later(incident.aware_on, "aware_on")
    start, end = incident.occurred_from, incident.occurred_until
    if end is not None and start is None:
        raise InvalidInput(_("Indiquez le début de la période."), field="occurred_from")
    if start is not None and end is not None and end < start:
        raise InvalidInput(_("La fin précède le début."), field="occurred_until")
    if start is not None and start > incident.aware_on:
        raise InvalidInput(_("L’incident ne peut pas être connu avant de survenir."), field="occurred_from")
    total = incident.person_count
    if incident.quebec_count is not None and total is not None and incident.quebec_count > total:
        raise InvalidInput(_("Plus de personnes au Québec qu’en tout."), field="quebec_count")
    if not set(incident.information_kinds) <= set(InformationKind.values):
        raise InvalidInput(_("Choisissez parmi les sortes proposées."), field="information_kinds")


def _record(actor: Actor, changes: Sequence[tuple[Incident, str, str, date | None]]) -> None:
    IncidentEvent.objects.bulk_create(
        [
            IncidentEvent.of(
                actor,
                before,
                incident.status,
                incident=incident,
                note=note,
                happened_at=clock.at(on, 12) if on and on < clock.today() else clock.now(),
            )
            for incident, before, note, on in changes
        ]
    )
