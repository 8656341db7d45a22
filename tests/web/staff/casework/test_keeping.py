"""An assessment kept as one types, read over, compared with last time; needs off the list in every section."""

import pytest
from django.urls import reverse

from arrimage.casework.models import Assessment, Need
from arrimage.questionnaires.actions import publish_draft, save_draft, start_draft
from arrimage.questionnaires.editing import without_question
from tests import factories as f
from tests.web.staff.casework.test_pages import ANSWERS, text

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"staff:{name}", args=args)


def keep(agent, file, **fields):
    return agent.client.post(url("assessment_keep", file.uid), fields)


def test_what_is_typed_is_kept_and_the_hour_said(agent, file) -> None:
    kept = keep(agent, file, version=0, housing_now="shelter")
    assert "Enregistré à" in text(kept)
    assert kept["HX-Trigger"] == "assessment-kept"
    draft = Assessment.objects.get()
    assert draft.answers == {"housing_now": "shelter"}
    assert f'value="{draft.version}"' in kept.content.decode()


def test_the_right_answers_are_kept_beside_a_wrong_one(agent, file) -> None:
    kept = keep(agent, file, version=0, housing_now="shelter", french_daily="inconnu")
    assert "sauf ce qui est à corriger" in text(kept)
    assert Assessment.objects.get().answers == {"housing_now": "shelter"}


def test_somebody_else_s_answers_are_not_written_over_and_both_are_shown(agent, file) -> None:
    keep(agent, file, version=0, housing_now="shelter")
    refused = keep(agent, file, version=0, housing_now="home")
    assert "Quelqu’un d’autre" in text(refused)
    assert "HX-Trigger" not in refused
    page = text(agent.client.post(url("assessment", file.uid), {"save": "later", "version": 0, "housing_now": "home"}))
    assert "Enregistré maintenant" in page
    assert "Dans un hébergement d’accueil ou d’urgence" in page
    assert Assessment.objects.get().answers == {"housing_now": "shelter"}


def test_a_need_off_the_list_is_written_in_any_section_once(agent, file) -> None:
    page = text(agent.client.get(url("assessment", file.uid)))
    assert page.count("Un besoin qui n’est pas dans la liste") == 12, "a section a theme; no child, no school"
    off_list = {"off_list-transport-label": "Un vélo", "off_list-transport-priority": "3"}
    for version in (0, 1):
        draft = Assessment.objects.first()
        keep(agent, file, version=draft.version if draft else version, **off_list)
    assert Assessment.objects.get().answers == {
        "other_needs": [{"label": "Un vélo", "theme": "transport", "priority": 3}]
    }


def test_reading_over_says_what_is_missing_then_completes(agent, file) -> None:
    keep(agent, file, version=0, housing_now="shelter")
    page = text(agent.client.get(url("assessment_review", file.uid)))
    assert "Il manque encore" in page
    assert "Terminer l’évaluation" not in page
    draft = Assessment.objects.get()
    keep(agent, file, version=draft.version, **ANSWERS)
    page = text(agent.client.get(url("assessment_review", file.uid)))
    assert "Trouver un logement d’ici 30 jours" in page
    stale = agent.client.post(url("assessment_review", file.uid), {"version": draft.version}, follow=True)
    assert "a changé pendant que vous la relisiez" in text(stale)
    draft.refresh_from_db()
    agent.client.post(url("assessment_review", file.uid), {"version": draft.version})
    assert Need.objects.filter(file=file).exists()


def test_last_time_s_answers_are_proposed_and_what_changed_is_shown(agent, file) -> None:
    first = f.AssessmentFactory(file=file, completed=True, answers={"housing_now": "home", "bank_account": False})
    page = text(agent.client.get(url("assessment", file.uid))).replace("\u00a0", " ")
    assert "La dernière fois :" in page
    assert "Cela vaut encore" in page
    second = f.AssessmentFactory(file=file, completed=True, answers={"housing_now": "nowhere"})
    page = text(agent.client.get(url("assessment_read", second.uid)))
    assert "Ce qui a changé" in page
    assert "Trouver un toit dès aujourd’hui" in page
    assert "Ouvrir un compte de banque" in page
    assert "Ce qui a changé" not in text(agent.client.get(url("assessment_read", first.uid)))


def test_a_draft_is_moved_to_a_new_version_having_said_what_is_lost(agent, file) -> None:
    keep(agent, file, version=0, housing_now="home", winter_clothing="no")
    draft = Assessment.objects.select_related("questionnaire__questionnaire").get()
    edited = start_draft(draft.questionnaire.questionnaire)
    saved = save_draft(edited, without_question(edited.definition, "winter_clothing"), read_at=edited.version)
    publish_draft(saved, read_at=saved.version)
    assert "Une nouvelle version du questionnaire" in text(agent.client.get(url("assessment", file.uid)))
    page = text(agent.client.get(url("assessment_move", draft.uid)))
    assert "Tout le monde a-t-il des vêtements" in page
    agent.client.post(url("assessment_move", draft.uid), {"version": draft.version})
    draft.refresh_from_db()
    assert (draft.questionnaire_id, draft.answers) == (saved.pk, {"housing_now": "home"})
