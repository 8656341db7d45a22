"""Searching lists as people type: every word, whatever the accents, the case and the order."""

import re
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet


def matching(text: str, *fields: str) -> Q:
    """Return the condition that each word of `text` is in one of `fields`; an empty text matches everything."""
    condition = Q()
    for word in re.split(r"[\s,;]+", text.strip()):
        if word:
            condition &= reduce(or_, (Q(**{f"{field}__unaccent__icontains": word}) for field in fields))
    return condition


class SearchFilter(django_filters.CharFilter):
    """The search box of a list, over some text fields (of relations to one too)."""

    def __init__(self, *fields: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        if not value:
            return qs
        found = qs.filter(matching(value, *self.fields))
        return found.distinct() if self.distinct else found
