"""The chain, from the arrival to the result: one newcomer more is seen at each link."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from arrimage.casework.enums import AssessmentStatus, PlanStatus, ReferralStatus
from arrimage.foundation import clock
from tests import factories as make
from tests.reporting.world import AFTER, BEFORE, DAY, FIRST, LAST, Case, change, check

IN_TIME = "first_appointments_in_time"
AGAIN = "answers_asked_again"


def arrival(w, **fields):
    return make.ArrivalFactory(**{"met": True, "flight": w.flight} | fields)


def late_file(w, **fields):
    """Open a file of the year without a first appointment."""
    return make.FileFactory(service_point=w.office, opened_on=DAY, **fields)


def seen(w, file, **fields):
    """Give the person of a file a first appointment, kept on the day of arrival."""
    return make.AppointmentFactory(
        **{"kept": True, "on": DAY, "service_point": w.office, "persons": [file.person]} | fields
    )


def quiet_file(w, **fields):
    """Open a file that counts nowhere: before the year, arrival unknown."""
    return make.FileFactory(service_point=w.office, opened_on=BEFORE, arrived_on=None, **fields)


def assessment(w, **fields):
    return make.AssessmentFactory(**{"completed": True, "file": w.file, "completed_at": clock.at(DAY, 11)} | fields)


def referral(w, **fields):
    """Complete another referral of the same person, sent before the year."""
    need = make.NeedFactory(file=fields.get("file", w.file))
    return make.ReferralFactory(
        **{"completed": True, "file": w.file, "need": need, "service": w.service, "sent_on": BEFORE, "ended_on": DAY}
        | fields
    )


def elsewhere(w):
    """Return the file that another region opened for the same person."""
    files = w.file.person.files.filter(region__code="13")
    return files.first() or make.FileFactory(region=make.region("13"), opened_on=DAY, person=w.file.person)


JUST_BEFORE_MIDNIGHT = timezone.make_aware(datetime(2021, 6, 30, 23, 59))

RECEPTION = [
    Case("met", lambda w: arrival(w), {"persons_received_at_airport": 2}),
    Case("met at the last minute, in local time", lambda w: arrival(w, met_at=JUST_BEFORE_MIDNIGHT),
         {"persons_received_at_airport": 2}),
    Case("met at the first minute", lambda w: arrival(w, met_at=clock.at(FIRST, 0)),
         {"persons_received_at_airport": 2}),
    Case("unannounced", lambda w: arrival(w, is_announced=False), {"persons_received_at_airport": 2}),
    Case("a wrong tap undone", lambda w: change(w.arrival, outcome="expected", met_at=None),
         {"persons_received_at_airport": 0}),
    Case("removed", lambda w: w.arrival.delete(), {"persons_received_at_airport": 0}),
    Case("expected", lambda w: arrival(w, met=False)),
    Case("no-show", lambda w: arrival(w, met=False, no_show=True)),
    Case("met a minute after midnight", lambda w: arrival(w, met_at=JUST_BEFORE_MIDNIGHT + timedelta(minutes=1))),
    Case("met the day before", lambda w: arrival(w, met_at=clock.at(BEFORE, 23, 59))),
    Case("met elsewhere", lambda w: arrival(
        w, region=make.region("13"), flight=make.FlightFactory(region=make.region("13"), lands_on=DAY))),
]  # fmt: skip

FILES = [
    Case("opened, never seen", lambda w: late_file(w), {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("opened and seen", lambda w: seen(w, late_file(w)), {"files_opened": 2}),
    Case("seen on the last day of the delay", lambda w: seen(w, late_file(w), on=DAY + timedelta(days=7)),
         {"files_opened": 2}),
    Case("seen the day after", lambda w: seen(w, late_file(w), on=DAY + timedelta(days=8)),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("seen once in three", lambda w: [late_file(w), late_file(w)], {"files_opened": 3, IN_TIME: Decimal("33.3")}),
    Case("seen before the arrival", lambda w: seen(w, late_file(w), on=BEFORE),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("seen by another region", lambda w: seen(w, late_file(w), service_point=elsewhere(w).service_point),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("seen in a follow-up only", lambda w: seen(w, late_file(w), kind="follow_up"),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("missed", lambda w: seen(w, late_file(w), kept=False, no_show=True),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("booked then forgotten", lambda w: seen(w, late_file(w), kept=False),
         {"files_opened": 2, IN_TIME: Decimal(50)}),
    Case("closed since", lambda w: change(w.file, status="closed", closed_on=LAST)),
    Case("opened on the last day, due after", lambda w: late_file(w, arrived_on=LAST), {"files_opened": 2}),
    Case("arrival unknown", lambda w: late_file(w, arrived_on=None), {"files_opened": 2}),
    Case("opened the day before, arrival unknown", lambda w: quiet_file(w)),
    Case("opened the day after", lambda w: make.FileFactory(service_point=w.office, opened_on=AFTER)),
    Case("the same person elsewhere", lambda w: elsewhere(w)),
    Case("seen twice", lambda w: seen(w, w.file, on=DAY + timedelta(days=1))),
]  # fmt: skip

PATH = [
    Case("another person assessed", lambda w: assessment(w, file=quiet_file(w)), {"persons_assessed": 2}),
    Case("assessment still a draft", lambda w: change(
        w.assessment, status=AssessmentStatus.DRAFT, completed_at=None), {"persons_assessed": 0}),
    Case("the same person assessed twice", lambda w: assessment(w)),
    Case("assessed the day after", lambda w: assessment(w, file=quiet_file(w), completed_at=clock.at(AFTER, 0))),
    Case("assessed elsewhere", lambda w: assessment(w, file=elsewhere(w))),
    Case("another plan agreed", lambda w: make.PlanFactory(agreed=True, file=quiet_file(w), agreed_on=LAST),
         {"plans_agreed": 2}),
    Case("plan closed since", lambda w: change(w.plan, status=PlanStatus.CLOSED)),
    Case("a draft plan", lambda w: make.PlanFactory(file=quiet_file(w))),
    Case("a plan agreed before", lambda w: make.PlanFactory(agreed=True, file=quiet_file(w), agreed_on=BEFORE)),
    Case("a plan agreed elsewhere", lambda w: make.PlanFactory(agreed=True, file=elsewhere(w), agreed_on=DAY)),
    Case("another step done", lambda w: make.StepFactory(done=True, plan=w.plan, done_on=FIRST), {"steps_done": 2}),
    Case("a step taken up again", lambda w: change(w.step, status="todo", done_on=None), {"steps_done": 0}),
    Case("a step to do", lambda w: make.StepFactory(plan=w.plan)),
    Case("a step done after", lambda w: make.StepFactory(done=True, plan=w.plan, done_on=AFTER)),
    Case("another need met", lambda w: make.NeedFactory(met=True, file=w.file, closed_on=LAST), {"needs_met": 2}),
    Case("a need not met", lambda w: make.NeedFactory(not_met=True, file=w.file, closed_on=DAY)),
    Case("an open need", lambda w: make.NeedFactory(file=w.file)),
    Case("a need met before", lambda w: make.NeedFactory(met=True, file=w.file, closed_on=BEFORE)),
]  # fmt: skip

REFERRALS = [
    Case("the same person, another referral", lambda w: referral(w), {"referrals_completed": 2}),
    Case("another person", lambda w: referral(w, file=quiet_file(w), ended_on=LAST),
         {"referrals_completed": 2, "persons_with_result": 2}),
    Case("sent in the year", lambda w: referral(w, sent_on=LAST, ended_on=AFTER), {"referrals_sent": 2}),
    Case("declined", lambda w: referral(w, completed=False, declined=True, sent_on=FIRST, ended_on=None),
         {"referrals_sent": 2}),
    Case("its end dated after", lambda w: change(w.referral, ended_on=AFTER),
         {"referrals_completed": 0, "persons_with_result": 0}),
    Case("removed", lambda w: [w.review.delete(), w.referral.delete()],
         {"referrals_sent": 0, "referrals_completed": 0, "persons_with_result": 0, AGAIN: None}),
    Case("stopped", lambda w: referral(w, completed=False, stopped=True, status=ReferralStatus.STOPPED)),
    Case("a draft", lambda w: referral(w, completed=False, sent_on=None, ended_on=None)),
    Case("sent and completed before", lambda w: referral(w, ended_on=BEFORE)),
    Case("sent after", lambda w: referral(w, sent_on=AFTER, ended_on=AFTER)),
    Case("elsewhere", lambda w: referral(w, file=elsewhere(w), sent_on=DAY)),
]  # fmt: skip


def review(w, **fields):
    """Say something else of the answers that travelled with the year's referral."""
    return make.SharedAnswerReviewFactory(**{"referral": w.referral, "written_at": clock.at(DAY, 11)} | fields)


ANSWERS = [
    Case("confirmed", lambda w: review(w), {AGAIN: Decimal(50)}),
    Case("amended", lambda w: review(w, amended=True), {AGAIN: Decimal(50)}),
    Case("asked again once in three", lambda w: [review(w), review(w)], {AGAIN: Decimal("33.3")}),
    Case("confirmed in the end", lambda w: change(w.review, verdict="confirmed"), {AGAIN: Decimal(0)}),
    Case("another asked again", lambda w: review(w, asked_again=True)),
    Case("a question besides", lambda w: review(w, added=True)),
    Case("said the day after", lambda w: review(w, written_at=clock.at(AFTER, 0))),
    Case("said elsewhere", lambda w: review(w, referral=referral(w, file=elsewhere(w), ended_on=AFTER, sent_on=DAY))),
]

EVERY = RECEPTION + FILES + PATH + REFERRALS + ANSWERS


@pytest.mark.parametrize("case", [case for case in EVERY if case.moves], ids=lambda case: case.name)
def test_figures_follow(case, world):
    check(world, [case])


def test_decoys_move_nothing(world):
    check(world, [case for case in EVERY if not case.moves])


def test_a_booked_first_appointment_counts_while_it_is_to_come(world):
    from arrimage.reporting.bilan import compute
    from arrimage.reporting.period import Period

    today = clock.today()
    file = make.FileFactory(service_point=world.office, opened_on=today)
    period = Period(today, today + timedelta(days=30))

    def share():
        figure = compute(make.region(), period, codes=[IN_TIME]).figures[0]
        return figure.value, figure.denominator

    assert share() == (None, 0)  # its day is not past: nothing to judge yet
    make.AppointmentFactory(on=file.first_appointment_due, service_point=world.office, persons=[file.person])
    assert share() == (Decimal(100), 1)


def test_no_name_of_a_newcomer_is_ever_shown(world):
    from arrimage.reporting.evidence import Evidence
    from arrimage.reporting.indicators import INDICATORS
    from tests.reporting.world import YEAR

    names = {part for record in (world.file.person, world.arrival) for part in (record.given_name, record.family_name)}
    numbers = {world.file.number, *(contact.file.number for contact in world.followed.values())}
    for indicator in INDICATORS.values():
        for record in Evidence(indicator, make.region(), YEAR).records():
            assert not any(name in record["label"] for name in names)
            if record["kind"] in {"person", "file", "plan", "step", "need", "referral"}:
                assert record["label"] in numbers
    person = Evidence(INDICATORS["persons_with_result"], make.region(), YEAR).records()[0]
    assert person["uid"] == str(world.file.person.uid)
