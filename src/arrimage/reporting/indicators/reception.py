"""People met at the airport. What is shown of them is a flight and a place in the party, never a name."""

from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.people.enums import Relation
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival
from arrimage.reporting.indicators.base import Group, Indicator, as_evidence, instant_within, local_day
from arrimage.reporting.period import Period
from arrimage.territory.models import Region


def persons_received(region: Region, period: Period) -> QuerySet[Any]:
    arrivals = Arrival.objects.filter(instant_within("met_at", period), region=region, outcome=ArrivalOutcome.MET)
    relation = Case(
        *(When(relation=value, then=Value(str(label))) for value, label in Relation.choices),
        default=Value(""),
        output_field=CharField(),
    )
    label = Concat("flight__number", Value(" · "), "flight__lands_on", Value(" · "), relation, output_field=CharField())
    return as_evidence(arrivals, label, local_day("met_at"))


INDICATORS = (
    Indicator(
        code="persons_received_at_airport",
        group=Group.PERSONS,
        kind="arrival",
        label=_("Personnes accueillies à l’aéroport"),
        counted=ngettext_lazy(
            "%(written)s personne accueillie à l’aéroport", "%(written)s personnes accueillies à l’aéroport", "count"
        ),
        definition=_(
            "Nombre de personnes, adultes et enfants, que le service d’accueil de la région a rencontrées à l’aéroport "
            "pendant la période, premier et dernier jours compris, à la date et à l’heure de Montréal de la rencontre. "
            "Une personne qui n’était pas annoncée compte comme les autres. Ne comptent pas : les personnes attendues "
            "mais non présentées, reportées sur un autre vol ou dont l’embarquement a été refusé."
        ),
        evidence=persons_received,
    ),
)
