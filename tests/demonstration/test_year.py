"""The year of the demonstration is full: enough of everything, in every state, and what real life would show."""

from datetime import date

import pytest

from arrimage.casework.enums import (
    AssessmentStatus,
    ClosingReason,
    FileStatus,
    NeedStatus,
    NoteVisibility,
    PlanStatus,
    ReferralStatus,
    StepStatus,
)
from arrimage.casework.transfer_enums import TransferStatus
from arrimage.directory.enums import ClosureStage, ProposalStatus
from arrimage.reception.enums import ArrivalOutcome
from arrimage.scheduling.enums import AppointmentStatus
from tests.demonstration.installation import TODAY, Installation
from tests.demonstration.test_demonstration import figures

AT_LEAST = {
    "people_person": 3_000,
    "people_household": 1_900,
    "casework_need": 12_000,
    "casework_referral": 9_000,
    "scheduling_appointment": 6_000,
    "casework_assessment": 2_500,
    "casework_plan": 2_000,
    "casework_followup": 5_000,
}
# No action makes a draft referral; nobody waits for a time, so that none is offered; nobody here ends as all could.
STATES = {
    ("casework_referral", "status"): set(ReferralStatus) - {ReferralStatus.DRAFT},
    ("scheduling_appointment", "status"): set(AppointmentStatus) - {AppointmentStatus.OFFERED},
    ("casework_assessment", "status"): set(AssessmentStatus),
    ("casework_plan", "status"): set(PlanStatus),
    ("casework_file", "status"): set(FileStatus),
    ("casework_closing", "reason"): {
        ClosingReason.GOALS_REACHED,
        ClosingReason.MOVED,
        ClosingReason.UNREACHABLE,
        ClosingReason.DECLINED,
    },
    ("casework_note", "visibility"): set(NoteVisibility),
    ("casework_note", "withdrawn_on is null"): {True, False},
    ("casework_transfer", "status"): {TransferStatus.PROPOSED, TransferStatus.ACCEPTED},
    ("directory_proposal", "status"): set(ProposalStatus) - {ProposalStatus.WITHDRAWN},
    ("directory_serviceclosure", "stage"): {ClosureStage.PLANNED, ClosureStage.UNDER_WAY},
    ("directory_savedsearch", "alert"): {True, False},
    ("casework_step", "status"): set(StepStatus),
    ("casework_need", "status"): set(NeedStatus),
    ("reception_arrival", "outcome"): set(ArrivalOutcome),
    ("casework_followup", "reached"): {True, False},
}
# What somebody has before them: neither nothing nor absurdly much.
WORK = {
    "an agent's appointments today": (f"""
        select u.id, count(a.id) from accounts_rolegrant u left join scheduling_appointment a
        on a.agent_id = u.user_id and a.status = 'booked'
        and (a.starts_at at time zone 'America/Montreal')::date = '{TODAY}'
        where u.role = 'integration_agent' and u.ends_on is null and u.region_id =
            (select id from territory_region where code = '06') group by 1""", 1, 9),
    "an agent's steps that are late": (f"""
        select f.agent_id, count(*) from casework_step s join casework_file f on f.id = s.file_id
        where s.status in ('todo', 'in_progress') and s.due_on < '{TODAY}' and not exists (
            select from casework_referral r where r.step_id = s.id and r.status in
            ('sent', 'accepted', 'scheduled', 'attended', 'no_show', 'started', 'completed'))
        and exists (select from casework_plan p where p.id = s.plan_id and p.status = 'agreed') group by 1""", 1, 60),
    "referrals an organisation has to answer": ("""
        select organisation_id, count(*) from casework_referral where status = 'sent' group by 1""", 1, 90),
    "persons an organisation serves": ("""
        select organisation_id, count(*) from casework_referral where status in ('accepted', 'started') group by 1""",
        10, 250),
    "flights today": (f"select 1, count(*) from reception_flight where lands_on = '{TODAY}'", 1, 30),
}  # fmt: skip
ACCOMPANIMENT = ("persons_received_at_airport", "files_opened", "first_appointments_in_time", "persons_assessed",
                 "plans_agreed", "steps_done", "referrals_sent", "referrals_completed", "persons_with_result",
                 "needs_met")  # fmt: skip


@pytest.mark.parametrize("table", AT_LEAST)
def test_there_is_enough_of_everything(demonstration: Installation, table: str) -> None:
    [[count]] = demonstration.rows(f"select count(*) from {table}")
    assert count >= AT_LEAST[table]


@pytest.mark.parametrize(("table", "column"), STATES)
def test_every_state_is_there(demonstration: Installation, table: str, column: str) -> None:
    found = {state for [state] in demonstration.rows(f"select distinct {column} from {table}")}
    assert found == STATES[table, column]


def test_people_come_from_80_countries_in_many_languages(demonstration: Installation) -> None:
    [[countries, languages, categories]] = demonstration.rows(
        """select count(distinct birth_country), count(distinct preferred_language),
                  (select count(distinct category) from people_personstatus) from people_person"""
    )
    assert countries >= 80
    assert languages >= 40
    assert categories >= 8


@pytest.mark.parametrize("what", WORK)
def test_everybody_has_work_and_nobody_too_much(demonstration: Installation, what: str) -> None:
    query, least, most = WORK[what]
    counts = [count for _who, count in demonstration.rows(query)]
    assert counts
    assert least <= min(counts)
    assert max(counts) <= most


def test_partners_have_their_own_ways(demonstration: Installation) -> None:
    """One never answers, some refuse for lack of places, some let the days pass."""
    shares = demonstration.rows(
        """select count(*) filter (where status = 'expired') / count(*)::float,
                  count(*) filter (where status = 'declined' and d.code = 'no_place') / count(*)::float,
                  count(answered_on)
           from casework_referral r left join casework_declinereason d on d.id = r.decline_reason_id
           where answer_due < date '2026-10-01' group by organisation_id"""
    )
    assert sum(answered == 0 for _expired, _full, answered in shares) == 1
    assert sum(full > 0.15 for _expired, full, _answered in shares) == 2
    assert sum(0.2 < expired < 0.9 for expired, _full, _answered in shares) == 3


def test_the_needs_of_one_who_came_back_went_elsewhere(demonstration: Installation) -> None:
    [[again]] = demonstration.rows(
        """select count(*) from casework_referral r where exists (select from casework_referral e
           where e.need_id = r.need_id and e.id < r.id and e.status in ('declined', 'expired', 'stopped'))"""
    )
    assert again >= 300


def test_consents_are_given_refused_and_withdrawn(demonstration: Installation) -> None:
    [[given, withdrawn, refused]] = demonstration.rows(
        """select count(*), count(withdrawn_on), (select count(*) from consents_refusal) from consents_consent"""
    )
    assert given > 8_000
    assert withdrawn >= 15
    assert refused >= 15


def test_people_were_accompanied_in_the_fixed_year(demonstration: Installation) -> None:
    found = figures(demonstration)
    assert {code: found[code]["value"] for code in ACCOMPANIMENT if found[code]["value"] < 50} == {}


def test_nothing_of_the_fixed_year_is_left_to_do(demonstration: Installation) -> None:
    [[steps, referrals, appointments]] = demonstration.rows(
        """select (select count(*) from casework_step s join casework_file f on f.id = s.file_id
                    where f.opened_on < '2021-07-01' and s.status in ('todo', 'in_progress')),
                  (select count(*) from casework_referral r join casework_file f on f.id = r.file_id
                    where f.opened_on < '2021-07-01' and r.status in
                    ('sent', 'accepted', 'scheduled', 'attended', 'no_show', 'started')),
                  (select count(*) from scheduling_appointment where starts_at < '2023-01-01' and status = 'booked')"""
    )
    assert (steps, referrals, appointments) == (0, 0, 0)


def test_nothing_lies_in_the_future_but_appointments(demonstration: Installation) -> None:
    [latest] = demonstration.rows(
        """select (select max(noted_on) from casework_need), (select max(drafted_on) from casework_plan),
                  (select max(agreed_on) from casework_plan), (select max(sent_on) from casework_referral),
                  (select max(answered_on) from casework_referral), (select max(ended_on) from casework_referral),
                  (select max(done_on) from casework_step), (select max(happened_on) from casework_followup)"""
    )
    assert max(latest) <= date.fromisoformat(TODAY)


def test_who_leaves_has_nothing_left_open(demonstration: Installation) -> None:
    [[needs, steps, closed]] = demonstration.rows(
        """select (select count(*) from casework_need n join casework_file f on f.id = n.file_id
                    where f.status = 'closed' and n.closed_on is null),
                  (select count(*) from casework_step s join casework_file f on f.id = s.file_id
                    where f.status = 'closed' and s.status in ('todo', 'in_progress')),
                  (select count(*) from casework_file where status = 'closed')"""
    )
    assert (needs, steps) == (0, 0)
    assert closed >= 300
