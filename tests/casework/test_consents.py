"""No referral leaves without its consent; a consent taken back ends what it covered, and those concerned know."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.casework import actions
from arrimage.casework.actions.consents import confirm_notices
from arrimage.casework.actions.referrals import Answer, NewReferral
from arrimage.casework.enums import NeedStatus, ReferralStatus
from arrimage.casework.models import ConsentNotice, Referral
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.privacy.consents.actions import NewConsent, NewRefusal, give, refuse, withdraw
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def need():
    return f.NeedFactory()


@pytest.fixture
def service():
    return f.ServiceFactory()


def general(need, **fields) -> Consent:
    return f.ConsentFactory(person=need.file.person, region=need.region, **fields)


def named(need, service, **fields) -> Consent:
    return general(need, named=True, recipient=service.organisation, **fields)


def goes(agent, need, service, **fields) -> bool:
    """Say whether a referral leaves, by the action and by the database: both must say the same."""
    try:
        with transaction.atomic():
            actions.send_referrals(agent, [NewReferral(need, service, **fields)])
            transaction.set_rollback(True)
        sent = True
    except InvalidInput as refusal:
        sent = (refusal.field, service.organisation.name in str(refusal)) != ("consent", True)
    day = fields.get("on") or clock.today()
    try:
        with transaction.atomic():
            draft = f.ReferralFactory(file=need.file, need=need, service=service)
            draft.status, draft.sent_on, draft.answer_due = ReferralStatus.SENT, day, day + 10 * DAY
            draft.save()
            transaction.set_rollback(True)
        kept = True
    except IntegrityError:
        kept = False
    assert sent == kept, (sent, kept)
    return sent


def test_without_a_consent_none_leaves(agent, need, service) -> None:
    assert not goes(agent, need, service)


def test_a_consent_for_the_plans_organisations_covers_them_all(agent, need, service) -> None:
    general(need)
    assert goes(agent, need, service)


def test_a_consent_for_one_organisation_covers_no_other(agent, need, service) -> None:
    named(need, service)
    assert goes(agent, need, service)
    assert not goes(agent, need, f.ServiceFactory())


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ({"purpose": Purpose.ACCOMPANIMENT}, False),
        ({"purpose": Purpose.CONTACT}, False),
        ({"withdrawn": True}, False),
        ({"given_on": clock.today() - 400 * DAY}, False),
        ({"given_on": clock.today() - 364 * DAY}, True),
        ({"given_on": clock.today() + DAY}, False),
        ({"by_parent": True}, False),
    ],
)
def test_only_a_live_consent_for_referrals_covers_one(agent, need, service, fields, covered) -> None:
    """The person is a grown-up: what a parent said for them no longer counts."""
    general(need, **fields)
    assert goes(agent, need, service) == covered


def test_a_parent_consents_until_the_fourteenth_birthday(agent, need, service) -> None:
    person = need.file.person
    person.birth_date = clock.today().replace(year=clock.today().year - 13)
    person.save()
    general(need, by_parent=True)
    assert goes(agent, need, service)


def test_a_consent_of_another_region_covers_nothing_here(agent, need, service) -> None:
    f.ConsentFactory(person=need.file.person, region=f.region("13"))
    assert not goes(agent, need, service)


def test_a_refused_organisation_is_refused_under_a_general_consent(agent, need, service) -> None:
    general(need)
    refusal = f.RefusalFactory(person=need.file.person, organisation=service.organisation)
    assert not goes(agent, need, service)
    assert goes(agent, need, f.ServiceFactory())
    refusal.lifted_on = clock.today()
    refusal.save()
    assert goes(agent, need, service)


def test_a_consent_withdrawn_since_covers_nothing_written_at_an_earlier_day(agent, need, service) -> None:
    day = clock.today() - 10 * DAY
    general(need, given_on=day, withdrawn=True)
    assert not goes(agent, need, service, on=day + DAY)


@pytest.mark.parametrize("state", ["sent", "accepted", "completed"])
def test_no_row_appears_already_sent_without_a_consent(need, service, state) -> None:
    built = f.ReferralFactory.build(
        **{state: True}, file=need.file, need=need, service=service, organisation=service.organisation,
        region=need.region,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        built.save()
    general(need)
    built.save()


def test_many_are_checked_in_few_queries(agent, django_assert_max_num_queries) -> None:
    needs = f.NeedFactory.create_batch(20)
    services = [f.ServiceFactory() for _ in needs]
    for need in needs:
        f.consented(need.file)
    items = [NewReferral(need, service) for need, service in zip(needs, services, strict=True)]
    with django_assert_max_num_queries(25):
        actions.send_referrals(agent, items)


# --- Taken back -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["sent", "accepted", "scheduled"])
def test_withdrawing_cancels_what_has_not_begun(agent, state: str) -> None:
    referral = f.ReferralFactory(**{state: True}, need__status=NeedStatus.IN_PROGRESS)
    withdraw(agent, list(Consent.objects.filter(person=referral.file.person)), why="Ne souhaite plus.")
    referral.refresh_from_db()
    referral.need.refresh_from_db()
    assert (referral.status, referral.consent_withdrawn_on) == ("cancelled", clock.today())
    assert referral.need.status == NeedStatus.OPEN
    event = referral.events.get()
    assert (event.to_status, event.actor_name) == ("cancelled", agent.name)
    assert event.note
    notice = ConsentNotice.objects.get()
    assert (notice.organisation, notice.service, notice.is_cancelled) == (referral.organisation, referral.service, True)


def test_a_missed_appointment_is_not_a_beginning(agent) -> None:
    referral = f.ReferralFactory(scheduled=True, status=ReferralStatus.NO_SHOW)
    withdraw(agent, list(Consent.objects.all()))
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.CANCELLED


@pytest.mark.parametrize("state", ["attended", "started"])
def test_what_has_begun_goes_on_and_is_flagged(agent, state: str) -> None:
    referral = f.ReferralFactory(**{state: True})
    withdraw(agent, list(Consent.objects.all()))
    referral.refresh_from_db()
    assert (referral.status, referral.consent_withdrawn_on) == (state, clock.today())
    event = referral.events.get()
    assert (event.from_status, event.to_status) == (state, state)
    assert "consentement" in event.note
    assert ConsentNotice.objects.get().is_cancelled is False


@pytest.mark.parametrize("state", ["declined", "expired", "completed", "stopped"])
def test_what_is_over_stays_as_it_is(agent, state: str) -> None:
    referral = f.ReferralFactory(**{state: True})
    withdraw(agent, list(Consent.objects.all()))
    referral.refresh_from_db()
    assert (referral.status, referral.consent_withdrawn_on) == (state, None)
    assert not ConsentNotice.objects.exists()


def test_withdrawing_for_one_organisation_leaves_the_others(agent, need) -> None:
    one, other = f.ServiceFactory(), f.ServiceFactory()
    general(need)
    consent = named(need, one)
    sent, kept = actions.send_referrals(agent, [NewReferral(need, one), NewReferral(need, other)])
    withdraw(agent, [consent])
    sent.refresh_from_db()
    kept.refresh_from_db()
    assert (sent.status, kept.status) == ("cancelled", "sent")
    assert not goes(agent, f.NeedFactory(file=need.file), one), "the general consent does not bring it back"


def test_withdrawing_in_general_leaves_what_was_consented_to_by_name(agent, need) -> None:
    one, other = f.ServiceFactory(), f.ServiceFactory()
    consent = general(need)
    named(need, one)
    kept, cancelled = actions.send_referrals(agent, [NewReferral(need, one), NewReferral(need, other)])
    withdraw(agent, [consent])
    kept.refresh_from_db()
    cancelled.refresh_from_db()
    assert (kept.status, cancelled.status) == ("sent", "cancelled")


def test_refusing_an_organisation_cancels_what_was_sent_there(agent, need, service) -> None:
    general(need)
    (referral,) = actions.send_referrals(agent, [NewReferral(need, service)])
    refuse(agent, [NewRefusal(need.file.person, need.region_id, service.organisation)])
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.CANCELLED
    assert ConsentNotice.objects.count() == 1


def test_another_purpose_cancels_nothing(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    consent = f.ConsentFactory(person=referral.file.person, purpose=Purpose.CONTACT)
    withdraw(agent, [consent])
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SENT


@pytest.mark.parametrize("who", ["person", "airport"])
def test_whoever_withdraws_the_referral_follows(who: str) -> None:
    referral = f.ReferralFactory(sent=True)
    person = referral.file.person
    actor = actor_of(f.PersonAccountFactory(person=person)) if who == "person" else f.actor(Role.RECEPTION_AGENT)
    withdraw(actor, list(Consent.objects.all()))
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.CANCELLED
    assert referral.events.get().actor_name == actor.name


def test_the_organisation_is_written_to_without_a_name(agent, mailoutbox, django_capture_on_commit_callbacks) -> None:
    referral = f.ReferralFactory(sent=True, file__person__given_name="Zohra", file__person__family_name="Benali")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(agent, list(Consent.objects.all()), why="Secret")
    (letter,) = mailoutbox
    assert letter.to == [referral.service.contact_email]
    assert referral.service.name in letter.body
    for secret in ("Zohra", "Benali", "Secret", referral.need.label, referral.file.number):
        assert secret not in letter.body + letter.subject


def test_nothing_is_written_when_all_is_undone(agent, mailoutbox, django_capture_on_commit_callbacks) -> None:
    f.ReferralFactory(sent=True)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        withdraw(agent, list(Consent.objects.all()))
        transaction.set_rollback(True)
    assert mailoutbox == []
    assert Referral.objects.get().status == ReferralStatus.SENT


def test_consenting_again_takes_the_flag_off(agent) -> None:
    referral = f.ReferralFactory(started=True)
    withdraw(agent, list(Consent.objects.all()))
    give(agent, [NewConsent(referral.file.person, referral.region_id, Purpose.CONTACT)])
    referral.refresh_from_db()
    assert referral.consent_withdrawn_on
    give(agent, [NewConsent(referral.file.person, referral.region_id, Purpose.PLAN_REFERRALS)])
    referral.refresh_from_db()
    assert referral.consent_withdrawn_on is None
    assert ConsentNotice.objects.get().confirmed_on == clock.today()


def test_the_organisation_confirms_its_own_notices_once(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    withdraw(agent, list(Consent.objects.all()))
    worker = actor_of(f.OrganisationMemberFactory(organisation=referral.organisation))
    notice = ConsentNotice.objects.get()
    with pytest.raises(NotAllowed):
        confirm_notices(actor_of(f.OrganisationMemberFactory()), [notice])
    with pytest.raises(NotAllowed):
        confirm_notices(agent, [notice])
    confirm_notices(worker, [notice])
    notice.refresh_from_db()
    assert (notice.confirmed_on, notice.confirmed_by_id) == (clock.today(), worker.user_id)
    with pytest.raises(Conflict):
        confirm_notices(worker, [notice])


def test_a_cancelled_referral_is_not_answered(agent) -> None:
    referral = f.ReferralFactory(sent=True)
    withdraw(agent, list(Consent.objects.all()))
    worker = actor_of(f.OrganisationMemberFactory(organisation=referral.organisation))
    with pytest.raises(TransitionNotAllowed):
        actions.accept_referrals(worker, [Answer(referral)])
