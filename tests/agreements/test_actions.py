"""Agreements: signed, paid within what was committed, closed or annulled."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from arrimage.accounts.enums import Role
from arrimage.agreements.actions import (
    CarriedOut,
    NewLocalAction,
    Release,
    Signature,
    annul_agreements,
    cancel_local_actions,
    carry_out_local_actions,
    close_agreements,
    create_agreements,
    edit_agreements,
    edit_deliverables,
    edit_instalments,
    plan_again_local_actions,
    plan_instalments,
    plan_local_actions,
    promise_deliverables,
    release_instalments,
    resume_instalments,
    sign_agreements,
    withhold_instalments,
)
from arrimage.agreements.enums import InstalmentStatus, LocalActionStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from tests.factories import (
    AgreementFactory,
    DeliverableFactory,
    InstalmentFactory,
    LocalActionFactory,
    OrganisationFactory,
    ServiceFactory,
    actor,
    region,
    stream,
)

pytestmark = pytest.mark.django_db
TOMORROW = clock.today() + timedelta(days=1)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def new_agreement(**fields):
    values = {
        "number": "MTL-1",
        "region": region(),
        "organisation": OrganisationFactory(),
        "stream": stream(),
        "title": "Jumelage",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2027, 3, 31),
        "committed": Decimal("100000.00"),
    }
    return Agreement(**(values | fields))


# --- The agreement --------------------------------------------------------------------------------------------------
def test_an_agreement_is_prepared_signed_then_closed(advisor):
    (agreement,) = create_agreements(advisor, [new_agreement()])
    (agreement,) = sign_agreements(advisor, [Signature(agreement, on=date(2026, 3, 30))])
    assert (agreement.status, agreement.signed_on) == ("signed", date(2026, 3, 30))
    (agreement,) = close_agreements(advisor, [agreement])
    assert agreement.status == "closed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"number": " "}, "number"),
        ({"title": ""}, "title"),
        ({"ends_on": date(2026, 3, 1)}, "ends_on"),
        ({"committed": Decimal(-1)}, "committed"),
        ({"status": "signed"}, "signed_on"),
        ({"status": "signed", "signed_on": TOMORROW}, "signed_on"),
        ({"signed_on": date(2026, 4, 1)}, "signed_on"),
    ],
)
def test_an_agreement_is_checked(advisor, fields, field):
    with pytest.raises(InvalidInput) as refusal:
        create_agreements(advisor, [new_agreement(**fields)])
    assert refusal.value.field == field


def test_a_number_is_used_once(advisor):
    create_agreements(advisor, [new_agreement()])
    with pytest.raises(Conflict):
        create_agreements(advisor, [new_agreement()])


@pytest.mark.parametrize("trait", ["closed", "annulled"])
def test_an_agreement_that_is_over_is_not_signed(advisor, trait):
    with pytest.raises(TransitionNotAllowed):
        sign_agreements(advisor, [Signature(AgreementFactory(**{trait: True}))])


def test_an_agreement_is_not_closed_while_an_instalment_waits(advisor):
    instalment = InstalmentFactory()
    with pytest.raises(InvalidInput):
        close_agreements(advisor, [instalment.agreement])


def test_an_agreement_already_paid_is_not_annulled(advisor):
    paid = InstalmentFactory(released=True)
    with pytest.raises(InvalidInput):
        annul_agreements(advisor, [paid.agreement])
    (annulled,) = annul_agreements(advisor, [AgreementFactory()])
    assert annulled.status == "annulled"


def test_the_committed_amount_covers_the_instalments(advisor):
    instalment = InstalmentFactory(amount=Decimal(25_000))
    with pytest.raises(InvalidInput):
        edit_agreements(advisor, [Change(instalment.agreement, {"committed": Decimal(24_999)})])


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.INTEGRATION_AGENT, Role.RECRUITMENT_ADVISOR])
def test_only_those_who_manage_agreements_write_them(role):
    with pytest.raises(NotAllowed):
        sign_agreements(actor(role), [Signature(AgreementFactory(draft=True))])


def test_another_region_is_out_of_reach(advisor):
    elsewhere = AgreementFactory(region=region("13"))
    for act in (
        lambda: close_agreements(advisor, [elsewhere]),
        lambda: release_instalments(advisor, [Release(InstalmentFactory(agreement=elsewhere))]),
        lambda: promise_deliverables(advisor, [Deliverable(agreement=elsewhere, service=ServiceFactory(), target=1)]),
        lambda: cancel_local_actions(advisor, [LocalActionFactory(region=region("13"))]),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- Instalments ----------------------------------------------------------------------------------------------------
def new_instalment(agreement, amount, **fields):
    return Instalment(agreement=agreement, amount=Decimal(amount), due_on=date(2026, 6, 30), **fields)


def test_instalments_are_ranked_in_order(advisor):
    agreement = AgreementFactory()
    planned = plan_instalments(advisor, [new_instalment(agreement, 10), new_instalment(agreement, 20)])
    (later,) = plan_instalments(advisor, [new_instalment(agreement, 30)])
    assert [one.sequence for one in (*planned, later)] == [1, 2, 3]
    assert later.region_id == agreement.region_id


def test_instalments_never_pass_the_committed_amount(advisor):
    agreement = AgreementFactory(committed=Decimal(100))
    plan_instalments(advisor, [new_instalment(agreement, 60), new_instalment(agreement, 40)])
    with pytest.raises(InvalidInput, match="dépasseraient"):
        plan_instalments(advisor, [new_instalment(agreement, "0.01")])
    assert agreement.instalments.count() == 2
    first = agreement.instalments.first()
    with pytest.raises(InvalidInput):
        edit_instalments(advisor, [Change(first, {"amount": Decimal(61)})])


def test_an_instalment_is_released_once_by_whoever_does_it(advisor):
    instalment = InstalmentFactory()
    (released,) = release_instalments(advisor, [Release(instalment)])
    assert (released.status, released.released_on) == (InstalmentStatus.RELEASED, clock.today())
    assert released.released_by_id == advisor.user_id
    with pytest.raises((TransitionNotAllowed, Conflict)):
        release_instalments(advisor, [Release(instalment)])
    assert Instalment.objects.get().version == instalment.version + 1


@pytest.mark.parametrize("trait", ["draft", "annulled"])
def test_money_leaves_only_under_an_agreement_in_force(advisor, trait):
    instalment = InstalmentFactory(agreement__draft=trait == "draft", agreement__annulled=trait == "annulled")
    with pytest.raises(TransitionNotAllowed):
        release_instalments(advisor, [Release(instalment)])


def test_a_condition_is_confirmed_before_the_release(advisor):
    instalment = InstalmentFactory(condition="Rapport d’étape reçu.")
    with pytest.raises(InvalidInput, match="Rapport d’étape reçu"):
        release_instalments(advisor, [Release(instalment)])
    release_instalments(advisor, [Release(instalment, condition_met=True)])


def test_a_release_is_neither_to_come_nor_before_the_signature(advisor):
    instalment = InstalmentFactory()
    for day in (TOMORROW, instalment.agreement.signed_on - timedelta(days=1)):
        with pytest.raises(InvalidInput):
            release_instalments(advisor, [Release(instalment, on=day)])


def test_an_instalment_is_withheld_then_planned_again(advisor):
    instalment = InstalmentFactory()
    withhold_instalments(advisor, [instalment])
    with pytest.raises(TransitionNotAllowed):
        release_instalments(advisor, [Release(instalment)])
    resume_instalments(advisor, [instalment])
    release_instalments(advisor, [Release(instalment)])


def test_a_released_amount_no_longer_changes(advisor):
    with pytest.raises(InvalidInput):
        edit_instalments(advisor, [Change(InstalmentFactory(released=True), {"amount": Decimal(1)})])


# --- Deliverables and local actions ---------------------------------------------------------------------------------
def test_a_deliverable_is_promised_once(advisor):
    agreement = AgreementFactory()
    service = ServiceFactory(organisation=agreement.organisation)

    def promise():
        measure = Measure.PERSONS_SERVED
        return Deliverable(agreement=agreement, service=service, label="Personnes", measure=measure, target=10)

    promise_deliverables(advisor, [promise()])
    with pytest.raises(Conflict):
        promise_deliverables(advisor, [promise()])


def test_a_target_is_more_than_zero(advisor):
    with pytest.raises(InvalidInput):
        edit_deliverables(advisor, [Change(DeliverableFactory(), {"target": 0})])


def new_action(**fields):
    return LocalAction(region=region(), title="Semaine des rencontres", **({"happens_on": clock.today()} | fields))


def test_a_local_action_is_planned_carried_out_or_cancelled(advisor):
    partner = OrganisationFactory()
    (action,) = plan_local_actions(advisor, [NewLocalAction(new_action(), [partner])])
    assert list(action.partners.all()) == [partner]
    (done,) = carry_out_local_actions(advisor, [CarriedOut(action, participants=85)])
    assert (done.status, done.participants) == (LocalActionStatus.CARRIED_OUT, 85)
    (cancelled,) = cancel_local_actions(advisor, [done])
    (planned,) = plan_again_local_actions(advisor, [cancelled], TOMORROW)
    assert (planned.status, planned.happens_on) == (LocalActionStatus.PLANNED, TOMORROW)


def test_what_is_to_come_is_not_carried_out(advisor):
    with pytest.raises(InvalidInput):
        carry_out_local_actions(advisor, [CarriedOut(LocalActionFactory(happens_on=TOMORROW))])


def test_a_title_is_used_once_a_day(advisor):
    plan_local_actions(advisor, [NewLocalAction(new_action(), [])])
    with pytest.raises(Conflict):
        plan_local_actions(advisor, [NewLocalAction(new_action(), [])])
