"""An organisation confirms in its rhythm, and is reminded three times, each once, whatever is repeated or dies."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import system_actor
from arrimage.directory.enums import Closure, Stage
from arrimage.directory.models import Organisation, Review, ReviewReminder
from arrimage.directory.upkeep.letters import REMINDER, write_review_reminder
from arrimage.directory.upkeep.reviews import choose_rhythm, confirm, follow_reviews, review_of, reviews_visible_to
from arrimage.foundation.errors import InvalidInput, NotAllowed
from tests.factories import OrganisationFactory, OrganisationMemberFactory, ServiceFactory, actor, worker_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
CLOCK = system_actor("clock", Right.MANAGE_DIRECTORY)


@pytest.fixture(autouse=True)
def at(settings):
    def hold(day: date) -> None:
        settings.TODAY = day

    hold(DAY)
    return hold


@pytest.fixture
def organisation() -> Organisation:
    return ServiceFactory().organisation


def stages() -> list[str]:
    return list(ReviewReminder.objects.order_by("pk").values_list("stage", flat=True))


def test_three_reminders_each_once(organisation, at):
    due_on = choose_rhythm(worker_of(organisation), organisation, 3).due_on
    assert due_on == date(2026, 6, 2)
    wanted: list[str] = []
    for days, stage in ((-15, None), (-14, "before"), (-1, None), (0, "due"), (13, None), (14, "after"), (90, None)):
        at(due_on + timedelta(days=days))
        follow_reviews(CLOCK)
        follow_reviews(CLOCK)
        wanted += [stage] if stage else []
        assert stages() == wanted
    assert Letter.objects.filter(kind=REMINDER).count() == 3


def test_a_clock_that_was_stopped_reminds_once_of_the_last_stage(organisation, at):
    choose_rhythm(worker_of(organisation), organisation, 3)
    at(date(2026, 8, 1))
    follow_reviews(CLOCK)
    assert stages() == [Stage.AFTER]


def test_confirming_dates_its_services_and_opens_the_next_review(organisation, at):
    member = OrganisationMemberFactory(organisation=organisation)
    closed = ServiceFactory(organisation=organisation, is_offered=False, closure=Closure.DEFINITIVE)
    own = worker_of(organisation)
    own = type(own)(**{**own.__dict__, "user_id": member.user_id})
    choose_rhythm(own, organisation, 12)
    at(date(2027, 3, 1))
    confirm(own, organisation)
    confirm(own, organisation)
    service = organisation.services.exclude(pk=closed.pk).get()
    assert (service.assured_date, service.assurer_email) == (date(2027, 3, 1), member.user.email)
    closed.refresh_from_db()
    assert closed.assured_date is None
    assert [review.due_on for review in Review.objects.order_by("pk")] == [date(2027, 3, 2), date(2028, 3, 1)]
    assert review_of(organisation).months == 12


def test_a_reminder_says_nothing_once_it_is_confirmed_or_moved(organisation, at):
    own = worker_of(organisation)
    choose_rhythm(own, organisation, 3)
    at(date(2026, 5, 25))
    follow_reviews(CLOCK)
    reminder = ReviewReminder.objects.get()
    written = write_review_reminder(reminder.uid)
    assert (written.address, written.context["due_on"]) == (organisation.email, date(2026, 6, 2))
    choose_rhythm(own, organisation, 6)
    assert write_review_reminder(reminder.uid) is None
    choose_rhythm(own, organisation, 3)
    assert write_review_reminder(reminder.uid) is None or reminder.review.due_on != review_of(organisation).due_on
    confirm(own, organisation)
    assert write_review_reminder(reminder.uid) is None


def test_whoever_offers_something_gets_a_first_review_once(organisation):
    ServiceFactory(organisation=organisation, assured_date=date(2026, 1, 15))
    OrganisationFactory()  # offers nothing
    follow_reviews(CLOCK)
    follow_reviews(CLOCK)
    review = Review.objects.get()
    assert (review.organisation, review.due_on) == (organisation, date(2026, 7, 15))


def test_the_rhythm_is_one_of_three_and_one_s_own(organisation):
    with pytest.raises(InvalidInput):
        choose_rhythm(worker_of(organisation), organisation, 5)
    for other in (worker_of(OrganisationFactory()), actor(Role.INTEGRATION_AGENT)):
        with pytest.raises(NotAllowed):
            confirm(other, organisation)
        with pytest.raises(NotAllowed):
            choose_rhythm(other, organisation, 3)


def test_advisors_see_those_of_their_region(organisation):
    choose_rhythm(worker_of(organisation), organisation, 3)
    assert reviews_visible_to(actor(Role.REGIONAL_ADVISOR)).count() == 1
    assert reviews_visible_to(actor(Role.REGIONAL_ADVISOR, "03")).count() == 0
    assert reviews_visible_to(worker_of(OrganisationFactory())).count() == 0
