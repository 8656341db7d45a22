from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.consents.actions import NewConsent, NewRefusal, give, refuse, withdraw
from arrimage.privacy.consents.enums import ConsentState, GivenBy, Means, Purpose
from arrimage.privacy.consents.models import Consent, Refusal
from arrimage.privacy.consents.rules import fourteenth_birthday, months_later
from tests import factories as f

pytestmark = pytest.mark.django_db
SIGNED = [[[10, 100], [200, 40], [300, 120], [400, 60], [590, 100]]]


@pytest.fixture
def agent():
    return f.actor(Role.INTEGRATION_AGENT)


@pytest.fixture
def person():
    return f.PersonFactory()


def new(person, purpose=Purpose.PLAN_REFERRALS, **fields) -> NewConsent:
    return NewConsent(person=person, region_id=f.region().pk, purpose=purpose, **fields)


def test_a_consent_keeps_what_was_read_and_how(agent, person) -> None:
    (consent,) = give(
        agent, [new(person, language="ar", means=Means.SIGNATURE, signature=SIGNED, explained_by=" Interprète Démo ")]
    )
    consent.refresh_from_db()
    assert (consent.text.purpose, consent.text.language) == ("plan_referrals", "ar")
    assert consent.signature == SIGNED
    assert (consent.explained_language, consent.explained_by) == ("ar", "Interprète Démo")
    assert consent.given_on == clock.today()
    assert consent.expires_on == months_later(clock.today(), 12) - timedelta(days=1)
    assert consent.recorded_by_id == agent.user_id
    assert list(consent.events.values_list("to_status", "actor_name")) == [("active", agent.name)]


def test_a_language_without_a_text_is_read_the_french_one(agent, person) -> None:
    (consent,) = give(agent, [new(person, language="prs", explained_language="prs", explained_by="Interprète")])
    assert (consent.text.language, consent.explained_language) == ("fr", "prs")


@pytest.mark.parametrize(
    ("purpose", "named", "refused"),
    [
        (Purpose.REFERRAL, False, True),
        (Purpose.REFERRAL, True, False),
        (Purpose.ASSESSMENT_SHARING, False, True),
        (Purpose.PLAN_REFERRALS, True, True),
        (Purpose.CONTACT, False, False),
    ],
)
def test_an_organisation_is_named_iff_the_purpose_says_so(agent, person, purpose, named, refused) -> None:
    item = new(person, purpose, recipient=f.OrganisationFactory() if named else None)
    if refused:
        with pytest.raises(InvalidInput):
            give(agent, [item])
        with pytest.raises(IntegrityError), transaction.atomic():
            f.ConsentFactory(purpose=purpose, recipient=item.recipient)
    else:
        assert give(agent, [item])


@pytest.mark.parametrize(
    ("days", "given_by", "accepted"),
    [(1, GivenBy.PARENT, True), (1, GivenBy.PERSON, False), (0, GivenBy.PARENT, False), (0, GivenBy.PERSON, True)],
)
def test_who_consents_changes_on_the_fourteenth_birthday(agent, days, given_by, accepted) -> None:
    """`days` before it."""
    child = f.PersonFactory(birth_date=months_later(clock.today() + timedelta(days=days), -14 * 12))
    item = new(child, given_by=given_by, guardian_name="Samir Haddad" if given_by == GivenBy.PARENT else "")
    if not accepted:
        with pytest.raises(InvalidInput) as refused:
            give(agent, [item])
        assert refused.value.field == "given_by"
        return
    (consent,) = give(agent, [item])
    if given_by == GivenBy.PARENT:
        assert consent.expires_on == fourteenth_birthday(child.birth_date) - timedelta(days=1)


def test_a_parent_is_named(agent) -> None:
    child = f.PersonFactory(birth_date=clock.today() - timedelta(days=900))
    with pytest.raises(InvalidInput) as refused:
        give(agent, [new(child, given_by=GivenBy.PARENT)])
    assert refused.value.field == "guardian_name"
    parent = f.PersonFactory()
    (consent,) = give(agent, [new(child, given_by=GivenBy.PARENT, guardian=parent)])
    assert consent.guardian_name == str(parent)


def test_a_parents_consent_ceases_when_the_birth_date_is_corrected(agent) -> None:
    child = f.PersonFactory(birth_date=None)
    (consent,) = give(agent, [new(child, given_by=GivenBy.PARENT, guardian_name="Samir")])
    assert Consent.objects.live_on(clock.today()).filter(pk=consent.pk).exists()
    child.birth_date = months_later(clock.today(), -20 * 12)
    child.save()
    assert not Consent.objects.live_on(clock.today()).filter(pk=consent.pk).exists()
    assert not Consent.objects.select_related("person").get(pk=consent.pk).covers(clock.today())


@pytest.mark.parametrize("strokes", [None, [], [[[1, 1]]], [[[1, 1, 1]]], [[["a", 1]] * 6], [[[9999, 1]] * 6], "x"])
def test_a_signature_is_strokes_in_its_box(agent, person, strokes) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(agent, [new(person, means=Means.SIGNATURE, signature=strokes)])
    assert refused.value.field == "signature"


def test_a_signature_stays_small(agent, person) -> None:
    with pytest.raises(InvalidInput):
        give(agent, [new(person, means=Means.SIGNATURE, signature=[[[1, 1]] * 3001])])


def test_given_again_the_older_one_ends_on_the_eve(agent, person) -> None:
    (old,) = give(agent, [new(person, on=clock.today() - timedelta(days=100))])
    (fresh,) = give(agent, [new(person)])
    old.refresh_from_db()
    assert old.expires_on == clock.today() - timedelta(days=1)
    assert old.state == ConsentState.REPLACED
    assert list(Consent.objects.live_on(clock.today())) == [fresh]
    with pytest.raises(Conflict):
        give(agent, [new(person)])


def test_the_database_knows_one_live_consent_for_the_same_thing() -> None:
    consent = f.ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        f.ConsentFactory(person=consent.person, given_on=clock.today() + timedelta(days=9))
    f.ConsentFactory(person=consent.person, region=f.region("13"))
    f.ConsentFactory(person=consent.person, purpose=Purpose.CONTACT)
    f.ConsentFactory(person=consent.person, named=True)


@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.TEAM_LEAD, Role.RECEPTION_AGENT])
def test_those_who_receive_or_accompany_take_consents_in_their_region(role, person) -> None:
    assert give(f.actor(role), [new(person)])
    with pytest.raises(NotAllowed):
        give(f.actor(role, code="13"), [new(person, Purpose.CONTACT)])


@pytest.mark.parametrize("role", [Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR])
def test_others_take_none(role, person) -> None:
    with pytest.raises(NotAllowed):
        give(f.actor(role), [new(person)])


def test_a_person_consents_for_themselves_only(person) -> None:
    own = actor_of(f.PersonAccountFactory(person=person))
    (consent,) = give(own, [new(person)])
    withdraw(own, [consent])
    with pytest.raises(NotAllowed):
        give(own, [new(f.PersonFactory())])
    with pytest.raises(InvalidInput):
        give(own, [new(person, means=Means.PAPER)])


def test_withdrawn_it_holds_no_more_and_says_why(agent, person) -> None:
    (consent,) = give(agent, [new(person)])
    withdraw(agent, [consent], why=" Ne souhaite plus. ")
    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_why) == (clock.today(), "Ne souhaite plus.")
    assert consent.withdrawn_by_id == agent.user_id
    assert consent.state == ConsentState.WITHDRAWN
    assert not Consent.objects.live_on(clock.today()).exists()
    assert [event.to_status for event in consent.events.all()] == ["active", "withdrawn"]
    with pytest.raises(Conflict):
        withdraw(agent, [consent])
    assert give(agent, [new(person)])  # and may be given again the same day


def test_withdrawing_for_one_organisation_is_a_refusal_until_it_is_named_again(agent, person) -> None:
    organisation = f.OrganisationFactory()
    (named,) = give(agent, [new(person, Purpose.REFERRAL, recipient=organisation)])
    withdraw(agent, [named])
    refusal = Refusal.objects.get()
    assert (refusal.organisation, refusal.lifted_on) == (organisation, None)
    give(agent, [new(person)])
    refusal.refresh_from_db()
    assert refusal.lifted_on is None, "a general consent does not lift a refusal"
    give(agent, [new(person, Purpose.REFERRAL, recipient=organisation)])
    refusal.refresh_from_db()
    assert refusal.lifted_on == clock.today()


def test_refusing_an_organisation_withdraws_what_named_it(agent, person) -> None:
    organisation = f.OrganisationFactory()
    (named,) = give(agent, [new(person, Purpose.REFERRAL, recipient=organisation)])
    refuse(agent, [NewRefusal(person, f.region().pk, organisation)])
    named.refresh_from_db()
    assert named.withdrawn_on == clock.today()
    assert Refusal.objects.count() == 1


def test_the_future_is_not_consented_to(agent, person) -> None:
    with pytest.raises(InvalidInput):
        give(agent, [new(person, on=clock.today() + timedelta(days=1))])
    (consent,) = give(agent, [new(person)])
    with pytest.raises(InvalidInput):
        withdraw(agent, [consent], on=clock.today() + timedelta(days=1))


def test_many_consents_cost_few_queries(agent, django_assert_max_num_queries) -> None:
    people = f.PersonFactory.create_batch(30)
    items = [new(person, purpose) for person in people for purpose in (Purpose.CONTACT, Purpose.FOLLOW_UP)]
    with django_assert_max_num_queries(16):
        give(agent, items)


@pytest.mark.parametrize(
    "change",
    ["given_on = given_on - 1", "expires_on = expires_on + 1", "purpose = 'contact'", "signature = '[]'"],
)
def test_the_database_keeps_what_was_given(change: str) -> None:
    consent = f.ConsentFactory(signed=True)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update consents_consent set {change} where id = %s", [consent.pk])
    with pytest.raises(Error), transaction.atomic():
        consent.delete()
