"""Reads of agreements and local actions: for those who hold the right, in their region. Persons are never named."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.agreements.enums import AgreementStatus, InstalmentStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.agreements.rules import ENDING_WITHIN_DAYS, INSTALMENT_NOTICE_DAYS, is_behind
from arrimage.casework.enums import AFTER_ACCEPTANCE, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.foundation import clock
from arrimage.foundation.attention import Task
from arrimage.foundation.writing import write_money, write_number

# What each measure counts: the states of a referral, the date that must fall within the agreement, and of what.
_TAKEN = sorted(status.value for status in AFTER_ACCEPTANCE | {ReferralStatus.COMPLETED, ReferralStatus.STOPPED})
_COUNTED: dict[Measure, tuple[list[str], str, str]] = {
    Measure.REFERRALS_ACCEPTED: (_TAKEN, "answered_on", "pk"),
    Measure.REFERRALS_COMPLETED: ([ReferralStatus.COMPLETED.value], "ended_on", "pk"),
    Measure.PERSONS_SERVED: ([ReferralStatus.COMPLETED.value], "ended_on", "file__person"),
}


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements of the actor's region (of every region for a province-wide actor)."""
    return _regional(actor, Agreement.objects.all())


def instalments_visible_to(actor: Actor) -> QuerySet[Instalment]:
    return _regional(actor, Instalment.objects.all())


def deliverables_visible_to(actor: Actor) -> QuerySet[Deliverable]:
    return _regional(actor, Deliverable.objects.all())


def local_actions_visible_to(actor: Actor) -> QuerySet[LocalAction]:
    return _regional(actor, LocalAction.objects.all())


def _regional(actor: Actor, records: QuerySet[Any]) -> QuerySet[Any]:
    if not actor.may(Right.SEE_AGREEMENTS):
        return records.none()
    return records if actor.region_id is None else records.filter(region_id=actor.region_id)


def with_released(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add `released`, the total of the instalments released so far (Decimal, CAD)."""
    released = (
        Instalment.objects.filter(agreement=OuterRef("pk"), status=InstalmentStatus.RELEASED)
        .order_by()
        .values("agreement")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    amount = DecimalField(max_digits=14, decimal_places=2)
    return agreements.annotate(
        released=Coalesce(Subquery(released, output_field=amount), Value(Decimal(0)), output_field=amount)
    )


def with_progress(deliverables: QuerySet[Deliverable]) -> QuerySet[Deliverable]:
    """Add `real`, what the records say of each deliverable's measure.

    Counted on the referrals to its service, in the agreement's region, whose answer (or end, for what is completed)
    falls within the agreement's dates. One query, whatever the number of deliverables.
    """
    whens = [When(measure=measure, then=Subquery(_count_of(measure))) for measure in Measure]
    return deliverables.annotate(real=Coalesce(Case(*whens, output_field=IntegerField()), Value(0)))


def _count_of(measure: Measure) -> QuerySet[Any]:
    statuses, date, what = _COUNTED[measure]
    return (
        Referral.objects.filter(
            **{
                "service": OuterRef("service"),
                "region": OuterRef("region"),
                "status__in": statuses,
                f"{date}__gte": OuterRef("agreement__starts_on"),
                f"{date}__lte": OuterRef("agreement__ends_on"),
            }
        )
        .order_by()
        .values("service")
        .annotate(count=Count(what, distinct=what != "pk"))
        .values("count")
    )


def referrals_behind(deliverable: Deliverable) -> QuerySet[Any, Any]:
    """Return the referrals a deliverable counts, as dictionaries: `file_number`, `counted_on`, `status`, `uid`.

    The file's number says which record it is to those who may open it; nothing here names a person.
    """
    statuses, date, _what = _COUNTED[Measure(deliverable.measure)]
    return (
        Referral.objects.filter(
            **{
                "service": deliverable.service_id,
                "region": deliverable.region_id,
                "status__in": statuses,
                f"{date}__range": (deliverable.agreement.starts_on, deliverable.agreement.ends_on),
            }
        )
        .order_by(f"-{date}", "-pk")
        .values("uid", "status", file_number=F("file__number"), counted_on=F(date))
    )


def needing_action(actor: Actor, *, at_most: int = 50) -> list[Task]:
    """Return what the agreements of `actor`'s region need now, in three queries; the first `at_most` of each reason.

    Instalments due (from thirty days before), deliverables behind their target, agreements that end within sixty days.
    An advisor sees the agreements they follow and those nobody follows; the others who hold the right see them all.
    """
    if not actor.may(Right.MANAGE_AGREEMENTS):
        return []
    today = clock.today()
    followed = agreements_visible_to(actor).filter(status=AgreementStatus.SIGNED)
    if actor.user_id is not None:
        followed = followed.filter(Q(advisor=actor.user_id) | Q(advisor=None))
    with acting_as(actor), elevated():
        behind = list(islice(_deliverables_behind(followed), at_most))
    return [
        *_instalments_due(followed, at_most),
        *behind,
        *(
            Task(
                reason=_("Ententes qui prennent fin"),
                label=agreement.title,
                detail=f"{agreement.number} · {agreement.organisation.name}",
                target="agreement",
                uid=agreement.uid,
                deadline=agreement.ends_on,
            )
            for agreement in followed.filter(
                ends_on__gte=today, ends_on__lte=today + timedelta(days=ENDING_WITHIN_DAYS)
            )
            .select_related("organisation")
            .order_by("ends_on", "number")[:at_most]
        ),
    ]


def _instalments_due(agreements: QuerySet[Agreement], at_most: int) -> Iterable[Task]:
    instalments = Instalment.objects.filter(
        agreement__in=agreements,
        status=InstalmentStatus.PLANNED,
        due_on__lte=clock.today() + timedelta(days=INSTALMENT_NOTICE_DAYS),
    )
    for instalment in instalments.select_related("agreement__organisation").order_by("due_on", "pk")[:at_most]:
        agreement = instalment.agreement
        yield Task(
            reason=_("Versements à autoriser"),
            label=_("%(amount)s à %(organisation)s")
            % {"amount": write_money(instalment.amount), "organisation": agreement.organisation.name},
            detail=f"{agreement.number} · {agreement.title}",
            target="agreement",
            uid=agreement.uid,
            deadline=instalment.due_on,
        )


def _deliverables_behind(agreements: QuerySet[Agreement]) -> Iterable[Task]:
    today = clock.today()
    running = agreements.filter(starts_on__lte=today, ends_on__gte=today)
    deliverables = with_progress(Deliverable.objects.filter(agreement__in=running))
    for deliverable in deliverables.select_related("agreement__organisation").order_by("agreement__ends_on", "pk"):
        agreement, real = deliverable.agreement, deliverable.real  # type: ignore[attr-defined]
        if is_behind(real, deliverable.target, agreement.starts_on, agreement.ends_on, today):
            yield Task(
                reason=_("Livrables en retard sur leur cible"),
                label=_("%(label)s : %(real)s sur %(target)s")
                % {"label": deliverable.label, "real": write_number(real), "target": write_number(deliverable.target)},
                detail=f"{agreement.number} · {agreement.organisation.name}",
                target="agreement",
                uid=agreement.uid,
                deadline=agreement.ends_on,
            )
