"""The register of communications without consent."""

from datetime import timedelta

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.foundation.changes import Change
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.privacy.registers import actions
from arrimage.privacy.registers.actions import NewCommunication
from arrimage.privacy.registers.enums import UNDER_WRITTEN_AGREEMENT, Ground
from arrimage.privacy.registers.models import Communication
from arrimage.privacy.registers.queries import communications_visible_to
from tests.factories import CommunicationFactory, PersonFactory, actor

pytestmark = pytest.mark.django_db
SAID = {
    "information": "Nom et adresse",
    "concerned": "Une personne accompagnée",
    "recipient": "Service de police",
    "purpose": "Retrouver une personne en danger",
    "ground": Ground.S59_1,
    "reason": "Menace sérieuse et pressante",
    "decided_by": "Camille Tremblay",
}


@pytest.fixture
def officer(db) -> Actor:
    return actor(Role.PRIVACY_OFFICER, None)


def record(officer: Actor, **fields) -> Communication:
    [row] = actions.record_communications(officer, [NewCommunication(Communication(**{**SAID, **fields}))])
    return row


def test_an_entry_says_all_and_is_numbered(officer: Actor) -> None:
    row = record(officer)
    assert row.number == f"COM-{clock.today().year}-0001"
    assert (row.made_on, row.recorded_by_id) == (clock.today(), officer.user_id)


@pytest.mark.parametrize("name", ["information", "concerned", "recipient", "purpose", "reason", "decided_by"])
def test_nothing_the_law_asks_for_is_left_out(officer: Actor, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        record(officer, **{name: "  "})
    assert refused.value.field == name


def test_a_day_to_come_and_an_unknown_ground_are_refused(officer: Actor) -> None:
    for name, value in (("made_on", clock.today() + timedelta(days=1)), ("ground", "s999")):
        with pytest.raises(InvalidInput) as refused:
            record(officer, **{name: value})
        assert refused.value.field == name


@pytest.mark.parametrize("ground", Ground)
def test_a_written_agreement_is_named_where_the_law_asks_for_one(officer: Actor, ground: Ground) -> None:
    if ground in UNDER_WRITTEN_AGREEMENT:
        with pytest.raises(InvalidInput) as refused:
            record(officer, ground=ground)
        assert refused.value.field == "agreement"
    assert record(officer, ground=ground, agreement="Entente 2026-12").pk


def test_an_entry_is_corrected(officer: Actor) -> None:
    row = record(officer)
    actions.edit_communications(officer, [Change(row, {"recipient": "Sûreté du Québec"}, version=row.version)])
    row.refresh_from_db()
    assert row.recipient == "Sûreté du Québec"


def test_the_persons_it_is_about_may_be_named(officer: Actor) -> None:
    person, row = PersonFactory(), record(officer)
    actions.add_concerned(officer, row, person)
    actions.add_concerned(officer, row, person)
    assert list(row.persons.all()) == [person]
    actions.remove_concerned(officer, row, person)
    assert not row.persons.exists()


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.ADMINISTRATOR])
def test_the_register_is_the_officer_s(role: Role) -> None:
    other, row = actor(role), CommunicationFactory()
    with pytest.raises(NotAllowed):
        record(other)
    with pytest.raises(NotAllowed):
        actions.edit_communications(other, [Change(row, {"recipient": "Ailleurs"})])
    assert not communications_visible_to(other).exists()
