"""A template's number is a lock: never more appointments at once than it says, whoever books and however."""

from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import system_actor
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.scheduling.actions import NewAppointment, book_appointment, move_appointment
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment
from arrimage.scheduling.queries import Slot
from arrimage.territory.working_days import add_working_days
from tests import factories as f

TOGETHER = 4


def a_day() -> date:
    return add_working_days(clock.today(), 5)


def at(hour: int, minutes: int = 0) -> datetime:
    return clock.at(a_day(), hour, minutes)


def asked(template, agent, starts_at: datetime, **fields) -> NewAppointment:
    return NewAppointment(
        service_point=template.service_point,
        agent=agent.user,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=template.minutes),
        persons=[f.PersonFactory()],
        **fields,
    )


def agents_of(template, count: int) -> list:
    return [f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, service_point=template.service_point) for _ in range(count)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("places", [1, 2])
def test_who_book_at_once_with_different_agents_do_not_pass_the_number(places) -> None:
    template = f.SlotTemplateFactory(places=places)
    wanted = [asked(template, agent, at(9)) for agent in agents_of(template, TOGETHER)]
    actors = [f.actor(Role.INTEGRATION_AGENT) for _ in wanted]
    together = Barrier(TOGETHER)
    answers: list[str] = []

    def run(actor, new) -> None:
        together.wait(10)
        try:
            book_appointment(actor, new)
            answers.append("booked")
        except Conflict as error:
            answers.append(str(error).replace("\u00a0", " "))
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(actors, wanted, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("booked") == places
    assert Appointment.objects.count() == places
    assert {each for each in answers if each != "booked"} == {
        "Cette heure vient d’être prise. Choisissez-en une autre."
    }


@pytest.mark.django_db(transaction=True)
def test_writes_that_go_round_the_actions_do_not_either() -> None:
    template = f.SlotTemplateFactory(places=1)
    agents = agents_of(template, TOGETHER)
    together = Barrier(TOGETHER)
    refused: list[str] = []

    def run(agent) -> None:
        together.wait(10)
        try:
            with transaction.atomic(), acting_as(system_actor("tests")):
                written(template, agent.user, at(9))
        except IntegrityError as error:
            refused.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[agent]) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["slot_template_never_passed"] * (TOGETHER - 1)
    assert Appointment.objects.count() == 1


def written(template, agent, starts_at: datetime, minutes: int = 60, **fields) -> Appointment:
    return f.AppointmentFactory(
        service_point=template.service_point,
        agent=agent,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        **fields,
    )


@pytest.mark.django_db
class TestWhatIsNumbered:
    @pytest.fixture
    def template(self):
        return f.SlotTemplateFactory(places=1)

    @pytest.fixture
    def taken(self, template) -> Appointment:
        return written(template, f.UserFactory(), at(9))

    @pytest.mark.parametrize(
        "other",
        [
            {"starts_at": at(10)},
            {"starts_at": at(9), "kind": AppointmentKind.FOLLOW_UP},
            {"starts_at": at(9), "status": AppointmentStatus.CANCELLED},
            {"starts_at": at(9) + timedelta(days=7)},
            {"starts_at": at(9, 30), "minutes": 120},  # no template holds it whole
        ],
    )
    def test_not_another_hour_kind_or_day_nor_what_is_given_back(self, template, taken, other) -> None:
        assert written(template, f.UserFactory(), **other).pk

    @pytest.mark.parametrize("status", [AppointmentStatus.OFFERED, AppointmentStatus.KEPT])
    def test_what_is_offered_or_kept_counts(self, template, status) -> None:
        written(template, f.UserFactory(), at(9), status=status, held_until=at(8))
        with pytest.raises(IntegrityError, match="no more appointments"):
            written(template, f.UserFactory(), at(9))

    def test_a_part_of_the_same_hour(self, template, taken) -> None:
        with pytest.raises(IntegrityError, match="no more appointments"):
            written(template, f.UserFactory(), at(9, 30), minutes=30)

    def test_templates_that_meet_add_their_numbers(self, template, taken) -> None:
        f.SlotTemplateFactory(service_point=template.service_point, places=1, ends_at=time(10))
        written(template, f.UserFactory(), at(9))
        with pytest.raises(IntegrityError, match="no more appointments"):
            written(template, f.UserFactory(), at(9))

    @pytest.mark.parametrize(
        "fields",
        [
            {"is_withdrawn": True},
            {"last_on": clock.today()},
            {"first_on": clock.today() + timedelta(days=60)},
            {"weekdays": [6]},
        ],
    )
    def test_templates_not_in_force_number_nothing(self, fields) -> None:
        template = f.SlotTemplateFactory(places=1, **fields)
        for _ in range(2):
            assert written(template, f.UserFactory(), at(9)).pk

    def test_moving_into_a_full_hour_is_refused_and_the_old_one_is_kept(self, template, taken) -> None:
        [agent] = agents_of(template, 1)
        other = written(template, agent.user, at(10))
        to = Slot(template.service_point, agent.user, at(9), at(10))
        with pytest.raises(Conflict, match="vient d’être prise"):
            move_appointment(f.actor(Role.INTEGRATION_AGENT), other, to)
        other.refresh_from_db()
        assert other.starts_at == at(10)

    def test_what_passed_it_before_still_takes_a_state_or_a_note(self, template, taken) -> None:
        """A template written after the appointments: they stay, and may be held."""
        template.places = 2
        template.save()
        second = written(template, f.UserFactory(), at(9))
        template.places = 1
        template.save()
        second.note = "Dit au téléphone."
        second.status = AppointmentStatus.KEPT
        second.save()
        assert Appointment.objects.count() == 2
