"""Which side of a field is proposed, and until when a merge is undone."""

from datetime import UTC, date, datetime

import pytest

from arrimage.people.enums import BirthPrecision
from arrimage.people.merging.rules import ABSORBED, SURVIVOR, differing, proposed_side, undone_until
from arrimage.people.models import Person

EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def person(**fields) -> Person:
    return Person(**{"given_name": "Amina", "family_name": "Alaoui", "updated_at": EARLY, **fields})


def test_only_fields_that_differ_are_asked() -> None:
    assert differing(person(phone="514 555-0101"), person(email="a@exemple.ca")) == ["email", "phone"]
    assert differing(person(), person()) == []


@pytest.mark.parametrize(
    ("name", "survivor", "absorbed", "side"),
    [
        ("phone", {}, {"phone": "514 555-0101"}, ABSORBED),
        ("phone", {"phone": "514 555-0101"}, {"updated_at": LATE}, SURVIVOR),
        ("phone", {"phone": "1"}, {"phone": "2", "updated_at": LATE}, ABSORBED),
        ("phone", {"phone": "1", "updated_at": LATE}, {"phone": "2"}, SURVIVOR),
        ("gender", {"updated_at": LATE}, {"gender": "woman"}, ABSORBED),
        (
            "birth",
            {"birth_date": date(1984, 1, 1), "birth_precision": BirthPrecision.YEAR, "updated_at": LATE},
            {"birth_date": date(1984, 3, 12)},
            ABSORBED,
        ),
    ],
)
def test_the_best_filled_is_proposed_then_the_latest(name, survivor, absorbed, side) -> None:
    assert proposed_side(name, person(**survivor), person(**absorbed)) == side


def test_a_merge_is_undone_for_thirty_days() -> None:
    assert undone_until(datetime(2026, 3, 1, 15, tzinfo=UTC)) == date(2026, 3, 31)
