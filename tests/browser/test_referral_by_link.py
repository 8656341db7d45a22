"""In a real browser: the agent sends, the organisation answers by the link on a phone, the result closes the step."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import system_actor
from arrimage.casework.letters import write_referral_sent
from arrimage.casework.models import Referral, ReferralLink, SharedAnswerReview, Step
from arrimage.foundation import clock
from tests import factories as f


def sign_in(page: Page, user, address: str) -> None:
    """Give this page the session of `user`, on the live site."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@pytest.mark.django_db(transaction=True)
def test_from_the_sending_to_the_step_closed(page: Page, phone_page: Page, live_server) -> None:
    agent = f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, region=f.region()).user
    file = f.FileFactory(agent=agent, person__given_name="Nadia", person__family_name="Haddad")
    f.MemberFactory(person=file.person)
    f.AssessmentFactory(file=file, completed=True, answers={"french_level": 3, "french_daily": "some"})
    need = f.NeedFactory(file=file, theme=f.theme("french"), label="Cours de français du soir")
    step = f.StepFactory(plan=f.PlanFactory(file=file, agreed=True), need=need)
    service = f.ServiceFactory(
        name="Cours du soir", contact_email="reception@organisme.example", themes=[f.theme("french")]
    )
    worker = f.OrganisationMemberFactory(organisation=service.organisation).user
    f.consented(file)
    f.answers_consented(file, service.organisation)

    sign_in(page, agent, live_server.url)
    page.goto(reverse("staff:refer_to", args=[need.uid, service.uid]))
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Envoyer l’orientation").click()
    expect(page.get_by_text("L’orientation est envoyée")).to_be_visible()

    with acting_as(system_actor("mail")):
        letter = write_referral_sent(ReferralLink.objects.get().uid)
    assert letter is not None
    path = re.sub(r"^https?://[^/]+", "", letter.context["address"])
    phone_page.goto(path)
    expect(phone_page.get_by_text("Nadia")).to_have_count(0)
    phone_page.get_by_role("button", name="Recevoir le code").click()
    expect(phone_page.get_by_label("Code à six chiffres")).to_be_visible()
    found = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert found is not None
    phone_page.get_by_label("Code à six chiffres").fill(found[0])
    phone_page.get_by_role("button", name="Continuer").click()
    expect(phone_page.get_by_role("heading", name="Nadia Haddad")).to_be_visible()
    phone_page.get_by_role("link", name="Confirmer ou corriger").click()
    phone_page.get_by_label("C’est exact").first.check()
    phone_page.get_by_role("button", name="Enregistrer").click()
    phone_page.get_by_role("button", name="Accepter", exact=True).click()
    expect(phone_page.get_by_text("votre réponse est transmise")).to_be_visible()

    phone_page.context.clear_cookies()
    sign_in(phone_page, worker, live_server.url)
    with acting_as(system_actor("tests")):
        referral = Referral.objects.get()
        assert SharedAnswerReview.objects.get().verdict == "confirmed"
    phone_page.goto(reverse("partners:referral", args=[referral.uid]))
    phone_page.get_by_role("link", name="Commencer le service").click()
    phone_page.get_by_role("button", name="Commencer le service").click()
    phone_page.get_by_role("link", name="Terminer le service").click()
    phone_page.get_by_label("Objectif atteint", exact=True).check()
    phone_page.get_by_role("button", name="Terminer le service").click()
    expect(phone_page.get_by_text("l’orientation quitte votre liste")).to_be_visible()

    page.goto(reverse("staff:referral", args=[referral.uid]))
    page.get_by_role("link", name="Faire le suivi et clore la démarche").click()
    page.get_by_role("button", name=re.compile("Enregistrer|Noter")).first.click()
    with acting_as(system_actor("tests")):
        closed = Step.objects.get(pk=step.pk)
    assert (closed.status, closed.done_on) == ("done", clock.today())
