"""The registers of the demonstration: each thing the privacy officer may have to do is there today."""

import pytest

from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.demo.privacy import keep_registers
from arrimage.foundation import clock
from arrimage.privacy.registers.actions import copies
from arrimage.privacy.registers.enums import RequestStatus
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest
from arrimage.privacy.registers.todo import needing_action
from tests.factories import PersonAccountFactory, PersonFactory, actor

pytestmark = pytest.mark.django_db


def test_the_officer_has_work_of_each_kind_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "build_archive", lambda actor, person: b"PK copie")
    PersonFactory.create_batch(6)
    officer = actor(Role.PRIVACY_OFFICER, None)
    newcomer = actor_of(PersonAccountFactory())
    keep_registers(clock.today(), officer, actor(Role.INTEGRATION_AGENT), actor(Role.RECEPTION_AGENT), newcomer)

    tasks = needing_action(officer)
    assert {task.reason.replace("\u00a0", " ") for task in tasks} == {
        "Avis à donner",
        "Demandes : identité à vérifier",
        "Demandes à répondre",
        "Incidents à fermer",
        "Incidents à évaluer",
    }
    assert any(task.deadline and task.deadline < clock.today() for task in tasks if task.target == "request")
    assert Incident.objects.values("status").distinct().count() == 3
    assert Communication.objects.filter(incident__isnull=False).count() == 1
    assert PersonRequest.objects.get(person_id=newcomer.scope_id, kind="portability").status == RequestStatus.GRANTED
