"""An organisation answers by a link: nobody is named before the code, opening changes nothing, it serves once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from arrimage.accounts.link_codes import CODES_A_DAY, TRIES
from arrimage.accounts.models import Letter
from arrimage.casework.actions.links import send_links
from arrimage.casework.enums import LinkStep, ReferralStatus
from arrimage.casework.letters import SENT, write_referral_sent
from arrimage.casework.links import token_of
from arrimage.casework.models import LinkEvent, Referral, ReferralEvent, ReferralLink, SharedAnswerReview
from arrimage.foundation import clock
from arrimage.privacy.journal.models import Reading
from tests import factories as make
from tests.permissions.world import World
from tests.web.signed import words

pytestmark = pytest.mark.django_db
SHARED = {"name": "Nadia Haddad", "phone": "+15145550199", "email": "", "language": "ar",
          "need": "Cours de français du soir", "theme": "french"}  # fmt: skip
PRIVATE = ("Haddad", "5145550199", "514 555-0199", "Cours de français")


@pytest.fixture
def referral() -> Referral:
    service = make.ServiceFactory(name="Cours du soir", contact_email="reception@organisme.example")
    return make.ReferralFactory(sent=True, service=service, organisation=service.organisation, shared=SHARED)


@pytest.fixture
def link(referral: Referral) -> ReferralLink:
    [made] = send_links(make.actor(), [referral], SENT)
    return made


@pytest.fixture
def referral_with_answers() -> Referral:
    """Return a referral with which an answer travelled."""
    service = make.ServiceFactory(name="Cours du soir", contact_email="reception@organisme.example")
    answer = {"key": "french_level", "question": "Quel est votre niveau ?", "answer": "3"}
    return make.ReferralFactory(sent=True, service=service, shared=SHARED | {"answers": [answer]})


def at(name: str, link: ReferralLink) -> str:
    return reverse(name, args=[token_of(link)])


def ask_for_code(browser: Client, link: ReferralLink, run) -> str:
    with run(execute=True):
        page = browser.post(at("referral_link_code", link))
    assert "re•••@organisme.example" in words(page)
    assert not any(word in words(page) for word in PRIVATE)
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


@pytest.fixture
def opened(link: ReferralLink, django_capture_on_commit_callbacks) -> Client:
    browser = Client()
    code = ask_for_code(browser, link, django_capture_on_commit_callbacks)
    assert browser.post(at("referral_link_code", link), {"code": code}).status_code == 302
    return browser


def steps(link: ReferralLink) -> list[str]:
    return [event.step for event in LinkEvent.objects.filter(link=link)]


def test_the_letter_names_the_service_and_nobody(link, referral) -> None:
    letter = write_referral_sent(link.uid)
    assert (letter.address, letter.context["service"]) == ("reception@organisme.example", "Cours du soir")
    assert letter.context["address"].endswith(at("referral_link", link))
    assert not any(word in str(letter) for word in PRIVATE)


def test_opening_the_link_changes_nothing_and_names_nobody(link) -> None:
    before = World.fingerprint()
    for name in ("referral_link", "referral_link_open", "referral_link_accept", "referral_link_decline"):
        page = Client().get(at(name, link), follow=True)
        assert "Cours du soir" in words(page)
        assert not any(word in words(page) for word in PRIVATE)
    assert World.fingerprint() == before


def test_from_the_letter_to_the_answer(link, referral, opened) -> None:
    page = words(opened.get(at("referral_link_open", link)))
    assert all(word in page for word in ("Nadia Haddad", "514 555-0199", "Cours de français du soir"))
    done = opened.post(at("referral_link_accept", link), {"note": ""})
    assert "votre réponse est transmise" in words(done)
    referral.refresh_from_db()
    assert (referral.status, referral.answered_on) == (ReferralStatus.ACCEPTED, clock.today())
    [event] = ReferralEvent.objects.filter(referral=referral, to_status=ReferralStatus.ACCEPTED)
    assert event.actor_name == f"{referral.organisation.name} (lien)"
    assert steps(link) == [LinkStep.CODE_SENT, LinkStep.OPENED, LinkStep.ANSWERED]
    reading = Reading.objects.filter(object_uid=referral.uid).first()
    assert (reading.person_id, reading.basis, reading.user_id) == (referral.file.person_id, "partner", None)


def test_a_refusal_has_a_reason_and_gives_the_need_back(link, referral, opened) -> None:
    assert "obligatoire" in words(opened.post(at("referral_link_decline", link), {}))
    page = opened.post(at("referral_link_decline", link), {"reason": "no_place", "note": ""})
    assert "un autre service" in words(page)
    referral.refresh_from_db()
    assert (referral.status, referral.decline_reason.code) == (ReferralStatus.DECLINED, "no_place")
    assert referral.need.status == "open"


def test_an_answered_link_gives_nothing_more(link, referral, opened) -> None:
    opened.post(at("referral_link_accept", link), {"note": ""})
    for name in ("referral_link", "referral_link_open", "referral_link_accept", "referral_link_decline"):
        page = opened.get(at(name, link))
        assert page.status_code == 410
        assert "n’attend plus de réponse" in words(page)
        assert not any(word in words(page) for word in PRIVATE)
    assert opened.post(at("referral_link_decline", link), {"reason": "no_place"}).status_code == 410
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.ACCEPTED


@pytest.mark.parametrize("state", ["expired", "declined"])
def test_a_link_lives_as_long_as_its_referral_waits(link, referral, state) -> None:
    other = make.ReferralFactory(**{state: True}, service=referral.service)
    dead = ReferralLink.objects.create(referral=other)
    assert Client().get(at("referral_link", dead)).status_code == 410
    assert Client().post(at("referral_link_code", dead)).status_code == 410


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "Z" + t[1:], lambda t: t.split(".")[0], lambda t: "inventé"]
)
def test_a_forged_or_altered_link_gives_nothing(link, spoil) -> None:
    page = Client().get(reverse("referral_link", args=[spoil(token_of(link))]))
    assert page.status_code == 404
    assert "n’a pas été faite par Arrimage" in words(page)


def test_a_code_serves_once_for_its_link_on_its_device(
    link, referral, opened, django_capture_on_commit_callbacks
) -> None:
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    elsewhere = Client()
    assert "n’est pas le bon" in words(elsewhere.post(at("referral_link_code", link), {"code": code}))
    assert elsewhere.get(at("referral_link_open", link)).status_code == 302
    other = make.ReferralFactory(sent=True, service=referral.service, shared=SHARED | {"name": "Ali Roy"})
    [theirs] = send_links(make.actor(), [other], SENT)
    page = opened.get(at("referral_link_open", theirs), follow=True)
    assert "Recevoir le code" in words(page)
    assert "Ali Roy" not in words(page)


def test_a_code_is_not_guessed(link, django_capture_on_commit_callbacks) -> None:
    browser = Client()
    code = ask_for_code(browser, link, django_capture_on_commit_callbacks)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(TRIES):
        assert "n’est pas le bon" in words(browser.post(at("referral_link_code", link), {"code": wrong}))
    assert "n’est pas le bon" in words(browser.post(at("referral_link_code", link), {"code": code}))
    assert steps(link).count(LinkStep.CODE_WRONG) == TRIES + 1


def test_a_code_ends_by_itself(link, monkeypatch, django_capture_on_commit_callbacks) -> None:
    browser = Client()
    code = ask_for_code(browser, link, django_capture_on_commit_callbacks)
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "n’est pas le bon" in words(browser.post(at("referral_link_code", link), {"code": code}))


def test_few_codes_are_sent_a_day(link, django_capture_on_commit_callbacks) -> None:
    browser = Client()
    for _ in range(CODES_A_DAY):
        ask_for_code(browser, link, django_capture_on_commit_callbacks)
    page = browser.post(at("referral_link_code", link), follow=True)
    assert "Trop de codes" in words(page)
    assert steps(link).count(LinkStep.CODE_SENT) == CODES_A_DAY


def test_the_code_is_kept_as_a_digest_only(link, django_capture_on_commit_callbacks) -> None:
    code = ask_for_code(Client(), link, django_capture_on_commit_callbacks)
    link.refresh_from_db()
    assert code not in link.code_digest
    assert len(link.code_digest) == 64


def test_a_service_without_an_address_gets_no_link(referral) -> None:
    mute = make.ServiceFactory(contact_email="", organisation__email="")
    silent = make.ReferralFactory(sent=True, service=mute)
    assert send_links(make.actor(), [silent], SENT) == []
    assert not Letter.objects.filter(kind=SENT).exists()


def test_without_answers_there_is_nothing_to_confirm(link, referral, opened) -> None:
    assert "Confirmer ou corriger" not in words(opened.get(at("referral_link_open", link)))
    assert opened.get(at("referral_link_review", link)).status_code == 302


def test_answers_are_read_and_confirmed_after_the_code_only(
    referral_with_answers, django_capture_on_commit_callbacks
) -> None:
    [link] = send_links(make.actor(), [referral_with_answers], SENT)
    stranger = Client()
    assert "Quel est votre niveau" not in words(stranger.get(at("referral_link_review", link), follow=True))
    browser = Client()
    code = ask_for_code(browser, link, django_capture_on_commit_callbacks)
    browser.post(at("referral_link_code", link), {"code": code})
    assert "Quel est votre niveau" in words(browser.get(at("referral_link_open", link)))
    stranger.post(at("referral_link_review", link), {"verdict_french_level": "confirmed"})
    assert not SharedAnswerReview.objects.exists()
    browser.post(at("referral_link_review", link), {"verdict_french_level": "amended", "value_french_level": "5"})
    review = SharedAnswerReview.objects.get()
    assert (review.verdict, review.value, review.author) == ("amended", "5", None)
    assert review.author_name.endswith("(lien)")
