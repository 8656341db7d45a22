"""What a partner says besides its steps: answers confirmed, questions, dates, who follows; and its own people."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.enums import ReferralStatus
from arrimage.casework.models import DateProposal, Referral, ReferralMessage, SharedAnswerReview
from arrimage.directory.models import OrganisationMember
from arrimage.foundation import clock
from arrimage.privacy.consents.actions import withdraw
from arrimage.territory.working_days import add_working_days
from tests import factories as f
from tests.web.signed import partner, words

pytestmark = pytest.mark.django_db
ANSWERS = [
    {"key": "french_level", "question": "Quel est votre niveau de français ?", "answer": "3"},
    {"key": "french_daily", "question": "Parlez-vous français tous les jours ?", "answer": "Un peu"},
]
SHARED = {"name": "Nadia Haddad", "phone": "+15145550199", "email": "", "language": "ar",
          "need": "Cours de français du soir", "theme": "french", "answers": ANSWERS}  # fmt: skip


@pytest.fixture
def service(db):
    return f.ServiceFactory(name="Cours du soir")


@pytest.fixture
def worker(service):
    return partner(service.organisation)


@pytest.fixture
def manager(service):
    return partner(service.organisation, Role.PARTNER_MANAGER)


@pytest.fixture
def referral(service):
    return f.ReferralFactory(accepted=True, service=service, shared=SHARED)


def at(name: str, record) -> str:
    return reverse(f"partners:{name}", args=[record.uid])


# --- The answers that travelled -------------------------------------------------------------------------------------
def test_answers_are_confirmed_corrected_or_asked_again_one_by_one(worker, referral) -> None:
    page = words(worker.get(at("referral", referral)))
    assert "Quel est votre niveau de français" in page
    assert "Tout est exact" in page
    said = {
        "verdict_french_level": "amended",
        "value_french_level": "5",
        "note_french_level": "Classée hier",
        "verdict_french_daily": "asked_again",
        "added": "Avez-vous un ordinateur ?",
        "added_value": "Non",
    }
    page = words(worker.post(at("answers", referral), said, follow=True))
    assert "Corrigée : 5" in page
    assert "Tout est exact" not in page
    assert set(SharedAnswerReview.objects.values_list("key", "verdict", "value")) == {
        ("french_level", "amended", "5"), ("french_daily", "asked_again", ""), ("", "added", "Non"),
    }  # fmt: skip


def test_all_are_confirmed_at_once_but_those_spoken_of(worker, referral) -> None:
    worker.post(at("answers", referral), {"verdict_french_level": "asked_again"})
    worker.post(at("answers", referral), {"all": "1"})
    assert dict(SharedAnswerReview.objects.values_list("key", "verdict")) == {
        "french_level": "asked_again", "french_daily": "confirmed",
    }  # fmt: skip


def test_a_correction_needs_its_words(worker, referral) -> None:
    page = words(worker.post(at("answers", referral), {"verdict_french_level": "amended"}))
    assert "Écrivez la réponse corrigée" in page
    assert not SharedAnswerReview.objects.exists()


def test_answers_disappear_when_the_person_no_longer_consents(worker, referral) -> None:
    withdraw(f.actor(Role.INTEGRATION_AGENT), [f.answers_consented(referral.file, referral.organisation)])
    page = words(worker.get(at("referral", referral)))
    assert "niveau de français" not in page
    assert "ne consent plus" in page
    assert worker.get(at("answers", referral)).status_code == 404


# --- Questions and dates --------------------------------------------------------------------------------------------
def test_a_question_then_the_answer_to_read(worker, referral) -> None:
    worker.post(at("message", referral), {"text": "Est-elle libre le soir ?"})
    assert ReferralMessage.objects.get().from_partner
    f.ReferralMessageFactory(referral=referral, from_partner=False, text="Oui, après 18 h.")
    home = words(worker.get(reverse("partners:home")))
    assert "Message de l’agente ou de l’agent" in home
    assert "Nadia Haddad" in words(worker.get(reverse("partners:referrals") + "?message=unread"))
    assert "Oui, après 18 h." in words(worker.get(at("referral", referral)))
    worker.post(at("messages_read", referral))
    assert "Message de l’agente" not in words(worker.get(reverse("partners:home")))


def test_dates_are_proposed_and_wait(worker, referral) -> None:
    day = add_working_days(clock.today(), 2)
    assert "Fixer une date" in words(worker.get(reverse("partners:home")))
    worker.post(at("propose", referral), {"day_1": day.isoformat(), "hour_1": "18:00", "place": "Salle 2"})
    assert DateProposal.objects.get().day == day
    assert "en attente d’un choix" in words(worker.get(at("referral", referral)))
    assert "Nadia Haddad" not in words(worker.get(reverse("partners:home")))
    yesterday = add_working_days(clock.today(), -1).isoformat()
    assert "dates à venir" in words(worker.post(at("propose", referral), {"day_1": yesterday}))


def test_dates_are_proposed_once_it_is_accepted(worker, service) -> None:
    assert worker.get(at("propose", f.ReferralFactory(sent=True, service=service))).status_code == 404


# --- Several workers ------------------------------------------------------------------------------------------------
def test_a_worker_takes_it_and_the_manager_gives_it_to_another(worker, manager, referral, service) -> None:
    page = words(worker.post(at("take", referral), follow=True))
    assert "Vous vous en occupez." in page
    assert worker.get(at("hand", referral)).status_code == 403
    other = f.OrganisationMemberFactory(organisation=service.organisation, user__name="Ana Silva").user
    manager.post(at("hand", referral), {"worker": other.pk})
    referral.refresh_from_db()
    assert referral.worker == other
    listed = reverse("partners:referrals")
    assert "Nadia Haddad" in words(worker.get(f"{listed}?worker={other.pk}"))
    for query in ("whose=mine", "whose=nobody"):
        assert "Nadia Haddad" not in words(worker.get(f"{listed}?{query}"))


def test_a_manager_invites_and_ends_their_own_people(manager, service) -> None:
    said = {"email": "nouvelle@organisme.example", "name": "Nouvelle Venue", "role": "partner_worker", "language": "fr"}
    page = words(manager.post(reverse("partners:invite"), said, follow=True))
    assert "L’invitation part à nouvelle@organisme.example" in page
    member = OrganisationMember.objects.get(user__email="nouvelle@organisme.example")
    assert member.organisation == service.organisation
    assert "ne peut pas être invitée" in words(manager.post(reverse("partners:invite"), said))
    manager.post(at("end", member), {"ends_on": clock.today().isoformat()})
    member.refresh_from_db()
    assert member.ends_on == clock.today()
    stranger = f.OrganisationMemberFactory()
    assert manager.get(at("end", stranger)).status_code == 404
    own = OrganisationMember.objects.get(role=Role.PARTNER_MANAGER)
    assert manager.get(at("end", own)).status_code == 404


def test_the_workload_names_nobody(worker, referral, service) -> None:
    f.ReferralFactory(completed=True, service=service, shared=SHARED | {"name": "Omar Diallo"})
    page = words(worker.get(reverse("partners:workload")))
    assert "Cours du soir" in page
    assert "Terminée : 1" in page
    assert "Haddad" not in page
    assert "Diallo" not in page


# --- The list -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "found"), [("hadad", True), ("Nadîa", True), ("555-0199", True), ("tremblay", False), ("555-0100", False)]
)
def test_the_search_forgives(worker, referral, query, found) -> None:
    page = words(worker.get(reverse("partners:referrals"), {"q": query}))
    assert ("Nadia Haddad" in page) is found


def test_what_waits_for_an_answer_comes_first(worker, referral, service) -> None:
    waiting = f.ReferralFactory(sent=True, service=service, shared=SHARED | {"name": "Omar Diallo"})
    Referral.objects.filter(pk=waiting.pk).update(sent_on=add_working_days(clock.today(), -9))
    page = words(worker.get(reverse("partners:referrals")))
    assert page.index("Omar Diallo") < page.index("Nadia Haddad")


def test_another_organisation_reaches_nothing_of_it(referral) -> None:
    stranger = partner(f.OrganisationFactory(), Role.PARTNER_MANAGER)
    for name in ("answers", "message", "messages_read", "propose", "take", "hand"):
        assert stranger.post(at(name, referral), {"text": "x", "all": "1"}).status_code == 404
    assert not ReferralMessage.objects.exists()
    assert not SharedAnswerReview.objects.exists()
    referral.refresh_from_db()
    assert (referral.worker, referral.status) == (None, ReferralStatus.ACCEPTED)
