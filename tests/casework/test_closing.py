"""Closing a file with its results, and reopening it: what is settled, what is refused, who is first."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.assessments import NewNeed
from arrimage.casework.actions.closing import NeedResult, NewClosing
from arrimage.casework.closings import open_ends
from arrimage.casework.enums import FileStatus, NeedStatus, PlanStatus, ReferralStatus, StepStatus
from arrimage.casework.models import Closing, File, FileEvent, Need
from arrimage.casework.retention import _closed
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, DomainError, InvalidInput, NotAllowed, TransitionNotAllowed
from arrimage.scheduling.enums import AppointmentStatus
from tests import factories as f


@pytest.fixture
def agent(db):
    return f.actor(Role.INTEGRATION_AGENT)


def closing(file: File, **fields) -> NewClosing:
    return NewClosing(file, **({"reason": "goals_reached", "summary": "Tout est en place."} | fields))


def test_closing_settles_everything(agent) -> None:
    file = f.FileFactory(opened_on=clock.today() - timedelta(days=90))
    met, dropped = f.NeedFactory(file=file), f.NeedFactory(file=file)
    before = f.NeedFactory(file=file, met=True)
    plan = f.PlanFactory(file=file, agreed=True)
    done, left = f.StepFactory(plan=plan, need=met), f.StepFactory(plan=plan)
    sent, kept = f.ReferralFactory(file=file, sent=True), f.ReferralFactory(file=file, accepted=True)
    started, draft = f.ReferralFactory(file=file, started=True), f.ReferralFactory(file=file)
    start = clock.at(clock.today() + timedelta(days=3), 9)
    booked = f.AppointmentFactory(
        region=file.region, persons=[file.person], starts_at=start, ends_at=start + timedelta(hours=1)
    )
    ends = open_ends(file)
    assert ends.to_take_back == [sent, kept]
    assert ends.under_way == [started]
    assert ends.appointments == [booked]
    needs = {each.pk: NeedResult("met", "Cours terminé.") for each in ends.needs}
    needs[dropped.pk] = NeedResult("withdrawn")
    actions.close_file(
        agent,
        closing(
            file, needs=needs, done=[done.pk], cancelled_referrals=[sent.pk, started.pk],
            cancelled_appointments=[booked.pk],
        ),
    )  # fmt: skip
    for record in (file, met, dropped, before, plan, done, left, sent, kept, started, draft, booked):
        record.refresh_from_db()
    assert (file.status, file.closed_on) == (FileStatus.CLOSED, clock.today())
    assert (met.status, met.result_note, met.closed_on) == (NeedStatus.MET, "Cours terminé.", clock.today())
    assert (dropped.status, before.result_note) == (NeedStatus.WITHDRAWN, "")
    assert plan.status == PlanStatus.CLOSED
    assert (done.status, left.status) == (StepStatus.DONE, StepStatus.DROPPED)
    assert (sent.status, draft.status) == (ReferralStatus.CANCELLED, ReferralStatus.CANCELLED)
    assert "Objectifs atteints" in sent.events.get().note
    assert kept.status == ReferralStatus.ACCEPTED, "left to go on"
    assert started.status == ReferralStatus.STARTED, "what has begun is not taken back"
    assert booked.status == AppointmentStatus.CANCELLED
    event = FileEvent.objects.get(file=file)
    assert (event.from_status, event.to_status, event.actor_name) == ("active", "closed", agent.name)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": "bored"}, "reason"),
        ({"summary": " "}, "summary"),
        ({"on": clock.today() + timedelta(days=1)}, "on"),
        ({"on": clock.today() - timedelta(days=30)}, "on"),
    ],
)
def test_what_closing_needs(agent, fields, field) -> None:
    file = f.FileFactory()
    with pytest.raises(InvalidInput) as error:
        actions.close_file(agent, closing(file, **fields))
    assert error.value.field == field
    assert File.objects.get(pk=file.pk).status == FileStatus.ACTIVE


def test_a_need_without_a_result_stops_the_closing(agent) -> None:
    file = f.FileFactory()
    known, added_since = f.NeedFactory(file=file), f.NeedFactory(file=file)
    for results in ({known.pk: NeedResult("met")}, {known.pk: NeedResult("met"), added_since.pk: NeedResult("open")}):
        with pytest.raises(InvalidInput) as error:
            actions.close_file(agent, closing(file, needs=results))
        assert error.value.field == f"need_{added_since.pk}"
    assert Need.objects.filter(file=file, closed_on__isnull=True).count() == 2


def test_only_who_accompanies_closes_and_reopens(agent) -> None:
    file = f.FileFactory()
    for other in (f.actor(Role.INTEGRATION_AGENT, "13"), f.actor(Role.RECEPTION_AGENT)):
        with pytest.raises(NotAllowed):
            actions.close_file(other, closing(file))
        with pytest.raises(NotAllowed):
            actions.reopen_file(other, file, why="Retour.")


def test_reopening_keeps_the_past_and_counts_again_from_the_next_closing(agent, settings) -> None:
    file = f.FileFactory()
    need = f.NeedFactory(file=file)
    actions.close_file(agent, closing(file, needs={need.pk: NeedResult("met", "Trouvé.")}))
    assert _closed(clock.today()).filter(pk=file.pk).exists()
    with pytest.raises(InvalidInput):
        actions.reopen_file(agent, file, why=" ")
    actions.reopen_file(agent, file, why="La personne est revenue.")
    file.refresh_from_db()
    assert (file.status, file.closed_on) == (FileStatus.ACTIVE, None)
    assert not _closed(clock.today()).filter(pk=file.pk).exists(), "an open file has no end to count from"
    first = Closing.objects.get(file=file)
    assert (first.reopened_on, first.reopened_why) == (clock.today(), "La personne est revenue.")
    with pytest.raises(Conflict):
        actions.reopen_file(agent, file, why="Encore.")
    settings.TODAY = clock.today() + timedelta(days=40)
    actions.note_needs(agent, [NewNeed(file, f.theme(), "Nouveau besoin", 1)])
    fresh = Need.objects.get(file=file, closed_on__isnull=True)
    actions.close_file(agent, closing(file, needs={fresh.pk: NeedResult("not_met")}, reason="moved"))
    file.refresh_from_db()
    assert file.closed_on == clock.today()
    assert [each.to_status for each in file.events.all()] == ["closed", "active", "closed"]
    assert [each.reason for each in Closing.objects.filter(file=file)] == ["moved", "goals_reached"]
    assert Need.objects.get(pk=need.pk).result_note == "Trouvé."


def test_a_person_has_one_open_file_a_region(agent) -> None:
    old = f.FileFactory(closed=True)
    f.FileFactory(person=old.person, region=old.region)
    with pytest.raises(Conflict, match="Un autre dossier"):
        actions.reopen_file(agent, old, why="Retour.")
    assert not FileEvent.objects.exists()


def test_states_follow_their_table(agent) -> None:
    transferred = f.FileFactory(transferred=True)
    with pytest.raises(TransitionNotAllowed):
        actions.close_file(agent, closing(transferred))
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        File.objects.filter(pk=transferred.pk).update(status=FileStatus.CLOSED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_the_second_is_told() -> None:
    agent, file = f.actor(Role.INTEGRATION_AGENT), f.FileFactory()
    said = at_once(lambda: actions.close_file(agent, closing(file)), lambda: actions.close_file(agent, closing(file)))
    assert sorted(said) == ["", "Ce dossier vient d’être fermé par quelqu’un d’autre."]
    assert Closing.objects.count() == 1 == FileEvent.objects.count()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_added_to_a_file_while_it_closes() -> None:
    """Whichever comes first, no open need is left in a closed file."""
    agent, file = f.actor(Role.INTEGRATION_AGENT), f.FileFactory()
    theme = f.theme()
    at_once(
        lambda: actions.close_file(agent, closing(file)),
        lambda: actions.note_needs(agent, [NewNeed(file, theme, "À la dernière minute", 1)]),
    )
    file.refresh_from_db()
    open_needs = Need.objects.filter(file=file, closed_on__isnull=True).count()
    assert (file.status, open_needs) in {(FileStatus.CLOSED, 0), (FileStatus.ACTIVE, 1)}


def at_once(*acts) -> list[str]:
    """Do things at the same time, each on a connection of its own; return what each was refused."""
    said: list[str] = []

    def run(act) -> None:
        try:
            act()
            said.append("")
        except DomainError as error:
            said.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
