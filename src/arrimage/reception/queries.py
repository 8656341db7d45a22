"""Who sees which arrivals, and what an airport agent has before them."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.people.models import Person
from arrimage.reception.enums import ArrivalOutcome
from arrimage.reception.models import Arrival, Flight, Manifest, Party
from arrimage.scheduling.enums import AppointmentKind, AppointmentStatus
from arrimage.scheduling.models import Appointment


def arrivals_visible_to(actor: Actor) -> QuerySet[Arrival]:
    """Return the arrivals of the actor's region, for those who receive them."""
    if not actor.may(Right.RECEIVE_ARRIVALS):
        return Arrival.objects.none()
    arrivals = Arrival.objects.all()
    return arrivals if actor.region_id is None else arrivals.filter(region_id=actor.region_id)


def parties_visible_to(actor: Actor) -> QuerySet[Party]:
    return Party.objects.filter(arrivals__in=arrivals_visible_to(actor)).distinct()


def flights_visible_to(actor: Actor) -> QuerySet[Flight]:
    if not actor.may(Right.RECEIVE_ARRIVALS):
        return Flight.objects.none()
    flights = Flight.objects.all()
    return flights if actor.region_id is None else flights.filter(region_id=actor.region_id)


def manifests_visible_to(actor: Actor) -> QuerySet[Manifest]:
    if not actor.may(Right.IMPORT_ARRIVALS):
        return Manifest.objects.none()
    manifests = Manifest.objects.all()
    return manifests if actor.region_id is None else manifests.filter(region_id=actor.region_id)


def flights_of_day(actor: Actor, day: date) -> QuerySet[Flight]:
    """Return the flights of `day` with how many persons are `announced`, `met` and still `expected`."""
    return (
        flights_visible_to(actor)
        .filter(lands_on=day)
        .annotate(
            announced=Count("arrivals"),
            met=Count("arrivals", filter=Q(arrivals__outcome=ArrivalOutcome.MET)),
            expected=Count("arrivals", filter=Q(arrivals__outcome=ArrivalOutcome.EXPECTED)),
        )
    )


def without_first_appointment(actor: Actor) -> QuerySet[Arrival]:
    """Return the principal persons met whose file is open but who were given no first appointment."""
    booked = Appointment.objects.filter(kind=AppointmentKind.FIRST).exclude(status=AppointmentStatus.CANCELLED)
    return (
        arrivals_visible_to(actor)
        .filter(outcome=ArrivalOutcome.MET, relation="principal", person__isnull=False)
        .exclude(person__in=Person.objects.filter(appointments__in=booked))
    )


def files_of_party(party: Party) -> list[File]:
    """Return the files opened at the airport for the persons of a party, in their region."""
    return list(
        File.objects.filter(person__arrival__party=party, region_id=party.region_id)
        .select_related("person", "agent", "service_point")
        .order_by("pk")
    )
