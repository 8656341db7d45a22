"""What needs an agent now, the first of each reason: one query, whatever the number of files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File, Referral, Step
from arrimage.casework.todo_reasons import ANSWERED_WITHIN, Reason, waiting
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.territory.working_days import add_working_days

SHOWN = 8  # of each reason, on the page


@dataclass(frozen=True)
class CaseTask:
    """One thing to do: why, on whose file, on which record, since when, until when; `at` for an appointment."""

    reason: Reason
    uid: UUID
    file_uid: UUID | None
    name: str
    detail: str
    others: int = 0
    since: date | None = None
    due: date | None = None
    at: datetime | None = None


def todo(actor: Actor, *, shown: int = SHOWN) -> dict[Reason, list[CaseTask]]:
    """Return what needs `actor` now, by reason, the most pressing first; up to `shown` + 1 of each.

    One more than `shown` says that there are others. An agent sees their own files; a team lead those of their point
    of service, or of the region. One query.
    """
    if not actor.may(Right.ACCOMPANY):
        return {}
    branches = [_rows(actor, reason)[: shown + 1] for reason in Reason]
    found: dict[Reason, list[CaseTask]] = {}
    for row in branches[0].union(*branches[1:], all=True):
        task = _task(*row)
        found.setdefault(task.reason, []).append(task)
    for tasks in found.values():
        tasks.sort(key=lambda task: (task.at is None, task.at, task.due or date.max, task.since or date.max, task.name))
    return {reason: found[reason] for reason in Reason if reason in found}


# --- One row a thing ------------------------------------------------------------------------------------------------
_DETAILS: dict[type[Model], str] = {Referral: "service__name", Step: "title"}
_UIDS: dict[Reason, str] = {Reason.CAME_BACK: "need__uid"}  # the need is what is sent again
_DUE: dict[Reason, str] = {
    Reason.APPOINTMENT: "since",
    Reason.OUTCOME_MISSING: "since",
    Reason.FIRST_APPOINTMENT: "first_appointment_due",
    Reason.EXPIRED: "answer_due",
    Reason.NO_ANSWER: "answer_due",
    Reason.STEP_OVERDUE: "due_on",
}


def _rows(actor: Actor, reason: Reason) -> QuerySet[Any, Any]:
    """Return the rows of a reason, in the shape every reason shares, oldest first."""
    queryset = waiting(actor, reason)
    model = queryset.model
    of_appointment = model is Appointment
    if of_appointment:
        queryset = queryset.annotate(_file=_first_file(), _others=_persons_besides_one()).order_by("starts_at", "pk")
        prefix = ""
    else:
        prefix = "" if model is File else "file__"
    file = F("_file") if of_appointment else F(f"{prefix}uid")
    due = _DUE.get(reason)
    return queryset.annotate(
        _reason=Value(reason.value, output_field=CharField()),
        _uid=F(_UIDS.get(reason, "uid")),
        _file_uid=Cast(file, UUIDField()),
        _given=Cast(_person_name("given_name") if of_appointment else F(f"{prefix}person__given_name"), TextField()),
        _family=Cast(_person_name("family_name") if of_appointment else F(f"{prefix}person__family_name"), TextField()),
        _detail=Cast(F(_DETAILS[model]) if model in _DETAILS else Value(""), TextField()),
        _count=F("_others") if of_appointment else Value(0, output_field=IntegerField()),
        _since=Cast(F("since"), DateField()),
        _due=Cast(F(due) if due else Value(None), DateField()),
        _at=Cast(F("starts_at") if of_appointment else Value(None), DateTimeField()),
    ).values_list("_reason", "_uid", "_file_uid", "_given", "_family", "_detail", "_count", "_since", "_due", "_at")


def _first_person() -> QuerySet[Attendance]:
    return Attendance.objects.filter(appointment=OuterRef("pk")).order_by("pk")


def _person_name(field: str) -> Subquery:
    return Subquery(_first_person().values(f"person__{field}")[:1])


def _first_file() -> Subquery:
    """Return the file, in the appointment's region, of the first person it is for."""
    files = File.objects.filter(
        person__attendances__appointment=OuterRef("pk"), region=OuterRef("region"), status=FileStatus.ACTIVE
    )
    return Subquery(files.order_by("person__attendances__pk").values("uid")[:1])


def _persons_besides_one() -> Coalesce:
    counted = (
        Attendance.objects.filter(appointment=OuterRef("pk"))
        .order_by()
        .values("appointment")
        .annotate(besides=Count("pk") - 1)
        .values("besides")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _task(
    reason: str,
    uid: UUID,
    file_uid: UUID | None,
    given: str | None,
    family: str | None,
    detail: str,
    others: int,
    since: date | None,
    due: date | None,
    at: datetime | None,
) -> CaseTask:
    known = Reason(reason)
    if due is None and since is not None and known in ANSWERED_WITHIN:
        due = add_working_days(since, ANSWERED_WITHIN[known])
    return CaseTask(
        reason=known,
        uid=uid,
        file_uid=file_uid,
        name=f"{given or ''} {family or ''}".strip(),
        detail=detail,
        others=others,
        since=since,
        due=due,
        at=at,
    )
