"""The end of arrivals nobody opened a file for, and of the manifests that announced them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from arrimage.people.enums import Category, Gender
from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import Dimension, Emptied, Fact, Kind, choices, register, register_emptied
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Manifest


def declare() -> None:
    register_emptied(Emptied("reception.Party", "arrivals"))
    register(
        Kind(
            code="arrival",
            model_label="reception.Arrival",
            label=_("Arrivées sans dossier"),
            since=_("le vol"),
            months=12,
            ending=Ending.ANONYMISE,
            basis=_("Loi sur l’accès, article 73 : la personne n’a pas demandé d’accompagnement."),
            due=_without_a_file,
            facts=_facts,
            dimensions={
                "category": Dimension(_("Catégorie d’immigration"), choices(Category)),
                "outcome": Dimension(_("Constat"), choices(ArrivalOutcome)),
                "gender": Dimension(_("Genre"), choices(Gender)),
            },
        )
    )
    register(
        Kind(
            code="manifest",
            model_label="reception.Manifest",
            label=_("Manifestes importés"),
            since=_("l’importation"),
            months=24,
            ending=Ending.DESTROY,
            basis=_("Trace d’une importation, utile à la vérification des arrivées de l’année."),
            due=_manifests,
        )
    )


def _without_a_file(cutoff: date) -> "QuerySet[Any]":
    return Arrival.objects.filter(person__isnull=True, flight__lands_on__lte=cutoff).annotate(
        since=F("flight__lands_on"), reference=Cast("uid", CharField())
    )


def _manifests(cutoff: date) -> "QuerySet[Any]":
    dated = Manifest.objects.annotate(since=TruncDate("imported_at"), reference=Cast("uid", CharField()))
    return dated.filter(since__lte=cutoff)


def _facts(keys: Sequence[int]) -> Iterable[Fact]:
    for arrival in Arrival.objects.filter(pk__in=keys).select_related("flight"):
        year = arrival.flight.lands_on.year
        yield year, "category", arrival.category
        yield year, "outcome", arrival.outcome
        yield year, "gender", arrival.gender
