"""The end of appointments."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import Dimension, Emptied, Fact, Kind, choices, register, register_emptied
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment


def declare() -> None:
    register_emptied(Emptied("scheduling.Appointment", "attendances"))
    register(
        Kind(
            code="appointment",
            model_label="scheduling.Appointment",
            label=_("Rendez-vous passés"),
            since=_("le rendez-vous"),
            months=60,
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


def _past(cutoff: date) -> "QuerySet[Any]":
    dated = Appointment.objects.annotate(since=TruncDate("ends_at"), reference=Cast("uid", CharField()))
    return dated.filter(since__lte=cutoff)


def _facts(keys: Sequence[int]) -> Iterable[Fact]:
    for appointment in Appointment.objects.filter(pk__in=keys).select_related("service_point"):
        year = appointment.starts_at.year
        yield year, "kind", appointment.kind
        yield year, "status", appointment.status
        yield year, "service_point", appointment.service_point.name
