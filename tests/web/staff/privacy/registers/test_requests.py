"""Pages of the requests of persons, for the privacy officer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.registers.actions import copies
from arrimage.privacy.registers.models import PersonRequest
from arrimage.web.menu import menu_of
from tests.factories import CopyFactory, PersonFactory, PersonRequestFactory, StatementFactory, actor
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db
TODAY = clock.today().isoformat()


@pytest.fixture
def officer(db) -> Visitor:
    return visitor(Role.PRIVACY_OFFICER, None)


def test_the_menu_of_the_officer_holds_the_registers_and_no_directory() -> None:
    labels = [link.label for link in menu_of(actor(Role.PRIVACY_OFFICER, None), "/")]
    assert labels[:4] == ["À faire", "Demandes", "Incidents", "Communications"]
    assert labels[-1] == "Personnel"
    assert "Répertoire" not in labels
    for role in (Role.RECEPTION_AGENT, Role.RECRUITMENT_ADVISOR):
        assert "Répertoire" in [link.label for link in menu_of(actor(role), "/")]


def test_the_home_says_what_presses_first(officer: Visitor) -> None:
    late = PersonRequestFactory(received_on=clock.today() - timedelta(days=25))
    PersonRequestFactory(in_progress=True)
    page = officer.open("staff:home")
    assert page.index("Demandes : identité à vérifier") < page.index("Demandes à répondre")
    assert "en retard" in page
    assert reverse("staff:request", args=[late.uid]) in page


def test_a_letter_is_walked_from_receipt_to_answer(officer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "build_archive", lambda actor, person: b"PK copie")
    person = PersonFactory(family_name="Zaytouni")
    assert reverse("staff:request_new", args=[person.uid]) in officer.open("staff:request_find", query="?q=Zaytouni")
    page = officer.send("staff:request_new", person.uid, kind="access", received_by="mail", received_on=TODAY)
    request = PersonRequest.objects.get()
    assert "Reçue aujourd’hui : il reste 20 jours." in page
    assert "jusqu’au" in officer.open("staff:request_receipt", request.uid)
    officer.send("staff:request_acknowledge", request.uid)
    officer.send("staff:request_verify", request.uid, proof="document", on=TODAY)
    officer.send("staff:request_take_up", request.uid)
    page = officer.send("staff:request_answer", request.uid, status=200, decision="granted", text="Voici.", on=TODAY)
    assert "Produisez d’abord la copie" in page
    page = officer.send("staff:request_copy_produce", request.uid)
    assert "Empreinte (SHA-256)" in page
    response = officer.client.get(reverse("staff:request_copy", args=[request.uid]))
    assert response.content == b"PK copie"
    assert request.number in response["Content-Disposition"]
    officer.send("staff:request_answer", request.uid, decision="granted", text="Voici votre copie.", on=TODAY)
    letter = officer.open("staff:request_answer_letter", request.uid)
    assert "Voici votre copie." in letter
    assert "Commission d’accès à l’information" in letter


def test_each_opening_and_each_download_is_in_the_read_journal(officer: Visitor) -> None:
    request = CopyFactory().request
    officer.open("staff:request", request.uid)
    officer.client.get(reverse("staff:request_copy", args=[request.uid]))
    officer.open("staff:requests", query="?export=csv")
    written = Reading.objects.filter(person=request.person, user_id=officer.user.pk).order_by("pk")
    assert [(row.what, row.basis) for row in written] == [
        ("opened", "request"), ("exported", "request"), ("exported", "request"),
    ]  # fmt: skip


def test_a_copy_is_gone_after_its_time(officer: Visitor) -> None:
    copy = CopyFactory(available_until=clock.today() - timedelta(days=1))
    officer.open("staff:request_copy", copy.request.uid, status=404)
    assert "Télécharger la copie" not in officer.open("staff:request", copy.request.uid)


def test_somebody_unknown_is_refused_for_want_of_identity_only(officer: Visitor) -> None:
    officer.send(
        "staff:request_new_unknown", kind="access", received_by="mail", received_on=TODAY, requester="Paul Inconnu"
    )
    request = PersonRequest.objects.get()
    assert "Paul Inconnu" in officer.open("staff:request", request.uid)
    page = officer.open("staff:request_answer", request.uid)
    assert "a. 94" in page
    assert "a. 83" not in page
    officer.send(
        "staff:request_answer", request.uid, decision="refused", text="Nous devons savoir qui vous êtes.",
        ground="identity", explanation="Aucune pièce reçue.", on=TODAY,
    )  # fmt: skip
    assert "Refusée" in officer.open("staff:request", request.uid)


def test_time_is_extended_by_a_notice_that_prints(officer: Visitor) -> None:
    request = PersonRequestFactory(received_on=clock.today() - timedelta(days=18))
    page = officer.send("staff:request_extend", request.uid, reason="Pièces à retrouver.", on=TODAY)
    assert "Jour 18 de 30" in page
    assert "Pièces à retrouver." in officer.open("staff:request_extension", request.uid)
    assert "Prolonger le délai" not in officer.open("staff:request", request.uid)
    page = officer.send("staff:request_extend", request.uid, reason="Encore.", on=TODAY, status=200)
    assert "une fois" in page


def test_letters_that_are_not_due_do_not_exist(officer: Visitor) -> None:
    request = PersonRequestFactory()
    officer.open("staff:request_extension", request.uid, status=404)
    officer.open("staff:request_answer_letter", request.uid, status=404)


def test_a_refused_rectification_leads_to_a_statement_on_file(officer: Visitor) -> None:
    request = PersonRequestFactory(rectification=True, refused=True)
    assert "Verser une déclaration au dossier" in officer.open("staff:request", request.uid)
    page = officer.send("staff:request_statement", request.uid, text="Ma date est le 21.", on=TODAY)
    assert "Ma date est le 21." in page
    assert "exiger que votre demande soit inscrite" in officer.open("staff:request_answer_letter", request.uid)
    assert "Ma date de naissance" in officer.open("staff:request", StatementFactory().request.uid)


def test_a_granted_rectification_names_the_change(officer: Visitor) -> None:
    request = PersonRequestFactory(rectification=True, in_progress=True)
    page = officer.send(
        "staff:request_answer", request.uid, decision="granted", text="C’est fait.", changed_record="person",
        change_made="12 avril devenu 21 avril", on=TODAY,
    )  # fmt: skip
    assert "12 avril devenu 21 avril" in page


def test_a_request_is_withdrawn_with_how(officer: Visitor) -> None:
    request = PersonRequestFactory()
    assert "Par téléphone" in officer.send("staff:request_withdraw", request.uid, note="Par téléphone.")


def test_the_list_is_narrowed_to_what_is_late(officer: Visitor) -> None:
    late = PersonRequestFactory(received_on=clock.today() - timedelta(days=25))
    fine = PersonRequestFactory()
    page = officer.open("staff:requests", query="?late=on")
    assert late.number in page
    assert fine.number not in page


def test_many_requests_cost_no_more(officer: Visitor) -> None:
    PersonRequestFactory()
    before = officer.queries("staff:requests")
    for _ in range(5):
        PersonRequestFactory()
    assert officer.queries("staff:requests") == before
