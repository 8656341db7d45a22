"""Who a message about an appointment goes to: whoever attends; for a child, the adult who answers for them.

That adult signed a consent of the child's that still holds, or else is the principal person or the spouse of the
household the child lives in, in this order; never a relative of another household, whom the child may be kept from.
A child is never written to. Consent and address are those of whoever is written to.
"""

from datetime import date
from typing import Any, TypeVar

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from arrimage.casework.models import AppointmentMessage
from arrimage.foundation import clock
from arrimage.people.births import certainly_born_by
from arrimage.people.enums import Relation
from arrimage.people.models import Member, Person
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.rules import months_later
from arrimage.scheduling.models import Attendance

M = TypeVar("M", Attendance, AppointmentMessage)

MAJORITY = 18  # Civil Code of Québec, article 153


def with_recipient(rows: QuerySet[M], field: str) -> QuerySet[Any]:
    """Add to attendances, or messages, the key of the person a message goes to (`reached`) and their address
    (`reached_at`, the `field` of it: `email`, `phone`); both null when nobody may be written to."""
    child = Q(person__birth_date__isnull=False) & ~_of_age("person__")
    adults = Subquery(_answer_for_the_child(field).values("pk")[:1])
    reached = Case(When(child, then=adults), default=F("person"), output_field=BigIntegerField())
    reachable = Person.objects.filter(
        Exists(_contact_consents(person=OuterRef("pk"), region=OuterRef(OuterRef("appointment__region")))),
        pk=OuterRef("reached"),
    ).exclude(**{field: ""})
    return rows.annotate(reached=reached).annotate(reached_at=Subquery(reachable.values(field)[:1]))


def recipient_of(message: AppointmentMessage, field: str) -> Person | None:
    """Return who a message goes to now; None once nobody may be written to."""
    found = with_recipient(AppointmentMessage.objects.filter(pk=message.pk), field).exclude(reached_at=None)
    return Person.objects.filter(pk__in=found.values("reached")).first()


def _answer_for_the_child(field: str) -> QuerySet[Person]:
    """Return the adults who answer for the child of the row around, and may be written to there, the first first."""
    child = OuterRef(OuterRef("person"))
    signed = Consent.objects.live_on(clock.today()).filter(person=child, guardian=OuterRef("pk"))
    lives_with = Member.objects.filter(
        person=OuterRef("pk"),
        ends_on=None,
        household__memberships__person=child,
        household__memberships__ends_on=None,
    )
    consents = _contact_consents(person=OuterRef("pk"), region=OuterRef(OuterRef("appointment__region")))
    rank = Case(
        When(Exists(signed), then=Value(0)),
        When(Exists(lives_with.filter(relation=Relation.PRINCIPAL)), then=Value(1)),
        When(Exists(lives_with.filter(relation=Relation.SPOUSE)), then=Value(2)),
        output_field=IntegerField(),
    )
    adults = Person.objects.filter(Q(birth_date=None) | _of_age(""), Exists(consents), merged_into=None)
    return adults.exclude(**{field: ""}).annotate(rank=rank).exclude(rank=None).order_by("rank", "pk")


def _contact_consents(**of: Any) -> QuerySet[Consent]:
    return Consent.objects.live_on(clock.today()).filter(purpose=Purpose.CONTACT, **of)


def _of_age(prefix: str) -> Q:
    """Return the condition that a person is of age today, for certain."""
    return certainly_born_by(_eighteen_years_ago(clock.today()), prefix)


def _eighteen_years_ago(day: date) -> date:
    return months_later(day, -12 * MAJORITY)
