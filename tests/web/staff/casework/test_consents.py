"""The consents of a file, on the agent's pages."""

import json

import pytest
from django.urls import reverse

from arrimage.casework.models import Referral
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent, Refusal
from tests import factories as f
from tests.web.signed import words

pytestmark = pytest.mark.django_db
STROKES = [[[10, 100], [200, 40], [300, 120], [400, 60], [590, 100]]]


def url(name: str, *args: object) -> str:
    return reverse(f"staff:{name}", args=args)


def answers(page, **fields):
    """Return what a browser sends of the consent form of a page, as it stands, with `fields`."""
    form = page.context["form"] if "read" in page.context["form"].fields else page.context["asked"].form
    sent = {"read": form["read"].value(), "means": "tick", "agreed": "on"}
    if "purposes" in form.fields:
        sent["purposes"] = form["purposes"].value()
    return sent | fields


def test_the_texts_are_read_in_french_beside_the_persons_language(agent, file) -> None:
    page = words(agent.client.get(url("consent_give", file.uid)))
    assert "M’orienter vers les organismes de mon plan" in page
    assert '<div lang="ar" dir="rtl">' in page
    assert "توجيهي إلى هيئات خطتي" in page
    assert "Cette traduction n’a pas encore été relue" in page
    spanish = words(agent.client.get(url("consent_give", file.uid) + "?langue=es"))
    assert "Orientarme hacia los organismos de mi plan" in spanish
    assert "توجيهي" not in spanish


def test_a_language_without_texts_asks_for_an_interpreter(agent, file) -> None:
    file.person.preferred_language = "prs"
    file.person.save()
    page = words(agent.client.get(url("consent_give", file.uid)))
    assert "Ce texte n’existe pas encore en dari" in page


def test_each_purpose_is_given_apart_and_the_signature_kept(agent, file) -> None:
    page = agent.client.get(url("consent_give", file.uid))
    data = answers(page, purposes=["accompaniment", "contact"], means="signature", signature=json.dumps(STROKES))
    response = agent.client.post(url("consent_give", file.uid), data, follow=True)
    assert "2 consentements sont notés" in words(response)
    assert set(Consent.objects.values_list("purpose", "text__language")) == {
        ("accompaniment", "ar"), ("contact", "ar"),
    }  # fmt: skip
    consent = Consent.objects.get(purpose="contact")
    assert consent.signature == STROKES
    shown = words(agent.client.get(url("consent", consent.uid)))
    assert 'd="M10 100L200 40L300 120L400 60L590 100"' in shown
    assert consent.text.words().split("\n\n")[0] in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"means": "signature", "signature": ""}, "Signez dans le cadre"),
        ({"means": "signature", "signature": "[[[1"}, "La signature n’a pas pu être lue"),
        ({"means": "signature", "signature": "[" * 5000}, "La signature n’a pas pu être lue"),
        ({"means": "paper"}, "Joignez le papier signé"),
        ({"read": "autre"}, "Le texte a changé depuis"),
        ({"agreed": ""}, "Ce champ est obligatoire"),
        ({"purposes": []}, "Ce champ est obligatoire"),
    ],
)
def test_what_is_missing_is_asked_for_beside_its_field(agent, file, fields, sentence) -> None:
    page = agent.client.get(url("consent_give", file.uid))
    response = agent.client.post(url("consent_give", file.uid), answers(page, **fields))
    assert sentence in words(response)
    assert not Consent.objects.exists()


def test_a_parent_consents_for_a_child(agent, file) -> None:
    parent = f.MemberFactory(household=file.person.memberships.get().household).person
    file.person.birth_date = clock.today().replace(year=clock.today().year - 6)
    file.person.save()
    page = agent.client.get(url("consent_give", file.uid))
    assert "moins de 14 ans" in words(page)
    agent.client.post(url("consent_give", file.uid), answers(page, guardian=str(parent.uid)))
    assert set(Consent.objects.values_list("given_by", "guardian_name")) == {("parent", str(parent))}


def test_a_paper_is_kept_with_the_consent(agent, file) -> None:
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (40, 40), "white").save(drawn, "PNG")
    page = agent.client.get(url("consent_give", file.uid))
    paper = SimpleUploadedFile("signé.png", drawn.getvalue(), "image/png")
    agent.client.post(url("consent_give", file.uid), answers(page, purposes=["contact"], means="paper", upload=paper))
    consent = Consent.objects.get()
    assert consent.means == "paper"
    assert consent.scan.kind == "consent"


def test_a_consent_is_withdrawn_after_its_consequences_are_said(agent, file) -> None:
    referral = f.ReferralFactory(file=file, sent=True)
    consent = Consent.objects.get()
    page = words(agent.client.get(url("consent_withdraw", consent.uid)))
    assert "pas encore commencées seront annulées" in page
    agent.client.post(url("consent_withdraw", consent.uid), {"why": ""})
    referral.refresh_from_db()
    assert referral.status == "cancelled"
    assert "La personne a retiré son consentement le" in words(agent.client.get(url("referral", referral.uid)))
    assert "Retiré" in words(agent.client.get(url("consents", file.uid)))


def test_a_refusal_is_noted(agent, file) -> None:
    organisation = f.OrganisationFactory()
    agent.client.post(url("consent_refuse", file.uid), {"organisation": organisation.pk, "why": ""})
    assert Refusal.objects.get().organisation == organisation
    assert f"Refuse : {organisation}" in words(agent.client.get(url("file", file.uid)))


def test_the_file_shows_what_is_consented_to_until_when(agent, file) -> None:
    assert "Aucun consentement en vigueur" in words(agent.client.get(url("file", file.uid)))
    f.ConsentFactory(person=file.person, named=True, recipient__name="Maison du Test")
    page = words(agent.client.get(url("file", file.uid)))
    assert "M’orienter vers Maison du Test" in page


# --- Referring ------------------------------------------------------------------------------------------------------
@pytest.fixture
def need(file):
    return f.NeedFactory(file=file)


@pytest.fixture
def service():
    return f.ServiceFactory()


def test_the_list_of_services_says_which_need_a_consent(agent, need, service) -> None:
    assert "Consentement à recueillir" in words(agent.client.get(url("refer", need.uid)))
    f.RefusalFactory(person=need.file.person, organisation=service.organisation)
    assert "La personne refuse cet organisme" in words(agent.client.get(url("refer", need.uid)))
    f.consented(need.file)
    assert "La personne refuse cet organisme" in words(agent.client.get(url("refer", need.uid)))
    Refusal.objects.update(lifted_on=clock.today())
    page = words(agent.client.get(url("refer", need.uid)))
    assert "Consentement à recueillir" not in page
    assert "refuse cet organisme" not in page


def test_consent_and_referral_are_one_sending(agent, need, service) -> None:
    address = url("refer_to", need.uid, service.uid)
    page = agent.client.get(address)
    shown = words(page)
    assert f"J’accepte que la direction régionale communique mes renseignements à {service.organisation}" in shown
    assert "Noter le consentement et envoyer" in shown
    refused = agent.client.post(address, {"message": ""})
    assert refused.status_code == 200
    assert not Referral.objects.exists()
    agent.client.post(address, answers(page, message="Le soir."))
    referral, consent = Referral.objects.get(), Consent.objects.get()
    assert (referral.status, referral.message) == ("sent", "Le soir.")
    assert (consent.purpose, consent.recipient) == (Purpose.REFERRAL, service.organisation)


def test_neither_is_kept_when_the_referral_is_refused(agent, need, service) -> None:
    address = url("refer_to", need.uid, service.uid)
    page = agent.client.get(address)
    service.is_offered = False
    service.save()
    agent.client.post(address, answers(page, message=""))
    assert not Referral.objects.exists()
    assert not Consent.objects.exists()


def test_with_a_consent_there_is_nothing_to_read(agent, need, service) -> None:
    f.consented(need.file)
    page = words(agent.client.get(url("refer_to", need.uid, service.uid)))
    assert "Envoyer l’orientation" in page
    assert "J’accepte que" not in page


def test_a_sheet_can_be_printed_and_signed(agent, file) -> None:
    page = words(agent.client.get(url("consent_paper", file.uid)))
    assert "Signature de la personne" in page
    assert "توجيهي إلى هيئات خطتي" in page


@pytest.mark.parametrize("name", ["consents", "consent_give", "consent_paper", "consent_refuse"])
def test_a_file_of_another_region_has_no_consents_here(agent, name: str) -> None:
    elsewhere = f.FileFactory(region=f.region("13"))
    assert agent.client.get(url(name, elsewhere.uid)).status_code == 404
    consent = f.ConsentFactory(person=elsewhere.person, region=elsewhere.region)
    assert agent.client.get(url("consent", consent.uid)).status_code == 404
    assert agent.client.post(url("consent_withdraw", consent.uid), {"why": ""}).status_code == 404
