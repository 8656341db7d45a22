"""How the journal and the accesses are narrowed."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.people.queries import persons_visible_to
from arrimage.people.search import find_named
from arrimage.privacy.journal.enums import Basis, Finding, Motive, What
from arrimage.privacy.journal.models import BreakGlass, Reading
from arrimage.territory.models import Region

MOST_PERSONS = 200


def _regions(_request: Any) -> QuerySet[Region]:
    return Region.objects.order_by("name")


class ReadingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Personne dont le dossier a été lu"), method="find")
    name = django_filters.CharFilter(label=_("Lu par"), field_name="name", lookup_expr="icontains")
    between = django_filters.DateFromToRangeFilter(label=_("Période"), field_name="happened_at")
    what = django_filters.ChoiceFilter(label=_("Ce qui a été fait"), choices=What.choices)
    basis = django_filters.ChoiceFilter(label=_("À quel titre"), choices=Basis.choices)
    role = django_filters.ChoiceFilter(label=_("Rôle"), choices=Role.choices)
    region = django_filters.ModelChoiceFilter(label=_("Région"), queryset=_regions)

    class Meta:
        model = Reading
        fields: list[str] = []

    def find(self, readings: QuerySet[Reading], _name: str, text: str) -> QuerySet[Reading]:
        named = find_named(persons_visible_to(self.request.actor), text, MOST_PERSONS)
        keys = [person.pk for person in named]
        return readings.filter(Q(person__in=keys) | Q(person__merged_into__in=keys))


class AccessFilter(django_filters.FilterSet):
    reviewed = django_filters.ChoiceFilter(
        label=_("Examen"),
        choices=[("no", _("À examiner")), *Finding.choices],
        method="keep_reviewed",
    )
    user_name = django_filters.CharFilter(label=_("Ouvert par"), lookup_expr="icontains")
    file_number = django_filters.CharFilter(label=_("Numéro de dossier"), lookup_expr="icontains")
    motive = django_filters.ChoiceFilter(label=_("Motif"), choices=Motive.choices)
    between = django_filters.DateFromToRangeFilter(label=_("Période"), field_name="opened_at")
    region = django_filters.ModelChoiceFilter(label=_("Région"), queryset=_regions)

    class Meta:
        model = BreakGlass
        fields: list[str] = []

    def keep_reviewed(self, accesses: QuerySet[BreakGlass], _name: str, value: str) -> QuerySet[BreakGlass]:
        return accesses.filter(finding="" if value == "no" else value)
