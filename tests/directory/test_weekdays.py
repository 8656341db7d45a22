"""The days of the week, which our catalogues translate, are those of each language."""

import pytest
from babel.dates import get_day_names
from django.utils.translation import override

from arrimage.directory.enums import Weekday


@pytest.mark.parametrize("language", ["fr", "en", "es", "ar"])
def test_days_are_those_of_the_language(language: str) -> None:
    with override(language):
        names = get_day_names("wide", locale=language)  # by number, Monday first
        assert [str(day.label) for day in Weekday] == [names[number] for number in range(7)]
