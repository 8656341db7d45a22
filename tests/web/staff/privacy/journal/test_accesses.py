"""Exceptional accesses are reviewed by somebody else, within a week."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.privacy.journal.actions import Review, review_break_glass
from arrimage.privacy.journal.enums import Finding
from arrimage.privacy.journal.models import BreakGlass
from tests import factories as f
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return visitor(Role.PRIVACY_OFFICER, None)


@pytest.fixture
def access():
    access = f.BreakGlassFactory(over=True, user_name="Sacha Côté")
    f.ReadingFactory(
        file__person=access.person,
        file__closed=True,
        what="printed",
        kind="plan",
        basis="break_glass",
        break_glass=access,
    )
    return access


def test_the_list_says_what_is_to_review(officer, access) -> None:
    f.BreakGlassFactory(justified=True, user_name="Alix Roy")
    page = officer.open("staff:accesses")
    assert "Sacha Côté" in page
    assert "Alix Roy" in page
    waiting = officer.open("staff:accesses", query="?reviewed=no")
    assert "Sacha Côté" in waiting
    assert "Alix Roy" not in waiting
    assert "Sacha Côté" in officer.open("staff:accesses", query="?export=csv")


def test_one_shows_the_reason_and_what_was_read_under_it(officer, access) -> None:
    page = officer.open("staff:access", access.uid)
    for text in (access.reason, "Affiché pour l’impression", "Plan d’action", access.file_number, str(access.person)):
        assert text in page


def test_it_is_found_justified_or_not(officer, access) -> None:
    officer.send("staff:access", access.uid, finding="not_justified", notes="", status=200)
    page = officer.send("staff:access", access.uid, finding="not_justified", notes="Aucun lien avec la personne.")
    assert "Non justifié" in page
    assert "Inscrire un incident de confidentialité" in page
    access.refresh_from_db()
    assert (access.finding, access.reviewed_by) == ("not_justified", officer.user)
    page = officer.send("staff:access", access.uid, finding="justified")
    assert "n’est pas à examiner par vous" in page


def test_it_waits_on_the_officer_s_page_for_a_week(officer, access) -> None:
    page = officer.open("staff:home")
    assert "Accès exceptionnels à examiner" in page
    assert f"Sacha Côté, dossier {access.file_number}" in page
    assert access.review_due == timezone.localtime(access.opened_at).date() + timedelta(days=7)
    with acting_as(officer.actor):
        review_break_glass(officer.actor, [Review(access, Finding.JUSTIFIED)])
    assert "Accès exceptionnels à examiner" not in officer.open("staff:home")


def test_nobody_reviews_their_own(access) -> None:
    officer = Visitor(f.RoleGrantFactory(user=access.user, role=Role.PRIVACY_OFFICER, region=None))
    assert "une autre personne l’examine" in officer.open("staff:access", access.uid)
    officer.send("staff:access", access.uid, finding="justified")
    with pytest.raises(NotAllowed):
        review_break_glass(officer.actor, [Review(access, Finding.JUSTIFIED)])
    access.refresh_from_db()
    assert access.finding == ""
    with pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.filter(pk=access.pk).update(
            reviewed_by=access.user, reviewed_at=timezone.now(), finding="justified"
        )


def test_a_review_is_said_once_and_whole(officer, access) -> None:
    with pytest.raises(InvalidInput):
        review_break_glass(officer.actor, [Review(access, Finding.NOT_JUSTIFIED)])
    with pytest.raises(InvalidInput):
        review_break_glass(officer.actor, [Review(access, "perhaps")])
    review_break_glass(officer.actor, [Review(access, Finding.JUSTIFIED)])
    with pytest.raises(Conflict):
        review_break_glass(officer.actor, [Review(access, Finding.JUSTIFIED)])


def test_a_lead_reads_those_of_the_region(access) -> None:
    lead = visitor(Role.TEAM_LEAD)
    assert "Sacha Côté" in lead.open("staff:accesses")
    page = lead.open("staff:access", access.uid)
    assert access.reason in page
    assert "Examiner cet accès" not in page
    lead.send("staff:access", access.uid, finding="justified")
    with pytest.raises(NotAllowed):
        review_break_glass(lead.actor, [Review(access, Finding.JUSTIFIED)])
    elsewhere = visitor(Role.TEAM_LEAD, "13")
    assert "Sacha Côté" not in elsewhere.open("staff:accesses")
    elsewhere.open("staff:access", access.uid, status=404)


def test_an_agent_sees_their_own_by_no_page(access) -> None:
    agent = Visitor(f.RoleGrantFactory(user=access.user))
    agent.open("staff:accesses", status=403)


def test_the_database_keeps_an_agent_from_reviewing(access) -> None:
    agent = actor_of(f.RoleGrantFactory(user=access.user))
    with acting_as(agent), pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.filter(pk=access.pk).update(
            reviewed_by=f.UserFactory.build(pk=1).pk, reviewed_at=timezone.now(), finding="justified"
        )


def test_its_address_of_an_incident_is_the_register_s(officer) -> None:
    access = f.BreakGlassFactory(not_justified=True)
    assert f"{reverse('staff:incident_new')}?acces={access.uid}" in officer.open("staff:access", access.uid)
