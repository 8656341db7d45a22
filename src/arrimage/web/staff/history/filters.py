"""How a history is narrowed: by field, by person, by period."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.history import Change
from arrimage.web.actors import actor_in_words
from arrimage.web.staff.history.kinds import KINDS
from arrimage.web.staff.history.story import Story
from arrimage.web.staff.history.words import label_of


def filter_for(story: Story) -> type[django_filters.FilterSet]:
    """Return the filter of one history, with the fields its records have and the people who changed them."""

    def fields(*_args: Any) -> list[tuple[str, Any]]:
        groups = [
            (kind.label, [(f"{kind.slug}.{column}", label_of(told)) for column, told in kind.fields.items()])
            for kind in story.kinds
        ]
        return groups if len(groups) > 1 else groups[0][1]

    def people(*_args: Any) -> list[tuple[str, str]]:
        known = story.changes().order_by("actor_name").values_list("actor_id", "actor_name").distinct()
        return list({name: (name, actor_in_words(key, name)) for key, name in known}.values())

    class HistoryFilter(django_filters.FilterSet):
        field = django_filters.ChoiceFilter(label=_("Renseignement"), choices=fields, method="keep_field")
        who = django_filters.ChoiceFilter(label=_("Par"), field_name="actor_name", choices=people)
        between = django_filters.DateFromToRangeFilter(label=_("Période"), field_name="happened_at")

        class Meta:
            model = Change
            fields: list[str] = []

        def keep_field(self, changes: QuerySet[Change], _name: str, value: str) -> QuerySet[Change]:
            slug, column = value.split(".", 1)
            return changes.filter(table_name=KINDS[slug].table, changed__has_key=column)

    return HistoryFilter
