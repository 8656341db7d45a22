"""An incident: anybody of the staff reports it, the privacy officer works it, the register keeps it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.privacy.registers import actions
from arrimage.privacy.registers.actions import Assessment, Closing, NewNotice
from arrimage.privacy.registers.enums import Ground, IncidentStatus, NoticeTo, NoticeWay
from arrimage.privacy.registers.models import Communication, Incident, IncidentPerson
from arrimage.privacy.registers.queries import incidents_visible_to
from arrimage.privacy.registers.rules import incident_kept_until
from tests.factories import IncidentFactory, PersonAccountFactory, PersonFactory, actor
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db) -> Actor:
    return actor(Role.PRIVACY_OFFICER, None)


def fresh(**fields) -> Incident:
    return Incident(**{"kind": "loss", "description": "Une clé USB perdue.", "aware_on": clock.today(), **fields})


def assessment(incident: Incident, *, serious: bool, **fields) -> Assessment:
    said = {"sensitivity": "Noms.", "consequences": "Fraude.", "likelihood": "Faible.", "conclusion": "Chiffrée."}
    return Assessment(incident=incident, serious_risk=serious, **{**said, **fields})


def assessed(officer: Actor, *, serious: bool) -> Incident:
    [incident] = actions.assess_incidents(officer, [assessment(IncidentFactory(), serious=serious)])
    return incident


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_anybody_of_the_staff_reports_and_only_the_officer_reads(role: Role) -> None:
    who = actor(role, None if role in (Role.PRIVACY_OFFICER, Role.MINISTRY_ANALYST, Role.ADMINISTRATOR) else "06")
    [incident] = actions.report_incidents(who, [fresh()])

    assert incident.number == f"INC-{clock.today().year}-0001"
    assert incident.reported_by_id == who.user_id
    assert incident.region_id == who.region_id
    assert incident.keep_until == incident_kept_until(incident.aware_on)
    assert [event.to_status for event in incident.events.all()] == [IncidentStatus.OPEN]
    assert incidents_visible_to(who).exists() is (role == Role.PRIVACY_OFFICER)


def test_a_person_or_a_partner_does_not_report_here() -> None:
    with pytest.raises(NotAllowed):
        actions.report_incidents(actor_of(PersonAccountFactory()), [fresh()])


def test_numbers_follow_in_the_year_the_incident_was_known(officer: Actor) -> None:
    last_year = clock.today() - timedelta(days=366)
    one, two, old = actions.report_incidents(officer, [fresh(), fresh(), fresh(aware_on=last_year)])
    assert [one.number[-4:], two.number[-4:]] == ["0001", "0002"]
    assert old.number == f"INC-{last_year.year}-0001"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"description": "  "}, "description"),
        ({"aware_on": clock.today() + timedelta(days=1)}, "aware_on"),
        ({"occurred_until": clock.today()}, "occurred_from"),
        ({"occurred_from": clock.today(), "occurred_until": clock.today() - timedelta(days=1)}, "occurred_until"),
        ({"occurred_from": clock.today(), "aware_on": clock.today() - timedelta(days=1)}, "occurred_from"),
        ({"person_count": 3, "quebec_count": 4}, "quebec_count"),
        ({"information_kinds": ["secret"]}, "information_kinds"),
    ],
)
def test_facts_that_do_not_hold_are_refused(officer: Actor, fields: dict, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.report_incidents(officer, [fresh(**fields)])
    assert refused.value.field == field


def test_facts_are_completed_and_the_time_of_keeping_follows_the_day_it_was_known(officer: Actor) -> None:
    incident = IncidentFactory()
    earlier = clock.today() - timedelta(days=10)
    actions.edit_incidents(officer, [Change(incident, {"aware_on": earlier, "person_count": 12}, version=1)])
    incident.refresh_from_db()
    assert (incident.person_count, incident.keep_until) == (12, incident_kept_until(earlier))
    with pytest.raises(Conflict):
        actions.edit_incidents(officer, [Change(incident, {"person_count": 13}, version=1)])


def test_an_incident_without_serious_risk_needs_no_notice_to_be_closed(officer: Actor) -> None:
    incident = assessed(officer, serious=False)
    assert incident.status == IncidentStatus.ASSESSED
    [closed] = actions.close_incidents(officer, [Closing(incident, "Mot de passe changé.")])
    assert (closed.status, closed.closed_on) == (IncidentStatus.CLOSED, clock.today())


def test_a_serious_incident_is_closed_only_after_its_two_notices(officer: Actor) -> None:
    incident = assessed(officer, serious=True)
    with pytest.raises(TransitionNotAllowed, match="Commission d’accès à l’information, Personnes concernées"):
        actions.close_incidents(officer, [Closing(incident, "Accès fermé.")])
    actions.give_notices(officer, [NewNotice(incident, NoticeTo.COMMISSION, NoticeWay.FORM)])
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.ASSESSED
    actions.give_notices(officer, [NewNotice(incident, NoticeTo.PERSONS, NoticeWay.MAIL)])
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.NOTIFIED
    actions.close_incidents(officer, [Closing(incident, "Accès fermé.")])
    assert [event.to_status for event in incident.events.all()] == ["assessed", "notified", "closed"]


def test_new_facts_open_a_closed_incident_again(officer: Actor) -> None:
    incident = assessed(officer, serious=False)
    actions.close_incidents(officer, [Closing(incident, "Rien de plus.")])
    [again] = actions.assess_incidents(officer, [assessment(incident, serious=True, conclusion="La clé a été lue.")])
    assert (again.status, again.closed_on) == (IncidentStatus.ASSESSED, None)


def test_an_assessment_says_all_four_things(officer: Actor) -> None:
    for name in ("sensitivity", "consequences", "likelihood", "conclusion"):
        with pytest.raises(InvalidInput) as refused:
            actions.assess_incidents(officer, [assessment(IncidentFactory(), serious=False, **{name: " "})])
        assert refused.value.field == name


def test_no_notice_before_the_assessment(officer: Actor) -> None:
    with pytest.raises(TransitionNotAllowed, match="Évaluez d’abord"):
        actions.give_notices(officer, [NewNotice(IncidentFactory(), NoticeTo.PERSONS, NoticeWay.MAIL)])


def test_a_public_notice_says_why_and_another_recipient_is_named(officer: Actor) -> None:
    incident = assessed(officer, serious=True)
    with pytest.raises(InvalidInput) as refused:
        actions.give_notices(officer, [NewNotice(incident, NoticeTo.PERSONS, NoticeWay.PUBLIC)])
    assert refused.value.field == "note"
    with pytest.raises(InvalidInput) as refused:
        actions.give_notices(officer, [NewNotice(incident, NoticeTo.OTHER, NoticeWay.PHONE)])
    assert refused.value.field == "recipient"


def test_what_is_told_to_reduce_the_risk_enters_the_register_of_communications(officer: Actor) -> None:
    incident = assessed(officer, serious=True)
    person = PersonFactory()
    actions.link_person(officer, incident, person)
    notice = NewNotice(
        incident,
        NoticeTo.OTHER,
        NoticeWay.PHONE,
        recipient="Institution financière",
        information="Nom, numéro de carte",
    )
    actions.give_notices(officer, [notice])
    entry = Communication.objects.get()
    assert (entry.ground, entry.incident, entry.recipient) == (Ground.S63_8, incident, "Institution financière")
    assert list(entry.persons.all()) == [person]


def test_nothing_is_told_to_others_without_serious_risk(officer: Actor) -> None:
    incident = assessed(officer, serious=False)
    with pytest.raises(TransitionNotAllowed, match="sans le consentement"):
        actions.give_notices(officer, [NewNotice(incident, NoticeTo.OTHER, NoticeWay.PHONE, recipient="Banque")])


def test_a_person_is_named_once_and_taken_back(officer: Actor) -> None:
    incident, person = IncidentFactory(), PersonFactory()
    actions.link_person(officer, incident, person)
    actions.link_person(officer, incident, person)
    assert IncidentPerson.objects.count() == 1
    actions.unlink_person(officer, incident, person)
    assert not IncidentPerson.objects.exists()


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.REGIONAL_DIRECTOR])
def test_the_work_is_the_officer_s(role: Role) -> None:
    incident, other = IncidentFactory(), actor(role)
    for act in (
        lambda: actions.edit_incidents(other, [Change(incident, {"person_count": 1})]),
        lambda: actions.assess_incidents(other, [assessment(incident, serious=False)]),
        lambda: actions.give_notices(other, [NewNotice(incident, NoticeTo.PERSONS, NoticeWay.MAIL)]),
        lambda: actions.close_incidents(other, [Closing(incident, "Rien.")]),
        lambda: actions.link_person(other, incident, PersonFactory()),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_database_keeps_an_incident_five_years() -> None:
    kept, old = IncidentFactory(), IncidentFactory(aware_on=clock.today() - timedelta(days=6 * 366))
    with as_owner():
        with pytest.raises(DatabaseError, match="is kept until"), transaction.atomic():
            kept.delete()
        with pytest.raises(IntegrityError, match="incident_kept_five_years"), transaction.atomic():
            Incident.objects.filter(pk=kept.pk).update(keep_until=clock.today())
        old.delete()


def test_the_database_refuses_a_state_without_its_conclusion_and_a_leap() -> None:
    incident = IncidentFactory()
    with pytest.raises(IntegrityError, match="incident_assessed_iff_concluded"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status="assessed")
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status="notified", serious_risk=True, conclusion="Oui.")
