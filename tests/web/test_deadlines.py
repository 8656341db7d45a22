"""Deadlines and ages in words, by Québec's working days."""

from datetime import date

import pytest
from django.utils.translation import override

from arrimage.web.deadlines import age_words, deadline_tone, deadline_words
from arrimage.web.states import Tone

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2026, 11, 27), "aujourd’hui", Tone.WARN),
        (date(2026, 11, 30), "dans 1 jour ouvrable", Tone.WARN),
        (date(2026, 12, 1), "dans 2 jours ouvrables", Tone.WARN),
        (date(2026, 12, 2), "dans 3 jours ouvrables", Tone.NEUTRAL),
        (date(2026, 11, 28), "d’ici le 28\u00a0nov.\u00a02026", Tone.WARN),
        (date(2027, 1, 29), "d’ici le 29\u00a0janv.\u00a02027", Tone.NEUTRAL),
        (date(2026, 11, 26), "en retard de 1 jour ouvrable", Tone.DANGER),
        (date(2026, 11, 24), "en retard de 3 jours ouvrables", Tone.DANGER),
    ],
)
def test_a_deadline_in_words(due: date, words: str, tone: Tone) -> None:
    assert deadline_words(due, FRIDAY) == words
    assert deadline_tone(due, FRIDAY) == tone


def test_a_deadline_passed_over_a_weekend() -> None:
    assert deadline_words(date(2026, 11, 28), date(2026, 11, 29)) == "échéance passée"


def test_days_when_offices_close_do_not_count() -> None:
    assert deadline_words(date(2026, 12, 29), date(2026, 12, 23)) == "dans 2 jours ouvrables"


def test_no_deadline_no_words() -> None:
    assert deadline_words(None, FRIDAY) == ""
    assert deadline_tone(None, FRIDAY) == Tone.NEUTRAL


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 27), "depuis aujourd’hui"),
        (date(2026, 11, 26), "depuis hier"),
        (date(2026, 11, 15), "depuis 12 jours"),
        (date(2026, 8, 27), "depuis 3 mois"),
        (date(2026, 8, 28), "depuis 2 mois"),
        (date(2024, 11, 27), "depuis 2 ans"),
        (date(2026, 11, 28), ""),
        (None, ""),
    ],
)
def test_an_age_in_words(since: date | None, words: str) -> None:
    with override("fr"):
        assert age_words(since, FRIDAY) == words
