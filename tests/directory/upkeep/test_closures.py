"""A service closes on its day and is offered again by itself; its organisation closes its own, nobody else's."""

from datetime import date, timedelta

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import system_actor
from arrimage.directory.actions import ServiceChange, edit_services
from arrimage.directory.enums import Closure, ClosureStage
from arrimage.directory.models import Service
from arrimage.directory.upkeep.closures import close_service, closure_shown, follow_closures, reopen_service
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from tests.factories import OrganisationFactory, ServiceFactory, actor, worker_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)
CLOCK = system_actor("clock", Right.MANAGE_DIRECTORY)
WEEK = {"starts_on": MONDAY, "ends_on": FRIDAY, "reason": "Travaux"}


@pytest.fixture(autouse=True)
def monday(settings):
    settings.TODAY = MONDAY


@pytest.fixture
def service() -> Service:
    return ServiceFactory()


def state(service: Service) -> tuple[bool, str]:
    service.refresh_from_db()
    return service.is_offered, service.closure


def test_closed_from_today_it_comes_back_the_day_after_the_last(service, settings):
    closure = close_service(worker_of(service.organisation), service, **WEEK)
    assert state(service) == (False, Closure.TEMPORARY)
    assert closure_shown(service) == closure
    settings.TODAY = FRIDAY
    follow_closures(CLOCK)
    assert state(service) == (False, Closure.TEMPORARY)
    settings.TODAY = FRIDAY + timedelta(days=1)
    follow_closures(CLOCK)
    follow_closures(CLOCK)
    assert state(service) == (True, "")
    closure.refresh_from_db()
    assert (closure.stage, closure.ended_on) == (ClosureStage.OVER, settings.TODAY)
    assert closure_shown(service) is None


def test_planned_it_closes_on_its_day(service, settings):
    close_service(worker_of(service.organisation), service, **WEEK | {"starts_on": FRIDAY})
    follow_closures(CLOCK)
    assert state(service) == (True, "")
    settings.TODAY = FRIDAY
    follow_closures(CLOCK)
    assert state(service) == (False, Closure.TEMPORARY)


def test_a_clock_that_was_stopped_all_along_leaves_it_offered(service, settings):
    close_service(worker_of(service.organisation), service, **WEEK | {"starts_on": FRIDAY})
    settings.TODAY = FRIDAY + timedelta(days=30)
    follow_closures(CLOCK)
    assert state(service) == (True, "")
    assert service.closures.get().stage == ClosureStage.OVER


def test_reopened_before_its_day(service):
    own = worker_of(service.organisation)
    close_service(own, service, **WEEK)
    reopen_service(own, service)
    reopen_service(own, service)
    assert state(service) == (True, "")
    close_service(own, service, **WEEK)  # and closed once more
    assert service.closures.count() == 2


def test_closed_for_good_meanwhile_it_does_not_come_back(service, settings):
    close_service(worker_of(service.organisation), service, **WEEK)
    service.refresh_from_db()
    edit_services(actor(Role.REGIONAL_ADVISOR), [ServiceChange(service, {"closure": Closure.DEFINITIVE})])
    settings.TODAY = FRIDAY + timedelta(days=1)
    follow_closures(CLOCK)
    assert state(service) == (False, Closure.DEFINITIVE)


def test_one_closure_at_a_time(service):
    own = worker_of(service.organisation)
    close_service(own, service, **WEEK | {"starts_on": FRIDAY})
    with pytest.raises(Conflict):
        close_service(own, service, **WEEK)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": MONDAY - timedelta(days=1), "starts_on": MONDAY - timedelta(days=3)}, "ends_on"),
        ({"ends_on": MONDAY - timedelta(days=1)}, "ends_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_refused(service, wrong, field):
    with pytest.raises(InvalidInput) as refused:
        close_service(worker_of(service.organisation), service, **WEEK | wrong)
    assert refused.value.field == field


def test_nobody_closes_another_s_service(service):
    for other in (worker_of(OrganisationFactory()), actor(Role.REGIONAL_ADVISOR, "03"), actor(Role.INTEGRATION_AGENT)):
        with pytest.raises(NotAllowed):
            close_service(other, service, **WEEK)
    close_service(actor(Role.REGIONAL_ADVISOR), service, **WEEK)
    with pytest.raises(NotAllowed):
        reopen_service(worker_of(OrganisationFactory()), service)
