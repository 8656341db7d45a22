"""How long people wait: from sent to accepted, over a year, and nothing said of fewer than five."""

from datetime import timedelta

import pytest

from arrimage.casework.waits import AT_LEAST, Wait, waits_by_theme_and_place, waits_of
from arrimage.foundation import clock
from tests import factories as f

pytestmark = pytest.mark.django_db


def accepted(service, days: int, ago: int = 0, **state) -> None:
    sent_on = clock.today() - timedelta(days=days + ago)
    answered_on = sent_on + timedelta(days=days)
    f.ReferralFactory(service=service, sent_on=sent_on, answered_on=answered_on, **state or {"accepted": True})


def test_from_sent_to_accepted() -> None:
    service = f.ServiceFactory()
    for days in (2, 4, 6, 8, 11):
        accepted(service, days)
    assert waits_of([service.pk])[service.pk] == Wait(days=31, cases=5)
    assert waits_of([service.pk])[service.pk].mean == 6


def test_nothing_of_fewer_than_five() -> None:
    assert Wait(days=40, cases=AT_LEAST - 1).mean is None


def test_neither_a_refusal_nor_an_answer_of_more_than_a_year_ago() -> None:
    service = f.ServiceFactory()
    accepted(service, 3, declined=True)
    accepted(service, 3, ago=366)
    f.ReferralFactory(service=service, sent=True)
    assert waits_of([service.pk]) == {}


def test_by_theme_and_place_of_what_counts_its_places() -> None:
    service = f.ServiceFactory(themes=[f.theme("housing"), f.theme("french")])
    f.ServicePlacesFactory(service_at_location__service=service)
    accepted(service, 7)
    accepted(f.ServiceFactory(themes=[f.theme("housing")]), 50)
    found = waits_by_theme_and_place(service.organisation.region_id)
    assert found == {(theme.pk, None): Wait(7, 1) for theme in service.themes.all()}
