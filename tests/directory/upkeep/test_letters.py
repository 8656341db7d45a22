"""Who keeps an organisation's page is written to in their language, once, wherever the worker is killed."""

from datetime import date, timedelta

import pytest

from arrimage.accounts import letters, worker
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import Actor, system_actor
from arrimage.accounts.smtp import EmailBackend
from arrimage.directory.models import Proposal, ProposalNotice, ReviewReminder
from arrimage.directory.upkeep.keeping import keep_service
from arrimage.directory.upkeep.letters import DECIDED, REMINDER, write_proposal_decided, write_review_reminder
from arrimage.directory.upkeep.proposals import accept, refuse, withdraw
from arrimage.directory.upkeep.reviews import choose_rhythm, follow_reviews
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import TransitionNotAllowed
from tests.accounts.dying import after, before, try_again_now, work_until_death
from tests.accounts.mailbox import mail_server
from tests.factories import OrganisationFactory, OrganisationMemberFactory, ServiceFactory, actor, actor_of, worker_of
from tests.jobs.running import empty_queue

CLOCK = system_actor("clock", Right.MANAGE_DIRECTORY)


@pytest.fixture
def service():
    return ServiceFactory(name="Cours", organisation=OrganisationFactory(name="Maison", email="maison@demo.example"))


@pytest.fixture
def english(service):
    return OrganisationMemberFactory(organisation=service.organisation, user__language="en")


@pytest.fixture
def mailbox():
    with mail_server() as mailbox:
        yield mailbox


def proposed(own: Actor, service, name: str = "Ateliers") -> Proposal:
    service.refresh_from_db()
    [proposal] = keep_service(own, Change(service, {"name": name}, service.version)).proposals
    return proposal


def written(user):
    return write_proposal_decided(ProposalNotice.objects.get(user=user).uid)


@pytest.mark.django_db
def test_each_who_keeps_the_page_is_told_in_their_language_once(service, english):
    own = worker_of(service.organisation)
    OrganisationMemberFactory(organisation=service.organisation, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1))
    OrganisationMemberFactory()  # of another organisation
    proposal = proposed(own, service)
    refuse(actor(Role.REGIONAL_ADVISOR), proposal, reason="Trop long")
    with pytest.raises(TransitionNotAllowed):
        refuse(actor(Role.REGIONAL_ADVISOR), proposal, reason="Trop long")
    assert set(ProposalNotice.objects.values_list("user", flat=True)) == {own.user_id, english.user_id}
    assert Letter.objects.filter(kind=DECIDED).count() == 2
    letter = letters.message_of(Letter.objects.first(), written(english.user))
    assert letter.to == [english.user.email]
    for words in ("Trop long", "Maison", "Cours", "/partenaires/organisme/propositions/"):
        assert words in letter.body
    assert written(english.user).language == "en"
    assert "Modifier" not in written(english.user).context["what"]


@pytest.mark.django_db
def test_accepted_is_told_too_and_withdrawn_is_not(service, english):
    advisor, own = actor(Role.REGIONAL_ADVISOR), worker_of(service.organisation)
    withdraw(own, proposed(own, service, "Autre"))
    assert not Letter.objects.exists()
    proposal = proposed(own, service, "Ateliers d’hiver")
    service.refresh_from_db()
    accept(advisor, proposal, version=service.version)
    assert written(english.user).context["is_accepted"]
    assert "Ateliers d’hiver" in letters.message_of(Letter.objects.first(), written(english.user)).subject


@pytest.mark.django_db
def test_who_left_meanwhile_is_not_written_to(service, english):
    own = worker_of(service.organisation)
    refuse(actor(Role.REGIONAL_ADVISOR), proposed(own, service), reason="Non")
    english.user.is_active = False
    english.user.save()
    assert written(english.user) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("languages", "wanted"),
    [((), ("fr", "")), (("fr", "fr"), ("fr", "")), (("en",), ("en", "")), (("en", "fr"), ("fr", "en"))],
)
def test_a_reminder_speaks_the_languages_of_its_accounts(service, settings, languages, wanted):
    for language in languages:
        OrganisationMemberFactory(organisation=service.organisation, user__language=language)
    settings.TODAY = date(2026, 3, 2)
    due_on = choose_rhythm(CLOCK, service.organisation, 3).due_on
    settings.TODAY = due_on - timedelta(days=14)
    follow_reviews(CLOCK)
    letter = write_review_reminder(ReviewReminder.objects.get().uid)
    assert (letter.address, (letter.language, letter.also)) == ("maison@demo.example", wanted)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [DECIDED, REMINDER])
def test_a_worker_killed_between_sending_and_recording_leaves_one_letter_each(
    mailbox, service, english, settings, kind
):
    """The letter has gone: whoever takes up the job does not send it again."""
    empty_queue()
    steps = (after(EmailBackend, "send_messages"), before(letters, "settle"))
    for number, make_it_die in enumerate(steps):
        decide(actor_of(english), service, f"Nom {number}") if kind == DECIDED else remind(service, settings, number)
        assert work_until_death(make_it_die)
        for _ in range(2):
            try_again_now()
            worker.work(once=True)
    found = [message["To"] for message in mailbox.delivered]
    assert found == [english.user.email if kind == DECIDED else "maison@demo.example"] * len(steps)
    assert Letter.objects.filter(kind=kind).count() == len(steps)
    empty_queue()


def decide(own: Actor, service, name: str) -> None:
    proposal = proposed(own, service, name)
    advisor = actor(Role.REGIONAL_ADVISOR)
    refuse(advisor, proposal, reason="Non")
    with pytest.raises(TransitionNotAllowed):
        refuse(advisor, proposal, reason="Non")


def remind(service, settings, number: int) -> None:
    settings.TODAY = date(2026 + number, 3, 2)
    due_on = choose_rhythm(CLOCK, service.organisation, 3).due_on
    settings.TODAY = due_on - timedelta(days=14)
    follow_reviews(CLOCK)
    follow_reviews(CLOCK)
