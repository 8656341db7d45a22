"""Employers the directorate accompanies."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.employers.models import Accompaniment, Employer
from arrimage.reporting.indicators.base import Group, Indicator, as_evidence
from arrimage.reporting.period import Period
from arrimage.territory.models import Region


def employers_accompanied(region: Region, period: Period) -> QuerySet[Any]:
    in_charge = Accompaniment.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=period.first),
        employer=OuterRef("pk"),
        region=region,
        in_charge_on__lte=period.last,
    )
    since = Subquery(in_charge.order_by("in_charge_on").values("in_charge_on")[:1])
    return as_evidence(Employer.objects.filter(Exists(in_charge)), "name", since)


INDICATORS = (
    Indicator(
        code="employers_accompanied",
        group=Group.PARTNERS,
        kind="employer",
        label=_("Employeurs accompagnés"),
        counted=ngettext_lazy("%(written)s employeur accompagné", "%(written)s employeurs accompagnés", "count"),
        definition=_(
            "Nombre d’employeurs dont un accompagnement de la région a été pris en charge à un moment de la période : "
            "la prise en charge a commencé le dernier jour ou avant, et n’a pas pris fin ou a pris fin le premier jour "
            "ou après. Chaque employeur, reconnu à son numéro d’entreprise du Québec (NEQ), compte une seule fois, "
            "quel que soit le nombre de ses accompagnements. Ne comptent pas : les demandes jamais prises en charge, "
            "et les accompagnements d’une autre région."
        ),
        evidence=employers_accompanied,
    ),
)
