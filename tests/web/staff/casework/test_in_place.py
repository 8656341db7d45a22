"""Two people on one record: what each changed is kept, what both changed is shown side by side; and undoing."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from arrimage.casework.models import File, Need, Step
from arrimage.foundation import clock
from arrimage.people.models import Person
from tests import factories as f
from tests.web.staff.casework.conftest import Agent, sign_in

pytestmark = pytest.mark.django_db


def url(kind: str, record: Any) -> str:
    return reverse("staff:edit_in_place", args=[kind, record.uid])


def opened(agent: Agent, address: str) -> dict[str, str]:
    """Return what a browser would send back of the page's form, untouched."""
    form = agent.client.get(address).context["form"]
    sent = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value())
        sent[bound.html_name] = sent[bound.html_initial_name] = "" if value is None else str(value)
    return sent


def said(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def other(point) -> Agent:
    return sign_in(service_point=point)


@pytest.fixture
def step(file) -> Step:
    return f.StepFactory(plan=f.PlanFactory(file=file), title="Chercher un logement")


@pytest.mark.parametrize("page", ["in place", "on its page"])
def test_what_only_one_changed_is_kept_for_both(agent, other, step, page) -> None:
    address = url("demarche", step) if page == "in place" else reverse("staff:step_edit", args=[step.uid])
    mine, theirs = opened(agent, address), opened(other, address)
    later = (step.due_on + timedelta(days=9)).isoformat()
    other.client.post(address, {**theirs, "due_on": later})
    agent.client.post(address, {**mine, "title": "Chercher un logement à Laval"})
    step.refresh_from_db()
    assert (step.title, step.due_on.isoformat()) == ("Chercher un logement à Laval", later)


@pytest.mark.parametrize("page", ["in place", "on its page"])
def test_what_both_changed_is_shown_and_nothing_is_lost(agent, other, step, page) -> None:
    address = url("demarche", step) if page == "in place" else reverse("staff:step_edit", args=[step.uid])
    mine, theirs = opened(agent, address), opened(other, address)
    other.client.post(address, {**theirs, "title": "Signer un bail"})
    response = agent.client.post(address, {**mine, "title": "Visiter trois logements", "owner": "agent"})
    shown = said(response)
    (clash,) = response.context["form"].clashes
    assert (clash.theirs, clash.mine, clash.who) == ("Signer un bail", "Visiter trois logements", other.user.name)
    assert "Signer un bail" in shown
    assert "Visiter trois logements" in shown
    assert other.user.name in shown
    step.refresh_from_db()
    assert (step.title, step.owner) == ("Signer un bail", "person"), "nothing is written before the choice"
    again = {
        **mine,
        "title": "Visiter trois logements",
        "owner": "agent",
        "clash": "title",
        "now-title": "Signer un bail",
    }
    assert agent.client.post(address, again).context["form"].clashes, "no choice, no writing"
    agent.client.post(address, {**again, "keep-title": "theirs"})
    step.refresh_from_db()
    assert (step.title, step.owner) == ("Signer un bail", "agent"), "what they did not touch is mine"


def test_the_choice_of_mine_holds_only_for_what_was_shown(agent, other, step) -> None:
    address = url("demarche", step)
    mine, theirs = opened(agent, address), opened(other, address)
    other.client.post(address, {**theirs, "title": "Signer un bail"})
    choice = {**mine, "title": "Visiter", "clash": "title", "now-title": "Signer un bail", "keep-title": "mine"}
    newer = opened(other, address)
    other.client.post(address, {**newer, "title": "Signer un bail à Laval"})
    response = agent.client.post(address, choice)
    assert [clash.theirs for clash in response.context["form"].clashes] == ["Signer un bail à Laval"]
    agent.client.post(address, {**choice, "now-title": "Signer un bail à Laval"})
    step.refresh_from_db()
    assert step.title == "Visiter"


def test_a_saving_is_said_and_undone_right_there(agent, other, step) -> None:
    address = url("demarche", step)
    response = agent.client.post(
        address, {**opened(agent, address), "status": "in_progress", "title": "Signer"}, headers={"HX-Request": "true"}
    )
    page = said(response)
    assert "Enregistré" in page
    assert "<html" not in page, "a part of the page"
    undo = dict(response.context["undo"])
    response = agent.client.post(address, {**undo, "undo": "yes"}, headers={"HX-Request": "true"})
    assert "Modification annulée" in said(response)
    step.refresh_from_db()
    assert (step.title, step.status) == ("Chercher un logement", "todo")
    other.client.post(address, {**opened(other, address), "title": "Autre chose"})
    response = agent.client.post(address, {**undo, "undo": "yes"})
    assert response.context["form"].clashes, "somebody changed it since: the undoing asks"


@pytest.mark.parametrize(
    ("kind", "make", "changes", "read"),
    [
        ("besoin", lambda file: f.NeedFactory(file=file), {"label": "Un cours du soir", "priority": "1"},
         lambda file: Need.objects.filter(file=file, label="Un cours du soir", priority=1).exists()),
        ("coordonnees", lambda file: file, {"phone": "514 555-0188", "preferred_language": "es"},
         lambda file: (Person.objects.get(files=file).phone, Person.objects.get(files=file).preferred_language)
         == ("+15145550188", "es")),
    ],
)  # fmt: skip
def test_what_is_edited_in_place(agent, file, kind, make, changes, read) -> None:
    address = url(kind, make(file))
    page = said(agent.client.post(address, {**opened(agent, address), **changes}))
    for words in ("Enregistré", "Retour au dossier", "<html"):
        assert words in page, "a whole page without script"
    assert read(file)


def test_a_wrong_value_is_said_beside_its_field(agent, file) -> None:
    address = url("coordonnees", file)
    response = agent.client.post(address, {**opened(agent, address), "phone": "12", "email": "non"})
    assert {"phone", "email"} <= response.context["form"].errors.keys()
    assert Person.objects.get(files=file).phone == file.person.phone


def test_an_agent_moves_a_file_they_answer_for_and_no_other(agent, file, point) -> None:
    elsewhere = f.ServicePointFactory()
    not_mine = f.FileFactory(service_point=point)
    for moved, status in ((file, 200), (not_mine, 403)):
        address = url("point", moved)
        response = agent.client.post(address, {**opened(agent, address), "service_point": elsewhere.pk})
        assert response.status_code == status
    assert File.objects.get(pk=file.pk).service_point == elsewhere
    assert File.objects.get(pk=not_mine.pk).service_point == point


def test_nothing_changes_on_a_closed_file(agent, point) -> None:
    closed = f.FileFactory(service_point=point, agent=agent.user, closed=True)
    need = f.NeedFactory(file=closed)
    address = url("besoin", need)
    response = agent.client.post(address, {**opened(agent, address), "label": "Autre"})
    assert "est fermé" in said(response)
    assert Need.objects.get(pk=need.pk).label == need.label
    assert agent.client.get(reverse("staff:edit_in_place", args=["inconnu", need.uid])).status_code == 404


def test_a_note_corrected_by_its_author_in_two_windows(agent, file) -> None:
    note = f.NoteFactory(file=file, author=agent.user, text="Bail signé.", written_at=clock.now())
    address = reverse("staff:note_edit", args=[note.uid])
    first, second = opened(agent, address), opened(agent, address)
    agent.client.post(address, {**first, "text": "Bail signé hier."})
    response = agent.client.post(address, {**second, "text": "Bail signé lundi."})
    assert [clash.label for clash in response.context["form"].clashes] == ["Texte de la note"]
    agent.client.post(address, {**second, "visibility": "office"})
    note.refresh_from_db()
    assert (note.text, note.visibility) == ("Bail signé hier.", "office")
