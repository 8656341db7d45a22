"""What agreements promised against what the records say, and what needs an advisor now."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.agreements.enums import Measure
from arrimage.agreements.models import Agreement, Deliverable
from arrimage.agreements.queries import (
    agreements_visible_to,
    local_actions_visible_to,
    needing_action,
    referrals_behind,
    with_progress,
    with_released,
)
from arrimage.foundation import clock
from tests.factories import (
    AgreementFactory,
    DeliverableFactory,
    FileFactory,
    InstalmentFactory,
    LocalActionFactory,
    ReferralFactory,
    RoleGrantFactory,
    actor,
    region,
)

pytestmark = pytest.mark.django_db


def days(count):
    return clock.today() + timedelta(days=count)


@pytest.fixture
def advisor():
    return actor(Role.REGIONAL_ADVISOR)


def test_each_sees_the_agreements_of_their_region():
    here, elsewhere = AgreementFactory(), AgreementFactory(region=region("13"))
    LocalActionFactory(region=region("13"))
    director = actor(Role.REGIONAL_DIRECTOR)
    assert list(agreements_visible_to(director)) == [here]
    assert list(agreements_visible_to(actor(Role.REGIONAL_ADVISOR, "13"))) == [elsewhere]
    assert not local_actions_visible_to(director).exists()


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECRUITMENT_ADVISOR, Role.RECEPTION_AGENT])
def test_others_see_none(role):
    AgreementFactory()
    assert not agreements_visible_to(actor(role)).exists()


def real(deliverable):
    return with_progress(Deliverable.objects.filter(pk=deliverable.pk)).get().real


@pytest.mark.parametrize(
    ("measure", "traits"),
    [
        (Measure.REFERRALS_ACCEPTED, ["accepted", "scheduled", "started", "stopped", "completed"]),
        (Measure.REFERRALS_COMPLETED, ["completed"]),
        (Measure.PERSONS_SERVED, ["completed"]),
    ],
)
def test_a_measure_counts_the_referrals_in_its_states(measure, traits):
    deliverable = DeliverableFactory(measure=measure)
    for trait in ["sent", "accepted", "declined", "expired", "scheduled", "started", "stopped", "completed"]:
        ReferralFactory(service=deliverable.service, **{trait: True})
    assert real(deliverable) == len(traits)
    assert referrals_behind(deliverable).count() == len(traits)


def test_decoys_count_nothing():
    agreement = AgreementFactory(signed_on=days(-100), starts_on=days(-100), ends_on=days(-10))
    deliverable = DeliverableFactory(agreement=agreement)
    ReferralFactory(completed=True, ended_on=days(-101), sent_on=days(-120), service=deliverable.service)
    ReferralFactory(completed=True, ended_on=days(-9), sent_on=days(-20), service=deliverable.service)
    ReferralFactory(completed=True, ended_on=days(-50), sent_on=days(-60))  # another service
    ReferralFactory(
        completed=True, ended_on=days(-50), sent_on=days(-60), service=deliverable.service, file__region=region("13")
    )
    assert real(deliverable) == 0
    ReferralFactory(completed=True, ended_on=days(-10), sent_on=days(-20), service=deliverable.service)
    assert real(deliverable) == 1


def test_a_person_served_twice_counts_once():
    deliverable = DeliverableFactory(measure=Measure.PERSONS_SERVED)
    file = FileFactory()
    ReferralFactory.create_batch(2, completed=True, file=file, service=deliverable.service)
    assert real(deliverable) == 1
    assert {row["file_number"] for row in referrals_behind(deliverable)} == {file.number}


def test_what_is_behind_a_figure_names_nobody():
    deliverable = DeliverableFactory()
    ReferralFactory(completed=True, service=deliverable.service)
    assert set(referrals_behind(deliverable)[0]) == {"uid", "status", "file_number", "counted_on"}


def test_progress_takes_one_query_whatever_the_number(django_assert_num_queries):
    agreement = AgreementFactory()
    DeliverableFactory.create_batch(6, agreement=agreement)
    with django_assert_num_queries(1):
        assert len(with_progress(agreement.deliverables.all())) == 6


def test_what_was_released_is_added_up():
    agreement = AgreementFactory()
    InstalmentFactory(agreement=agreement)
    InstalmentFactory.create_batch(2, agreement=agreement, released=True)
    assert with_released(Agreement.objects.all()).get().released == 50_000


# --- What needs an advisor ------------------------------------------------------------------------------------------
def test_an_instalment_due_within_thirty_days_needs_an_advisor(advisor):
    due = InstalmentFactory(due_on=days(20))
    InstalmentFactory(due_on=days(31), agreement=due.agreement)
    InstalmentFactory(due_on=days(1), released=True, agreement=due.agreement)
    InstalmentFactory(due_on=days(1), agreement__draft=True)
    (task,) = needing_action(advisor)
    assert (task.reason, task.target, task.uid) == ("Versements à autoriser", "agreement", due.agreement.uid)
    assert task.deadline == days(20)
    assert "25\u00a0000\u00a0$" in task.label


def test_a_deliverable_behind_its_target_needs_an_advisor(advisor):
    agreement = AgreementFactory(signed_on=days(-200), starts_on=days(-200), ends_on=days(100))
    DeliverableFactory(agreement=agreement, label="Personnes aidées", target=10)
    (task,) = needing_action(advisor)
    assert task.label.replace("\u00a0", " ") == "Personnes aidées : 0 sur 10"


def test_an_agreement_that_ends_soon_needs_an_advisor(advisor):
    AgreementFactory(signed_on=days(-300), starts_on=days(-300), ends_on=days(60))
    AgreementFactory(signed_on=days(-300), starts_on=days(-300), ends_on=days(61))
    AgreementFactory(signed_on=days(-300), starts_on=days(-300), ends_on=days(-1))
    (task,) = needing_action(advisor)
    assert (task.reason, task.deadline) == ("Ententes qui prennent fin", days(60))


def test_an_advisor_is_asked_about_their_agreements_and_those_nobody_follows():
    mine, other = RoleGrantFactory.create_batch(2, role=Role.REGIONAL_ADVISOR)
    InstalmentFactory(due_on=days(1), agreement__advisor=mine.user)
    InstalmentFactory(due_on=days(1))
    InstalmentFactory(due_on=days(1), agreement__advisor=other.user)
    assert len(needing_action(actor_of(mine))) == 2


def test_those_who_only_read_are_asked_nothing():
    InstalmentFactory(due_on=days(1))
    assert needing_action(actor(Role.REGIONAL_DIRECTOR)) == []


def test_needing_action_takes_as_many_queries_whatever_the_number(advisor, django_assert_num_queries):
    for _ in range(4):
        InstalmentFactory(due_on=days(1))
        DeliverableFactory(agreement__signed_on=days(-200), agreement__ends_on=days(50))
    with django_assert_num_queries(3 + 4):  # who asks, and back
        assert len(needing_action(advisor)) == 12
