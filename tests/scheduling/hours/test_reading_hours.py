"""Hours as people write them."""

import pytest

from arrimage.foundation.errors import InvalidInput
from arrimage.scheduling.rules import read_day, write_day, write_week


@pytest.mark.parametrize(
    "text",
    [
        "8 h 30 – 12 h, 13 h – 16 h 30",
        "8h30-12h, 13h-16h30",
        "08:30 à 12:00 et 13:00 à 16:30",
        "13 h – 16 h 30 ; 8 h 30 — 12",
        "De 8\u00a0h\u00a030 – 12\u00a0h, 13\u202fh – 16 h 30",
    ],
)
def test_many_ways_of_writing_are_read(text) -> None:
    assert read_day(text) == [[510, 720], [780, 990]]


@pytest.mark.parametrize("text", ["", "  ", "fermé", "Fermé", "–"])
def test_a_closed_day(text) -> None:
    assert read_day(text) == []


@pytest.mark.parametrize("text", ["tôt", "8 h", "12 h – 8 h", "8 h – 8 h", "8 h – 25 h", "8 h 75 – 9 h", "8-12, 11-13"])
def test_what_is_no_day_is_refused(text) -> None:
    with pytest.raises(InvalidInput):
        read_day(text)


def test_what_is_written_is_read_back() -> None:
    day = [[0, 60], [510, 720], [780, 1440]]
    assert read_day(write_day(day)) == day


def test_days_alike_are_written_together() -> None:
    day, short = [[540, 720]], [[540, 600]]
    assert write_week([day, day, day, short, day, [], []]) == [
        ("lundi – mercredi", "9 h – 12 h"),
        ("jeudi", "9 h – 10 h"),
        ("vendredi", "9 h – 12 h"),
        ("samedi, dimanche", "fermé"),
    ]
