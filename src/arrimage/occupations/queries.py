"""Finding an occupation by what people call it."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from unidecode import unidecode

from arrimage.foundation.words import meaningful_words
from arrimage.occupations.models import Occupation

ALIKE = 0.5
_CODE = re.compile(r"(?:(?:CNP|NOC)\s*)?([0-9]{1,5})", re.IGNORECASE)


def search_occupations(text: str, among: QuerySet[Occupation] | None = None) -> QuerySet[Occupation]:
    """Return the occupations whose title has every word of `text`, or, when none does, those that resemble it.

    Either language; accents, case and plurals are forgiven. A number is the code, or its beginning: a level above.
    """
    occupations = Occupation.objects.all() if among is None else among
    if code := _CODE.fullmatch(text.strip()):
        return occupations.filter(code__startswith=code[1])
    words = meaningful_words(text)
    found = occupations
    for word in words:
        found = found.filter(Q(title_fr__unaccent__icontains=word) | Q(title_en__unaccent__icontains=word))
    if not words or found.exists():
        return found
    plain = unidecode(" ".join(words))
    likeness = Greatest(
        TrigramWordSimilarity(plain, F("title_fr__unaccent")), TrigramWordSimilarity(plain, F("title_en__unaccent"))
    )
    close = Occupation.objects.annotate(likeness=likeness).filter(likeness__gt=ALIKE).order_by().values("pk")
    return occupations.filter(pk__in=close)
