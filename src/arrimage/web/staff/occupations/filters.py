"""How the list of occupations is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.occupations.enums import BroadCategory, Teer
from arrimage.occupations.models import Occupation
from arrimage.occupations.queries import search_occupations


class OccupationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Profession, en français ou en anglais, ou code"), method="find")
    category = django_filters.ChoiceFilter(label=_("Domaine"), choices=BroadCategory.choices, method="of_category")
    teer = django_filters.ChoiceFilter(
        label=_("Études et expérience (FEER)"),
        choices=[(level.value, f"{level.value} – {level.label}") for level in Teer],
        method="of_level",
    )

    def find(self, occupations: QuerySet[Occupation], name: str, value: str) -> QuerySet[Occupation]:
        return search_occupations(value, occupations)

    def of_category(self, occupations: QuerySet[Occupation], name: str, value: str) -> QuerySet[Occupation]:
        return occupations.filter(code__startswith=value)

    def of_level(self, occupations: QuerySet[Occupation], name: str, value: str) -> QuerySet[Occupation]:
        return occupations.filter(code__regex=f"^.{value}")
