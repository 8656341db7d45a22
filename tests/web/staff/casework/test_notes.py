"""The pages of notes, of closing and of reopening: what they show, to whom, and what they keep in the journal."""

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.casework.models import Closing, File, Note
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.staff.casework.conftest import sign_in

pytestmark = pytest.mark.django_db


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def test_a_note_is_written_from_a_template_and_told_on_the_file(agent, file) -> None:
    template = f.NoteTemplateFactory(region=file.region, title="Appel manqué", text="Appel sans réponse.")
    f.NoteTemplateFactory(region=f.region("13"), title="D’ailleurs")
    page = text(agent.client.get(url("note_write", file.uid), {"modele": template.uid}))
    assert "Appel sans réponse." in page
    assert "D’ailleurs" not in page
    assert f'data-draft="note-{file.uid}-{template.uid}"' in page
    assert "Loi sur l’accès" in page, "the right of access is said where one writes"
    agent.client.post(
        url("note_write", file.uid), {"text": "Appel sans réponse, message laissé.", "visibility": "team"}
    )
    assert "message laissé" in text(agent.client.get(url("file", file.uid)))
    note = Note.objects.get()
    page = text(agent.client.get(url("note", note.uid)))
    assert url("note_edit", note.uid) in page
    assert url("note_withdraw", note.uid) not in page


def test_a_sensitive_note_is_not_in_lists_and_its_reading_is_its_own(agent, file, point) -> None:
    note = f.NoteFactory(file=file, author=agent.user, sensitive=True, text="Violence au foyer.")
    for name in ("file", "notes"):
        page = text(agent.client.get(url(name, file.uid)))
        assert "Violence" not in page, name
        assert url("note", note.uid) in page, name
    assert not Reading.objects.filter(kind=ObjectKind.NOTE, object_uid=note.uid).exists()
    assert "Violence au foyer." in text(agent.client.get(url("note", note.uid)))
    assert Reading.objects.get(object_uid=note.uid).kind == ObjectKind.NOTE
    colleague = sign_in(service_point=point)
    assert colleague.client.get(url("note", note.uid)).status_code == 404
    assert colleague.client.get(url("history", "note", note.uid)).status_code == 404
    assert url("note", note.uid) not in text(colleague.client.get(url("file", file.uid)))
    story = text(agent.client.get(url("history", "dossier", file.uid)))
    assert "Violence" not in story


def test_a_lead_withdraws_and_the_author_reads_why(agent, file, point) -> None:
    note = f.NoteFactory(file=file, author=agent.user, text="Il ment.")
    lead = sign_in(Role.TEAM_LEAD, service_point=point)
    colleague = sign_in(service_point=point)
    lead.client.post(url("note_withdraw", note.uid), {"why": "Jugement, et non un fait."})
    assert colleague.client.get(url("note", note.uid)).status_code == 404
    home = text(agent.client.get(url("home")))
    assert "Lire le motif" in home
    assert url("note", note.uid) in home
    page = text(agent.client.get(url("note", note.uid)))
    assert "Jugement, et non un fait." in page
    assert "Il ment." in page
    agent.client.post(url("note_acknowledge", note.uid))
    assert "Lire le motif" not in text(agent.client.get(url("home")))


def test_the_person_and_the_organisation_read_what_is_written_for_them(agent, file) -> None:
    referral = f.ReferralFactory(file=file, accepted=True, shared={"name": "Nadia", "need": "Un cours"})
    f.NoteFactory(file=file, author=agent.user, shared_with_person=True, text="Apportez votre bail.")
    f.NoteFactory(file=file, author=agent.user, text="Entre nous.")
    f.NoteFactory(file=file, author=agent.user, visibility="partner", referral=referral, text="Préfère le soir.")
    person, partner = Client(), Client()
    person.force_login(f.PersonAccountFactory(person=file.person).user)
    partner.force_login(f.OrganisationMemberFactory(organisation=referral.organisation).user)
    page = text(person.get(reverse("newcomers:notes")))
    assert "Apportez votre bail." in page
    assert "Entre nous" not in page
    assert "Préfère" not in page
    page = text(partner.get(reverse("partners:referral", args=[referral.uid])))
    assert "Préfère le soir." in page
    assert "Entre nous" not in page
    assert "Apportez" not in page


def test_a_lead_keeps_templates(point) -> None:
    lead = sign_in(Role.TEAM_LEAD, service_point=point)
    lead.client.post(url("note_template_add"), {"title": "Visite", "text": "Visite au domicile.", "is_offered": "on"})
    assert "Visite au domicile." in text(lead.client.get(url("note_templates")))
    again = lead.client.post(url("note_template_add"), {"title": "Visite", "text": "Autre."})
    assert "déjà ce titre" in text(again)


def test_a_file_closes_from_its_page_and_comes_back(agent, file) -> None:
    need = f.NeedFactory(file=file, label="Un logement")
    step = f.StepFactory(plan=f.PlanFactory(file=file), need=need)
    sent = f.ReferralFactory(file=file, sent=True, need__file=file)
    page = text(agent.client.get(url("file_close", file.uid)))
    for words in ("Un logement", step.title, str(sent.service), f'data-draft="fermeture-{file.uid}"'):
        assert words in page
    given = {"reason": "goals_reached", "summary": "Bail signé.", "on": file.opened_on.isoformat()}
    refused = agent.client.post(url("file_close", file.uid), given)
    assert f"need_{need.pk}" in refused.context["form"].errors
    for each in file.needs.all():
        given |= {f"need_{each.pk}": "met", f"words_{each.pk}": "Trouvé en juin."}
    agent.client.post(url("file_close", file.uid), {**given, "cancelled_referrals": [sent.pk], "done": [step.pk]})
    page = text(agent.client.get(url("file", file.uid)))
    for words in ("Fin de l’accompagnement", "Bail signé.", "Trouvé en juin.", "Rouvrir le dossier", "Annulée"):
        assert words in page
    assert url("note_write", file.uid) not in page
    agent.client.post(url("file_reopen", file.uid), {"why": "La personne est revenue."})
    page = text(agent.client.get(url("file", file.uid)))
    for words in ("Dossier rouvert", "La personne est revenue.", "Bail signé.", "Fermer le dossier"):
        assert words in page
    assert File.objects.get(pk=file.pk).status == "active"
    assert Closing.objects.get().reopened_on is not None


def test_a_statement_of_the_person_is_seen_on_the_file(agent, file) -> None:
    f.StatementFactory(person=file.person, region=file.region, text="Ma date de naissance est fausse.")
    assert "Ma date de naissance est fausse." in text(agent.client.get(url("file", file.uid)))
