"""What needs the privacy officer now."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation.attention import Task
from arrimage.privacy.registers.enums import LIVE_REQUESTS, IncidentStatus, NoticeTo, RequestStatus
from arrimage.privacy.registers.models import Incident, PersonRequest
from arrimage.privacy.registers.queries import incidents_visible_to, requests_visible_to
from arrimage.privacy.registers.rules import assessment_due, missing_notices


def needing_action(actor: Actor) -> list[Task]:
    """Return the requests without an answer and the incidents whose work is not ended, for the privacy officer."""
    if not actor.may(Right.MANAGE_PRIVACY):
        return []
    live = requests_visible_to(actor).filter(status__in=sorted(status.value for status in LIVE_REQUESTS))
    requests = [_request_task(request) for request in live]
    incidents = incidents_visible_to(actor).exclude(status=IncidentStatus.CLOSED).prefetch_related("notices")
    return [*requests, *(task for incident in incidents for task in _incident_tasks(incident))]


def _request_task(request: PersonRequest) -> Task:
    if request.status == RequestStatus.RECEIVED:
        reason = _("Demandes : identité à vérifier")
    else:
        reason = _("Demandes à répondre")
    return Task(
        reason=reason,
        label=f"{request.get_kind_display()} · {request.requester}",
        target="request",
        uid=request.uid,
        deadline=request.due_on,
        since=request.received_on,
        detail=request.number,
    )


def _incident_tasks(incident: Incident) -> Iterator[Task]:
    def task(reason: str, **fields: object) -> Task:
        return Task(
            reason=reason,
            label=f"{incident.get_kind_display()} · {incident.number}",
            target="incident",
            uid=incident.uid,
            **fields,  # type: ignore[arg-type]
        )

    if incident.status == IncidentStatus.OPEN:
        due = assessment_due(incident.aware_on, settings.INCIDENT_ASSESSMENT_WORKING_DAYS)
        yield task(_("Incidents à évaluer"), deadline=due, since=incident.aware_on)
        return
    missing = missing_notices(incident.serious_risk, [notice.to for notice in incident.notices.all()])
    if missing:
        # The law gives no number of days: with diligence, so at once.
        whom = ", ".join(str(to.label) for to in NoticeTo if to in missing)
        yield task(_("Avis à donner"), deadline=incident.assessed_on, since=incident.assessed_on, detail=whom)
    else:
        yield task(_("Incidents à fermer"), since=incident.assessed_on)
