"""Pages of the register of incidents."""

import pytest
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.registers.models import Incident
from tests.factories import CommunicationFactory, IncidentFactory, PersonFactory
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db
FACTS = {"kind": "loss", "description": "Une clé USB perdue.", "aware_on": clock.today().isoformat()}


@pytest.fixture
def officer(db) -> Visitor:
    return visitor(Role.PRIVACY_OFFICER, None)


@pytest.mark.parametrize("role", [Role.RECEPTION_AGENT, Role.INTEGRATION_AGENT, Role.REGIONAL_DIRECTOR])
def test_anybody_of_the_staff_reports_from_the_person_menu_and_does_not_see_the_register(role: Role) -> None:
    agent = visitor(role)
    page = agent.client.get(reverse("home"), follow=True).content.decode()
    assert reverse("staff:incident_report") in page
    said = agent.send("staff:incident_report", **FACTS)
    incident = Incident.objects.get()
    assert incident.number in said
    assert agent.client.get(reverse("staff:incidents")).status_code == 403
    assert agent.client.get(reverse("staff:incident", args=[incident.uid])).status_code == 403


def test_a_report_without_words_stays_on_its_page(officer: Visitor) -> None:
    page = officer.send("staff:incident_report", status=200, kind="loss", aware_on=clock.today().isoformat())
    assert "Ce champ est obligatoire" in page
    assert not Incident.objects.exists()


def test_an_incident_is_walked_from_report_to_end(officer: Visitor) -> None:
    officer.send("staff:incident_new", **FACTS, person_count="3")
    incident = Incident.objects.get()
    page = officer.open("staff:incident", incident.uid)
    assert "Évaluer le risque" in page
    assert "3, nombre au Québec inconnu" in page
    said = {"sensitivity": "Noms.", "consequences": "Fraude.", "likelihood": "Élevée.", "conclusion": "Lue."}
    page = officer.send("staff:incident_assess", incident.uid, **said, serious_risk="yes", on=clock.today().isoformat())
    assert "À aviser avec diligence : Commission d’accès à l’information, Personnes concernées" in page
    for to, way in (("commission", "form"), ("persons", "mail")):
        page = officer.send("staff:incident_notice", incident.uid, to=to, way=way, given_on=clock.today().isoformat())
    assert "Fermer l’incident" in page
    page = officer.send("staff:incident_close", incident.uid, measures="Accès fermé.", on=clock.today().isoformat())
    assert "il reste au registre" in page
    incident.refresh_from_db()
    assert incident.status == "closed"


def test_a_refused_close_says_who_is_left_to_tell(officer: Visitor) -> None:
    incident = IncidentFactory(serious=True)
    page = officer.send(
        "staff:incident_close", incident.uid, status=200, measures="Rien.", on=clock.today().isoformat()
    )
    assert "Il reste à aviser : Commission d’accès à l’information" in page


def test_two_people_do_not_overwrite_each_other(officer: Visitor) -> None:
    incident = IncidentFactory()
    officer.send("staff:incident_edit", incident.uid, **FACTS, version=1)
    page = officer.send("staff:incident_edit", incident.uid, **FACTS, person_count=4, version=1, status=200)
    assert "a été modifié entre-temps" in page


def test_persons_are_found_named_and_taken_back(officer: Visitor) -> None:
    incident, person = IncidentFactory(), PersonFactory(family_name="Zaytouni")
    page = officer.open("staff:incident_persons", incident.uid, query="?q=zaytouni")
    assert "Zaytouni" in page
    assert "Zaytouni" in officer.send("staff:incident_person_add", incident.uid, person.uid)
    assert "Zaytouni" in officer.open("staff:incident", incident.uid)
    assert Reading.objects.get(person=person, object_uid=incident.uid).basis == "protection"
    officer.send("staff:incident_person_remove", incident.uid, person.uid)
    assert not incident.persons.exists()


def test_the_register_is_narrowed_exported_and_printed(officer: Visitor) -> None:
    serious, other = IncidentFactory(serious=True), IncidentFactory(description="=CMD()")
    page = officer.open("staff:incidents", query="?serious=True")
    assert serious.number in page
    assert other.number not in page
    exported = officer.open("staff:incidents", query="?export=csv")
    for said in ("Motifs", "Conservé jusqu’au", "Rien n’est sorti du bureau.", "'=CMD()"):
        assert said in exported
    printed = officer.open("staff:incidents_print", query="?serious=True")
    assert serious.number in printed
    assert other.number not in printed
    assert "Conséquences appréhendées" in officer.open("staff:incident_print", serious.uid)


def test_many_incidents_cost_no_more(officer: Visitor) -> None:
    IncidentFactory(serious=True)
    before = officer.queries("staff:incidents")
    for _ in range(5):
        IncidentFactory(serious=True)
    assert officer.queries("staff:incidents") == before


def test_communications_are_entered_corrected_exported_and_printed(officer: Visitor) -> None:
    said = {
        "made_on": clock.today().isoformat(),
        "information": "Nom et adresse",
        "concerned": "Une famille",
        "recipient": "Hôpital",
        "purpose": "Soins",
        "ground": "s59p4",
        "reason": "Urgence",
        "decided_by": "Camille",
    }
    assert "Hôpital" in officer.send("staff:communication_new", **said)
    row = officer.client.get(reverse("staff:communications")).context["list"].table.data.data[0]
    officer.send("staff:communication_edit", row.uid, **{**said, "recipient": "CLSC"}, version=row.version)
    assert "CLSC" in officer.open("staff:communication", row.uid)
    for query in ("?export=csv", "?ground=s59p4"):
        assert "CLSC" in officer.open("staff:communications", query=query)
    assert "CLSC" not in officer.open("staff:communications", query="?ground=s67")
    assert "Urgence" in officer.open("staff:communications_print")
    page = officer.send("staff:communication_new", status=200, **{**said, "ground": "s67_2"})
    assert "nommez l’entente ou le contrat" in page


def test_a_communication_names_its_persons(officer: Visitor) -> None:
    row, person = CommunicationFactory(), PersonFactory(family_name="Zaytouni")
    officer.send("staff:communication_person_add", row.uid, person.uid)
    assert "Zaytouni" in officer.open("staff:communication", row.uid)
    officer.send("staff:communication_person_remove", row.uid, person.uid)
    assert "Zaytouni" not in officer.open("staff:communication", row.uid)
