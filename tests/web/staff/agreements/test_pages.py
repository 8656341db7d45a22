"""Agreements on screen: lists, the page of one, money released, what is behind a figure, local actions."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.agreements.models import Agreement, Instalment, LocalAction
from arrimage.foundation import clock
from tests.factories import (
    AgreementFactory,
    DeliverableFactory,
    InstalmentFactory,
    LocalActionFactory,
    OrganisationFactory,
    ReferralFactory,
    ServiceFactory,
    region,
    stream,
)
from tests.web.visitor import visitor

pytestmark = pytest.mark.django_db


def day(count):
    return (clock.today() + timedelta(days=count)).isoformat()


@pytest.fixture
def advisor():
    return visitor()


# --- Lists ----------------------------------------------------------------------------------------------------------
def test_the_agreements_of_the_region_are_listed(advisor):
    AgreementFactory(title="Jumelage")
    AgreementFactory(title="Ailleurs", region=region("13"))
    page = advisor.open("staff:agreements")
    assert "1 entente" in page
    assert "Jumelage" in page
    assert "100 000 $" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=JUMELAGE hiver", "1 entente"),
        ("?status=draft", "1 entente"),
        ("?running=on", "1 entente"),
        ("?mine=on", "0 entente"),
        (f"?signed_after={day(1)}", "0 entente"),
    ],
)
def test_agreements_are_narrowed(advisor, query, count):
    AgreementFactory(title="Jumelage d’hiver")
    AgreementFactory(title="Autre", draft=True)
    assert count in advisor.open("staff:agreements", query=query)


@pytest.mark.parametrize("name", ["staff:agreements", "staff:local_actions"])
@pytest.mark.parametrize("role", [Role.INTEGRATION_AGENT, Role.RECRUITMENT_ADVISOR, Role.RECEPTION_AGENT])
def test_those_who_do_not_see_agreements_are_refused(name, role):
    visitor(role).open(name, status=403)


def test_lists_take_as_many_queries_with_a_thousand_rows(advisor):
    organisation = OrganisationFactory()
    InstalmentFactory.create_batch(10, released=True)
    LocalActionFactory.create_batch(10)
    names = ("staff:agreements", "staff:local_actions")
    few = [advisor.queries(name) for name in names]
    Agreement.objects.bulk_create(
        AgreementFactory.build(organisation=organisation, region=region(), stream=stream(), number=f"N-{n}")
        for n in range(990)
    )
    actions = LocalAction.objects.bulk_create(
        LocalActionFactory.build(region=region(), title=f"Fête {n}") for n in range(990)
    )
    through = LocalAction.partners.through
    through.objects.bulk_create(through(localaction=one, organisation=organisation) for one in actions)
    assert [advisor.queries(name) for name in names] == few
    assert max(few) <= 20


# --- An agreement ---------------------------------------------------------------------------------------------------
def test_the_page_says_what_was_promised_paid_and_done(advisor):
    agreement = AgreementFactory()
    InstalmentFactory(agreement=agreement, condition="Rapport d’étape", due_on=clock.today())
    deliverable = DeliverableFactory(agreement=agreement, label="Personnes logées", target=4)
    done = ReferralFactory(completed=True, service=deliverable.service)
    page = advisor.open("staff:agreement", agreement.uid)
    assert "Prochain versement" in page
    assert "À vérifier : Rapport d’étape" in page
    assert '<progress class="target-bar " max="4" value="1" aria-label="Personnes logées">' in page
    assert done.file.person.family_name not in page
    behind = advisor.open("staff:deliverable", deliverable.uid)
    assert done.file.number in behind
    assert done.file.person.family_name not in behind
    assert "1 orientation comptée" in behind


def test_the_page_takes_as_many_queries_whatever_hangs_on_the_agreement(advisor):
    agreement = AgreementFactory(committed=10_000_000)
    InstalmentFactory(agreement=agreement)
    DeliverableFactory(agreement=agreement)
    LocalActionFactory(agreement=agreement)
    few = advisor.queries("staff:agreement", agreement.uid)
    InstalmentFactory.create_batch(20, agreement=agreement, released=True)
    DeliverableFactory.create_batch(20, agreement=agreement)
    LocalActionFactory.create_batch(20, agreement=agreement)
    assert advisor.queries("staff:agreement", agreement.uid) == few <= 20


def test_an_agreement_elsewhere_does_not_exist(advisor):
    elsewhere = AgreementFactory(region=region("13"))
    advisor.open("staff:agreement", elsewhere.uid, status=404)
    advisor.open("staff:deliverable", DeliverableFactory(agreement=elsewhere).uid, status=404)
    advisor.open("staff:instalment_release", InstalmentFactory(agreement=elsewhere).uid, status=404)


def test_an_agreement_is_prepared_signed_paid_and_closed(advisor):
    organisation = OrganisationFactory()
    page = advisor.send(
        "staff:agreement_add",
        number="MTL-1",
        title="Jumelage",
        organisation=organisation.pk,
        stream=stream().pk,
        starts_on=day(-10),
        ends_on=day(355),
        committed="120 000,50",
        advisor=advisor.user.pk,
    )
    assert "120 000,50 $" in page
    agreement = Agreement.objects.get()
    assert agreement.advisor == advisor.user
    advisor.send("staff:instalment_add", agreement.uid, amount="60 000", due_on=day(0), condition="Budget reçu")
    assert "Verser" not in advisor.open("staff:agreement", agreement.uid)
    advisor.send("staff:agreement_sign", agreement.uid, signed_on=day(-10))
    instalment = Instalment.objects.get()
    refused = advisor.send("staff:instalment_release", instalment.uid, released_on=day(0), status=200)
    assert "Confirmez que la condition est remplie" in refused
    page = advisor.send("staff:instalment_release", instalment.uid, released_on=day(0), condition_met="on")
    assert "Le versement de 60 000 $ est autorisé." in page
    assert f"autorisé par {advisor.user.name}" in page
    assert "L’entente est fermée." in advisor.send("staff:agreement_close", agreement.uid)


def test_the_committed_amount_is_shown_as_it_is_typed_and_never_passed(advisor):
    agreement = AgreementFactory()
    assert 'value="100 000,00"' in advisor.open("staff:agreement_edit", agreement.uid)
    page = advisor.send("staff:instalment_add", agreement.uid, amount="100 001", due_on=day(1), status=200)
    assert "dépasseraient le montant engagé" in page


def test_an_instalment_is_held_back_and_taken_up_again(advisor):
    instalment = InstalmentFactory()
    page = advisor.send("staff:instalment_withhold", instalment.uid)
    assert "Reprendre" in page
    assert "Prochain versement" in advisor.send("staff:instalment_resume", instalment.uid)


def test_a_refusal_of_a_button_is_a_message_of_the_page(advisor):
    paid = InstalmentFactory(released=True)
    page = advisor.send("staff:agreement_annul", paid.agreement.uid)
    assert "De l’argent a déjà été versé" in page


def test_a_deliverable_is_promised_on_a_service_of_the_organisation(advisor):
    agreement = AgreementFactory()
    own = ServiceFactory(organisation=agreement.organisation)
    other = ServiceFactory()
    fields = {"label": "Personnes", "measure": "persons_served", "target": 5}
    advisor.send("staff:deliverable_add", agreement.uid, **fields, service=other.pk, status=200)
    assert "Personnes" in advisor.send("staff:deliverable_add", agreement.uid, **fields, service=own.pk)


def test_those_who_only_read_find_no_button_and_may_press_none():
    instalment = InstalmentFactory()
    agreement = instalment.agreement
    director = visitor(Role.REGIONAL_DIRECTOR)
    page = director.open("staff:agreement", agreement.uid)
    for word in ("Verser", "Modifier", "Fermer l’entente", "Annuler l’entente"):
        assert word not in page.replace("Versements", "").replace("Déjà versé", "")
    director.open("staff:agreement_add", status=403)
    for name, uid in [
        ("staff:agreement_sign", agreement.uid),
        ("staff:agreement_close", agreement.uid),
        ("staff:agreement_annul", agreement.uid),
        ("staff:instalment_release", instalment.uid),
        ("staff:instalment_withhold", instalment.uid),
        ("staff:deliverable_add", agreement.uid),
    ]:
        director.send(name, uid, status=403)
    instalment.refresh_from_db()
    assert instalment.status == "planned"


# --- Local actions --------------------------------------------------------------------------------------------------
def test_a_local_action_is_planned_carried_out_cancelled_and_put_off(advisor):
    partner = OrganisationFactory(name="Accueil")
    page = advisor.send("staff:local_action_add", title="Fête", happens_on=day(-1), partners=[partner.pk])
    assert "Accueil" in page
    action = LocalAction.objects.get()
    assert "85 personnes" in advisor.send("staff:local_action_carry_out", action.uid, participants=85)
    assert "L’action est annulée." in advisor.send("staff:local_action_cancel", action.uid)
    advisor.send("staff:local_action_plan_again", action.uid, happens_on=day(30))
    advisor.send("staff:local_action_edit", action.uid, title="Grande fête", happens_on=day(31), version=4)
    action.refresh_from_db()
    assert (action.title, action.status, action.partners.count()) == ("Grande fête", "planned", 0)


def test_a_local_action_elsewhere_does_not_exist(advisor):
    elsewhere = LocalActionFactory(region=region("13"))
    advisor.open("staff:local_action", elsewhere.uid, status=404)
    advisor.send("staff:local_action_cancel", elsewhere.uid, status=404)


def test_the_director_reads_local_actions_without_changing_them():
    action = LocalActionFactory()
    director = visitor(Role.REGIONAL_DIRECTOR)
    assert action.title in director.open("staff:local_action", action.uid)
    director.send("staff:local_action_cancel", action.uid, status=403)
