"""The ends of what the privacy rooms keep, and why a person must wait for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.people.models import Person, PersonAccount
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.journal.models import BreakGlass, Reading
from arrimage.privacy.registers.enums import REQUEST_TRANSITIONS, IncidentStatus
from arrimage.privacy.registers.models import (
    Communication,
    CommunicationPerson,
    Incident,
    IncidentPerson,
    PersonRequest,
)
from arrimage.privacy.retention.closure import destroy, rows_hanging_on
from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import Destroyed, Hold, Kind, register, register_hold


def declare() -> None:
    register(
        Kind(
            code="consent",
            model_label="consents.Consent",
            label=_("Consentements terminés"),
            since=_("le retrait, ou le dernier jour du consentement"),
            months=60,
            ending=Ending.DESTROY,
            basis=_("Preuve du consentement (Loi sur l’accès, article 53.1) pendant le délai d’un recours."),
            due=_consents,
        )
    )
    register(
        Kind(
            code="incident",
            model_label="registers.Incident",
            label=_("Incidents de confidentialité"),
            since=_("la date où l’organisme en a pris connaissance"),
            months=60,
            ending=Ending.DESTROY,
            basis=_("Règlement sur les incidents de confidentialité (A-2.1, r. 3.1), article 8 : cinq ans au moins."),
            due=_incidents,
            destroy=_destroy_incidents,
        )
    )
    register(
        Kind(
            code="communication",
            model_label="registers.Communication",
            label=_("Communications sans consentement"),
            since=_("la communication"),
            months=60,
            ending=Ending.DESTROY,
            basis=_("Registre des communications (Loi sur l’accès, articles 60.1 et 67.3)."),
            due=_communications,
        )
    )
    register(
        Kind(
            code="request",
            model_label="registers.PersonRequest",
            label=_("Demandes d’accès, de rectification et de portabilité"),
            since=_("la réponse"),
            months=24,
            ending=Ending.DESTROY,
            basis=_(
                "Délais de révision (Loi sur l’accès, article 135) largement passés. Une demande suivie d’une "
                "déclaration versée au dossier reste avec le dossier (article 91)."
            ),
            due=_requests,
        )
    )
    register_hold(Hold("incident", _("cité dans un incident de confidentialité"), _in_incidents))
    register_hold(Hold("communication", _("cité dans une communication sans consentement"), _in_communications))
    register_hold(Hold("request", _("une demande de la personne est encore conservée"), _with_requests))
    register_hold(Hold("journal", _("cité dans une année scellée du journal des consultations"), _in_the_journal))


def _consents(cutoff: date) -> "QuerySet[Any]":
    ended = Consent.objects.annotate(since=Coalesce("withdrawn_on", "expires_on"), reference=Cast("uid", CharField()))
    return ended.filter(since__lte=cutoff)


def _incidents(cutoff: date) -> "QuerySet[Any]":
    """Return the closed ones; never before the day the law sets, whatever the rule says."""
    return Incident.objects.filter(
        status=IncidentStatus.CLOSED, aware_on__lte=cutoff, keep_until__lte=clock.today()
    ).annotate(since=F("aware_on"), reference=F("number"))


def _destroy_incidents(keys: Sequence[int]) -> Destroyed:
    """Destroy incidents; a communication made because of one has its own time."""
    Communication.objects.filter(incident__in=keys).update(incident=None)
    return destroy(rows_hanging_on(Incident, keys))


def _communications(cutoff: date) -> "QuerySet[Any]":
    return Communication.objects.filter(made_on__lte=cutoff).annotate(since=F("made_on"), reference=F("number"))


def _requests(cutoff: date) -> "QuerySet[Any]":
    over = PersonRequest.objects.filter(
        status__in=sorted(str(status.value) for status in REQUEST_TRANSITIONS.final()), statement__isnull=True
    )
    return over.annotate(since=Coalesce("answered_on", "due_on"), reference=F("number")).filter(since__lte=cutoff)


def _in_incidents() -> "QuerySet[Any, Any]":
    return IncidentPerson.objects.values("person")


def _in_communications() -> "QuerySet[Any, Any]":
    return CommunicationPerson.objects.values("person")


def _with_requests() -> "QuerySet[Any, Any]":
    return PersonRequest.objects.filter(person__isnull=False, statement__isnull=True).values("person")


def _in_the_journal() -> "QuerySet[Any, Any]":
    """Return the persons whom a sealed line would still name, or who have an exceptional access that one cites.

    The other lines about them hold a number that leads nowhere once they are gone, and keep nobody waiting: a person's
    own readings are written without their name (`journal.writing`).
    """
    readers = Reading.objects.filter(user__isnull=False).exclude(name="").values("user")
    by_account = PersonAccount.objects.filter(user__in=readers).values("person")
    by_access = BreakGlass.objects.filter(readings__isnull=False).values("person")
    by_uid = Person.objects.filter(uid__in=Reading.objects.filter(object_uid__isnull=False).values("object_uid"))
    return Person.objects.filter(pk__in=by_account.union(by_access, by_uid.values("pk"))).values("pk")
