"""The life of an accompaniment, its events, and who may change it."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.employers.actions import (
    Ended,
    NewRequest,
    TakenInCharge,
    edit_employers,
    end_accompaniments,
    record_accompaniments,
    register_employers,
    request_accompaniments,
    take_charge,
)
from arrimage.employers.enums import AccompanimentStatus as S
from arrimage.employers.enums import AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from tests.factories import (
    AccompanimentFactory,
    EmployerFactory,
    EmployerMemberFactory,
    RoleGrantFactory,
    actor,
    region,
)

pytestmark = pytest.mark.django_db
SUBJECT = AccompanimentSubject.FRANCIZATION


def days(count):
    return clock.today() + timedelta(days=count)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def states(accompaniment):
    return [(event.from_status, event.to_status) for event in accompaniment.events.all()]


# --- Employers ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("neq", ["", "123", "117000000A", "11700000011"])
def test_an_employer_has_a_neq_of_ten_digits(advisor, neq):
    with pytest.raises(InvalidInput) as refusal:
        register_employers(advisor, [Employer(region=region(), neq=neq, name="A", email="a@demo.example")])
    assert refusal.value.field == "neq"


def test_an_employer_has_an_email(advisor):
    with pytest.raises(InvalidInput):
        register_employers(advisor, [Employer(region=region(), neq="1170000001", name="A")])


def test_a_neq_is_registered_once(advisor):
    known = EmployerFactory(region=region("13"))
    with pytest.raises(Conflict):
        register_employers(advisor, [Employer(region=region(), neq=known.neq, name="A", email="a@demo.example")])


def test_a_neq_never_changes(advisor):
    with pytest.raises(InvalidInput):
        edit_employers(advisor, [Change(EmployerFactory(), {"neq": "1170000009"})])


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.INTEGRATION_AGENT])
def test_only_those_who_accompany_employers_write(role):
    with pytest.raises(NotAllowed):
        take_charge(actor(role), [TakenInCharge(AccompanimentFactory())])
    with pytest.raises(NotAllowed):
        request_accompaniments(actor(role), [NewRequest(EmployerFactory(), SUBJECT)])


# --- Requests -------------------------------------------------------------------------------------------------------
def test_an_advisor_notes_a_request(advisor):
    (asked,) = request_accompaniments(advisor, [NewRequest(EmployerFactory(), SUBJECT, request=" Cours sur place ")])
    assert (asked.status, asked.request, asked.requested_on) == (S.REQUESTED, "Cours sur place", clock.today())
    assert states(asked) == [("", "requested")]


def test_an_employer_asks_for_itself_alone():
    member = actor_of(EmployerMemberFactory())
    own = Employer.objects.get(pk=member.scope_id)
    (asked,) = request_accompaniments(member, [NewRequest(own, SUBJECT)])
    assert asked.events.get().actor_name == member.name
    with pytest.raises(NotAllowed):
        request_accompaniments(member, [NewRequest(EmployerFactory(), SUBJECT)])


def test_the_same_request_the_same_day_is_refused(advisor):
    employer = EmployerFactory()
    request_accompaniments(advisor, [NewRequest(employer, SUBJECT)])
    with pytest.raises(Conflict):
        request_accompaniments(advisor, [NewRequest(employer, SUBJECT)])


def test_a_request_has_a_known_subject_and_is_not_to_come(advisor):
    with pytest.raises(InvalidInput):
        request_accompaniments(advisor, [NewRequest(EmployerFactory(), "fanfare")])
    with pytest.raises(InvalidInput):
        request_accompaniments(advisor, [NewRequest(EmployerFactory(), SUBJECT, on=days(1))])


# --- In charge, then over -------------------------------------------------------------------------------------------
def test_an_advisor_takes_a_request_then_ends_it(advisor):
    asked = AccompanimentFactory()
    (taken,) = take_charge(advisor, [TakenInCharge(asked)])
    assert (taken.status, taken.advisor_id, taken.in_charge_on) == (S.IN_CHARGE, advisor.user_id, clock.today())
    (done,) = end_accompaniments(advisor, [Ended(taken, S.DONE, note="Trois embauches")])
    assert (done.status, done.ended_on) == (S.DONE, clock.today())
    assert states(asked) == [("requested", "in_charge"), ("in_charge", "done")]
    assert asked.events.last().note == "Trois embauches"


def test_an_advisor_gives_a_request_to_a_colleague(advisor):
    colleague = RoleGrantFactory(role=Role.RECRUITMENT_ADVISOR).user
    (taken,) = take_charge(advisor, [TakenInCharge(AccompanimentFactory(), advisor=colleague)])
    assert taken.advisor == colleague


@pytest.mark.parametrize(
    "grant", [{"role": Role.INTEGRATION_AGENT}, {"role": Role.REGIONAL_ADVISOR, "ends_on": days(-1)}]
)
def test_only_an_advisor_of_the_region_takes_charge(advisor, grant):
    other = RoleGrantFactory(**grant).user
    with pytest.raises(InvalidInput):
        take_charge(advisor, [TakenInCharge(AccompanimentFactory(), advisor=other)])


@pytest.mark.parametrize("status", [S.DONE_WITHOUT_HELP, S.UNREACHABLE, S.NOT_FOR_US])
def test_a_request_ends_without_us(advisor, status):
    (ended,) = end_accompaniments(advisor, [Ended(AccompanimentFactory(), status, note="Déjà pourvu")])
    assert ended.status == status


def test_a_request_is_not_done_before_it_is_in_charge(advisor):
    with pytest.raises(TransitionNotAllowed):
        end_accompaniments(advisor, [Ended(AccompanimentFactory(), S.DONE)])


@pytest.mark.parametrize("trait", ["done", "unreachable"])
def test_what_is_over_stays_over(advisor, trait):
    over = AccompanimentFactory(**{trait: True})
    with pytest.raises(TransitionNotAllowed):
        take_charge(advisor, [TakenInCharge(over)])
    with pytest.raises(TransitionNotAllowed):
        end_accompaniments(advisor, [Ended(over, S.NOT_FOR_US, note="Non")])


@pytest.mark.parametrize("status", [S.UNREACHABLE, S.NOT_FOR_US])
def test_why_is_said(advisor, status):
    with pytest.raises(InvalidInput):
        end_accompaniments(advisor, [Ended(AccompanimentFactory(), status)])


def test_dates_stay_in_order(advisor):
    asked = AccompanimentFactory(requested_on=days(-3))
    for day in (days(-4), days(1)):
        with pytest.raises(InvalidInput):
            take_charge(advisor, [TakenInCharge(asked, on=day)])


def test_another_region_is_out_of_reach():
    with pytest.raises(NotAllowed):
        take_charge(actor(Role.REGIONAL_ADVISOR, "13"), [TakenInCharge(AccompanimentFactory())])


def test_several_are_taken_together_or_none(advisor):
    waiting, over = AccompanimentFactory(), AccompanimentFactory(done=True)
    with pytest.raises(TransitionNotAllowed):
        take_charge(advisor, [TakenInCharge(waiting), TakenInCharge(over)])
    waiting.refresh_from_db()
    assert waiting.status == S.REQUESTED


def test_what_was_kept_elsewhere_comes_with_its_history(advisor):
    given = AccompanimentFactory.build(
        employer=EmployerFactory(), region=region(), done=True, requested_on=days(-20), advisor=RoleGrantFactory().user
    )
    (recorded,) = record_accompaniments(advisor, [given])
    assert states(recorded) == [("", "requested"), ("requested", "in_charge"), ("in_charge", "done")]
    assert Accompaniment.objects.get().events.first().happened_at.date() == days(-20)
