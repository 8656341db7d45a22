"""The end of appointments, of places on the waiting list, of addresses of calendars taken back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import Dimension, Emptied, Fact, Kind, choices, register, register_emptied
from arrimage.scheduling.enums import STILL_WAITING, AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment, CalendarFeed, WaitingEntry

MONTHS = 60  # as the file of an accompaniment


def declare() -> None:
    register_emptied(Emptied("scheduling.Appointment", "attendances"))
    register(
        Kind(
            code="appointment",
            model_label="scheduling.Appointment",
            label=_("Rendez-vous passés"),
            since=_("le rendez-vous"),
            months=MONTHS,
            ending=Ending.ANONYMISE,
            basis=_("Loi sur l’accès, article 73 ; durée du dossier d’accompagnement."),
            due=_past,
            facts=_facts,
            dimensions={
                "kind": Dimension(_("Genre"), choices(AppointmentKind)),
                "status": Dimension(_("État"), choices(AppointmentStatus)),
                "service_point": Dimension(_("Point de services")),
            },
        )
    )
    register(
        Kind(
            code="waiting",
            model_label="scheduling.WaitingEntry",
            label=_("Attentes d’un rendez-vous terminées"),
            since=_("la sortie de la liste d’attente"),
            months=MONTHS,
            ending=Ending.DESTROY,
            basis=_("Loi sur l’accès, article 73 ; durée des rendez-vous."),
            due=_settled,
        )
    )
    register(
        Kind(
            code="calendar_feed",
            model_label="scheduling.CalendarFeed",
            label=_("Adresses de calendriers retirées"),
            since=_("le retrait de l’adresse"),
            months=12,
            ending=Ending.DESTROY,
            basis=_("Loi sur l’accès, article 73 : l’adresse ne sert plus ; un an pour répondre d’un accès."),
            due=_taken_back,
            region=None,
        )
    )


def _past(cutoff: date) -> "QuerySet[Any]":
    dated = Appointment.objects.annotate(since=TruncDate("ends_at"), reference=Cast("uid", CharField()))
    return dated.filter(since__lte=cutoff)


def _settled(cutoff: date) -> "QuerySet[Any]":
    """Return who waits no more: an entry that is settled never changes again."""
    settled = WaitingEntry.objects.exclude(status__in=STILL_WAITING)
    dated = settled.annotate(since=TruncDate("updated_at"), reference=Cast("uid", CharField()))
    return dated.filter(since__lte=cutoff)


def _taken_back(cutoff: date) -> "QuerySet[Any]":
    dated = CalendarFeed.objects.annotate(since=TruncDate("revoked_at"), reference=Cast("uid", CharField()))
    return dated.filter(since__lte=cutoff)


def _facts(keys: Sequence[int]) -> Iterable[Fact]:
    for appointment in Appointment.objects.filter(pk__in=keys).select_related("service_point"):
        year = appointment.starts_at.year
        yield year, "kind", appointment.kind
        yield year, "status", appointment.status
        yield year, "service_point", appointment.service_point.name
