"""What needs an agent now, by reason or in one list, the most urgent first: three queries, whatever the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, CharField, DateField, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File, PlannedContact, Referral, Step
from arrimage.casework.todo_reasons import ANSWERED_WITHIN, Reason, waiting
from arrimage.scheduling.models import Appointment, Attendance
from arrimage.territory.working_days import add_working_days

SHOWN = 8  # of each reason, on the page
MOST = 500  # of each reason, in the list: what is beyond waits its turn


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


class _Row(NamedTuple):
    """What every reason has in common; the person comes after, with the file or the appointment."""

    reason: str
    uid: UUID
    file_id: int | None
    detail: str
    since: date | None
    due: date | None


@dataclass
class _Guests:
    """Who an appointment is for: the first person, and how many others."""

    at: datetime
    name: str
    file_uid: UUID | None
    others: int = 0


def todo(actor: Actor, *, shown: int = SHOWN) -> dict[Reason, list[CaseTask]]:
    """Return what needs `actor` now, by reason, the most pressing first; up to `shown` + 1 of each.

    One more than `shown` says that there are others. An agent sees their own files; a team lead those of their point
    of service, or of the region.
    """
    if not actor.may(Right.ACCOMPANY):
        return {}
    found: dict[Reason, list[CaseTask]] = {}
    for task in _tasks(actor, list(Reason), shown + 1):
        found.setdefault(task.reason, []).append(task)
    for tasks in found.values():
        tasks.sort(key=_urgency)
    return {reason: found[reason] for reason in Reason if reason in found}


def urgent(actor: Actor, reason: Reason | None = None) -> list[CaseTask]:
    """Return all of it in one list, or all of one reason: the nearest deadline first, then the oldest.

    What is due today and has an hour (an appointment) comes before what is due today and has none.
    """
    if not actor.may(Right.ACCOMPANY):
        return []
    tasks = _tasks(actor, [reason] if reason else list(Reason), MOST)
    return sorted(tasks, key=lambda task: (task.due or date.max, *_urgency(task)))


def _urgency(task: CaseTask) -> tuple[Any, ...]:
    return task.at is None, task.at, task.due or date.max, task.since or date.max, task.name


def _tasks(actor: Actor, reasons: list[Reason], most: int) -> list[CaseTask]:
    """Return the first things of each reason, in no order."""
    branches = [_rows(actor, reason)[:most] for reason in reasons]
    union = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    rows = [_Row(*row) for row in union]
    files = _files(row.file_id for row in rows if row.file_id)
    guests = _guests([row.uid for row in rows if row.file_id is None])
    return [_task(row, files, guests) for row in rows]


# --- One row a thing ------------------------------------------------------------------------------------------------
_DETAILS: dict[type[Model], str] = {Referral: "service__name", Step: "title", PlannedContact: "subject"}
_UIDS: dict[Reason, str] = {Reason.CAME_BACK: "need__uid"}  # the need is what is sent again
_DUE: dict[Reason, str] = {
    Reason.FIRST_APPOINTMENT: "first_appointment_due",
    Reason.EXPIRED: "answer_due",
    Reason.NO_ANSWER: "answer_due",
    Reason.CONSENT_ENDS: "ends_on",
    Reason.STEP_OVERDUE: "due_on",
    Reason.PLANNED_CONTACT: "planned_on",
    Reason.MILESTONE_6: "closes_on",
    Reason.MILESTONE_12: "closes_on",
    Reason.MILESTONE_24: "closes_on",
    Reason.STEP_STILL: "due_on",
}


def _rows(actor: Actor, reason: Reason) -> QuerySet[Any, Any]:
    """Return the rows of a reason, oldest first, as `_Row` has them."""
    queryset = waiting(actor, reason)
    model, due = queryset.model, _DUE.get(reason)
    file: Any = (
        Cast(Value(None), BigIntegerField()) if model is Appointment else F("pk" if model is File else "file_id")
    )
    return queryset.annotate(
        _reason=Value(reason.value, output_field=CharField()),
        _file=file,
        _detail=F(_DETAILS[model]) if model in _DETAILS else Value("", output_field=CharField()),
        _due=F(due) if due else Cast(Value(None), DateField()),
    ).values_list("_reason", _UIDS.get(reason, "uid"), "_file", "_detail", "since", "_due")


def _files(keys: Iterable[int]) -> dict[int, tuple[UUID, str]]:
    """Return the address and the person's name of files, by key."""
    files = File.objects.filter(pk__in=set(keys)).order_by()
    found = files.values_list("pk", "uid", "person__given_name", "person__family_name")
    return {key: (uid, f"{given} {family}".strip()) for key, uid, given, family in found}


def _guests(uids: list[UUID]) -> dict[UUID, _Guests]:
    """Return who appointments are for, by the appointment's uid."""
    if not uids:
        return {}
    file = File.objects.filter(
        person=OuterRef("person"), region=OuterRef("appointment__region"), status=FileStatus.ACTIVE
    )
    attendances = (
        Attendance.objects.filter(appointment__uid__in=uids)
        .annotate(file_uid=Subquery(file.values("uid")[:1]))
        .select_related("person", "appointment")
        .order_by("pk")
    )
    found: dict[UUID, _Guests] = {}
    for each in attendances:
        guests = found.get(each.appointment.uid)
        if guests is None:
            found[each.appointment.uid] = _Guests(each.appointment.starts_at, str(each.person), each.file_uid)
            continue
        guests.others += 1
        guests.file_uid = guests.file_uid or each.file_uid
    return found


def _task(row: _Row, files: dict[int, tuple[UUID, str]], guests: dict[UUID, _Guests]) -> CaseTask:
    reason, due = Reason(row.reason), row.due
    if row.file_id is None:
        who = guests.get(row.uid)
        return CaseTask(
            reason=reason,
            uid=row.uid,
            file_uid=who.file_uid if who else None,
            name=who.name if who else "",
            detail="",
            others=who.others if who else 0,
            since=row.since,
            due=row.since,
            at=who.at if who else None,
        )
    if due is None and row.since is not None:
        due = add_working_days(row.since, ANSWERED_WITHIN[reason])
    uid, name = files[row.file_id]
    return CaseTask(reason, row.uid, uid, name, row.detail, since=row.since, due=due)
