"""A region with one record behind every figure, and what a change to it must and must not move."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from arrimage.accounts.enums import Role
from arrimage.casework.milestones import MONTHS
from arrimage.foundation import clock
from arrimage.reporting.bilan import compute
from arrimage.reporting.evidence import Evidence
from arrimage.reporting.indicators import INDICATORS, Group
from arrimage.reporting.period import Period
from tests import factories as make

FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)
BEFORE, AFTER = date(2020, 6, 30), date(2021, 7, 1)
DAY = date(2020, 10, 15)
YEAR = Period(FIRST, LAST)
LONG_AGO = Period(date(2015, 7, 1), date(2016, 6, 30))
UNTOUCHED = "03"  # no case touches this region

EXPECTED: dict[str, Any] = dict.fromkeys(INDICATORS, 1) | {
    "agreements_signed_value": Decimal(100_000),
    "city_agreement_value": Decimal(12_000_000),
    "first_appointments_in_time": Decimal(100),
    **{code: Decimal(100) for code, indicator in INDICATORS.items() if indicator.group == Group.BECOMING},
    "answers_asked_again": Decimal(100),
}


@dataclass(frozen=True)
class Case:
    """A change to the world, and the values it must move (the new ones); every other stays."""

    name: str
    change: Callable[[SimpleNamespace], object]
    moves: dict[str, Any] = field(default_factory=dict)


def build_world() -> SimpleNamespace:
    """Create, in Montréal and in 2020-2021, one record of everything that counts."""
    w = SimpleNamespace()
    w.office = make.ServicePointFactory()
    w.airport = make.ServicePointFactory(airport=True)
    w.advisor, w.agent, w.receptionist = (
        make.RoleGrantFactory(role=role)
        for role in (Role.REGIONAL_ADVISOR, Role.INTEGRATION_AGENT, Role.RECEPTION_AGENT)
    )
    w.partner = make.OrganisationFactory()
    w.action = make.LocalActionFactory(carried_out=True, happens_on=DAY, partners=[w.partner])
    w.agreement = make.AgreementFactory(signed_on=DAY, organisation=w.partner)
    w.city = make.OrganisationFactory(city=True)
    w.city_agreement = make.AgreementFactory(
        signed_on=DAY, organisation=w.city, stream=make.stream("pac"), committed=Decimal(12_000_000)
    )
    w.employer = make.EmployerFactory()
    w.accompaniment = make.AccompanimentFactory(in_charge=True, employer=w.employer, requested_on=DAY)
    w.flight = make.FlightFactory(service_point=w.airport, lands_on=DAY)
    w.arrival = make.ArrivalFactory(met=True, flight=w.flight)
    w.file = make.FileFactory(service_point=w.office, opened_on=DAY)
    w.first_appointment = make.AppointmentFactory(kept=True, on=DAY, service_point=w.office, persons=[w.file.person])
    w.assessment = make.AssessmentFactory(completed=True, file=w.file, completed_at=clock.at(DAY, 11))
    w.need = make.NeedFactory(met=True, file=w.file, closed_on=DAY)
    w.plan = make.PlanFactory(agreed=True, file=w.file, agreed_on=DAY)
    w.step = make.StepFactory(done=True, plan=w.plan, done_on=DAY)
    w.service = make.ServiceFactory(organisation=w.partner)
    w.referral = make.ReferralFactory(
        completed=True, file=w.file, need=w.need, service=w.service, sent_on=DAY, ended_on=DAY
    )
    w.followed = {months: followed(w, months) for months in MONTHS}
    w.review = make.SharedAnswerReviewFactory(asked_again=True, referral=w.referral, written_at=clock.at(DAY, 11))
    return w


def followed(w: SimpleNamespace, months: int, due_on: date = DAY, **answers: Any) -> Any:
    """Return the contact of somebody owed one `due_on`, who answered: in the region, at work, at ease in French."""
    file = make.due_contact(months, due_on=due_on, service_point=w.office)
    return make.MilestoneContactFactory(file=file, months=months, reached=True, **answers)


def values_of(code: str, period: Period) -> dict[str, Any]:
    """Return every value of a region, having checked that its evidence says the same."""
    region = make.region(code)
    values = {}
    for figure in compute(region, period).figures:
        evidence = Evidence(figure.indicator, region, period)
        records = evidence.records()
        assert len({record["uid"] for record in records}) == len(records) == figure.evidence_count
        if figure.indicator.summed:
            assert sum(getattr(row, figure.indicator.summed) for row in evidence.rows) == figure.value
        elif figure.denominator is None:
            assert figure.value == len(records)
        else:
            assert (figure.numerator, figure.denominator) == (len(records), len(records) + evidence.left_out.count())
        values[figure.indicator.code] = figure.value
    return values


def check(world: SimpleNamespace, changes: Iterable[Case]) -> None:
    """Make the changes; the figures they name follow, no other, in no other period and no other region."""
    expected = dict(EXPECTED)
    for case in changes:
        case.change(world)
        expected |= case.moves
    assert values_of("06", YEAR) == expected
    for code, period in (("06", LONG_AGO), (UNTOUCHED, YEAR)):
        assert not any(figure.value for figure in compute(make.region(code), period).figures)


def change(record: Any, **values: Any) -> None:
    """Alter a record."""
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
