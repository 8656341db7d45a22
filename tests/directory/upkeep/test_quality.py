"""A criterion counts where it has a meaning; what is missing says what to do."""

from datetime import date, time, timedelta

import pytest

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import system_actor
from arrimage.directory.enums import Mode, Referrer, TranslationStatus
from arrimage.directory.models import (
    CostOption,
    EligibilityRule,
    Schedule,
    Service,
    ServicePlaces,
    ServiceQuality,
    Translation,
)
from arrimage.directory.queries import with_parts
from arrimage.directory.upkeep.quality import Subject, assess, word_of
from arrimage.directory.upkeep.reckoning import reckon
from arrimage.foundation import clock
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def score(service: Service, review_due_on: date | None = None) -> tuple[set[str], set[str]]:
    """Return the codes of what is met and of what is missing."""
    found = with_parts(Service.objects.filter(pk=service.pk).with_locations()).get()
    score = assess(Subject(found, TODAY, review_due_on))
    return {each.code for each in score.met}, {each.code for each in score.missing}


def relevant(service: Service) -> set[str]:
    met, missing = score(service)
    return met | missing


def test_an_empty_record_lacks_what_always_counts():
    met, missing = score(ServiceFactory())
    assert (met, missing) == ({"referrals"}, {"description", "verified", "delay", "cost", "reachable"})


def test_on_site_counts_an_address_and_hours():
    service = ServiceFactory(modes=[Mode.ON_SITE])
    assert {"address", "hours"} <= score(service)[1]
    service = ServiceFactory(modes=[Mode.ON_SITE], address="1, rue A")
    assert "address" in score(service)[0]
    Schedule.objects.create(service_at_location=service.main, byday="MO", opens_at=time(9), closes_at=time(12))
    assert "hours" in score(service)[0]
    assert not {"address", "hours"} & relevant(ServiceFactory(modes=[Mode.REMOTE], address="1, rue A"))


def test_a_text_says_who_is_admitted_only_when_somebody_is_not():
    service = ServiceFactory()
    assert "eligibility" not in relevant(service)
    EligibilityRule.objects.create(service=service, minimum_age=16)
    assert "eligibility" in score(service)[1]
    Service.objects.filter(pk=service.pk).update(eligibility_description="Seize ans et plus.")
    assert "eligibility" in score(service)[0]


def test_translations_count_in_the_languages_served_and_are_reviewed():
    assert "translations" not in relevant(ServiceFactory(languages=["fr", "ht"]))
    service = ServiceFactory(languages=["fr", "en"], description="Le soir.")
    for field in ("name", "description"):
        Translation.objects.create(service=service, field=field, language="en", text="…", status="machine")
    assert "translations" in score(service)[1]
    Translation.objects.update(status=TranslationStatus.REVIEWED)
    assert "translations" in score(service)[0]


@pytest.mark.parametrize(("days", "met"), [(0, True), (-1, False), (30, True)])
def test_verified_within_its_rhythm(days, met):
    service = ServiceFactory(assured_date=TODAY - timedelta(days=90))
    assert ("verified" in score(service, TODAY + timedelta(days=days))[0]) is met


def test_a_contact_for_referrals_counts_unless_people_come_by_themselves():
    assert "referrals" in score(ServiceFactory(contact_email=""))[1]
    alone = ServiceFactory(contact_email="", referrers=[Referrer.ONESELF])
    assert "referrals" not in relevant(alone)
    assert "joining" in score(alone)[1]


def test_places_are_said_everywhere_or_nowhere():
    service = ServiceFactory(address="1, rue A")
    assert "places" not in relevant(service)
    ServicePlaces.objects.create(service_at_location=service.main, capacity=10)
    assert "places" in score(service)[0]


def test_its_cost_in_words_or_as_an_option():
    service = ServiceFactory()
    CostOption.objects.create(service=service, amount=0)
    assert "cost" in score(service)[0]
    assert "cost" in score(ServiceFactory(fees_description="Gratuit."))[0]


@pytest.mark.parametrize(("met", "of", "word"), [(8, 8, "Complète"), (6, 8, "Presque complète"), (5, 8, "À compléter")])
def test_in_words(met, of, word):
    assert word_of(met, of) == word


def test_reckoned_each_night_for_what_is_offered():
    service, closed = ServiceFactory(), ServiceFactory()
    keeper = system_actor("clock", Right.MANAGE_DIRECTORY)
    reckon(keeper)
    Service.objects.filter(pk=closed.pk).update(is_offered=False)
    Service.objects.filter(pk=service.pk).update(delay_days=3)
    reckon(keeper)
    found = ServiceQuality.objects.get()
    assert (found.service, found.met, found.relevant, found.reckoned_on) == (service, 2, 6, clock.today())
    assert "delay" not in found.missing
