"""What a page calls when it shows somebody's record: one line in the read journal, on the ground that lets them see it.

    read(request, file)                                        # the page of a file
    read(request, file, kind=ObjectKind.PLAN, what=What.PRINTED)
    read(request, person, What.ATTACHMENT, kind=ObjectKind.DOCUMENT, uid=document.uid)
    read_rows(request, rows, What.EXPORTED, kind=ObjectKind.FILE, prefix="")   # an export: one line a person

The same thing shown twice by one request is written once. A part of a page asked for by htmx is written only when the
same person did not open the same thing in the last minutes.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, QuerySet, Value
from django.http import HttpRequest

from arrimage.accounts.context import current, elevated
from arrimage.accounts.enums import PARTNER_ROLES, Right, Role
from arrimage.accounts.rights import Actor
from arrimage.casework.models import File, Referral
from arrimage.casework.reach import basis_in_sql, ground_for
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.models import BreakGlass
from arrimage.privacy.journal.writing import Seen, write_readings, write_readings_of

SAFE = ("GET", "HEAD", "OPTIONS")
PART_OF_A_PAGE = timedelta(minutes=15)
FROM_SEARCH = "recherche"  # `?de=recherche`, on the links of the search page


def read(
    request: HttpRequest,
    record: File | Person,
    what: What | None = None,
    *,
    kind: ObjectKind | None = None,
    uid: UUID | None = None,
    basis: Basis | None = None,
) -> None:
    """Write that the person of this request was shown `record`: a file, or a person where there is no file.

    `what` is found from the request unless told (a form that is sent is `acted`); `uid` is that of the page's own
    record when it is not the file's; `basis` is for a ground that the record cannot say (a person's request).
    """
    actor = _actor(request)
    if actor is None:
        return
    access: BreakGlass | None = None
    if isinstance(record, File):
        ground = None if basis else ground_for(actor, record)
        basis, access = (ground.basis, ground.break_glass) if ground else (basis, None)
        person_id, region_id = record.person_id, record.region_id
        kind = kind or ObjectKind.FILE
    else:
        person_id, region_id = record.pk, record.region_id
        kind = kind or ObjectKind.PERSON
    seen = Seen(
        what or _what(request),
        kind,
        basis or _usual_basis(actor),
        person_id,
        region_id,
        _uid_to_keep(record, uid),
        access.pk if access else None,
    )
    if access is not None:
        request.break_glass = access  # type: ignore[attr-defined]
    _write(request, actor, [seen])


def _uid_to_keep(record: File | Person, uid: UUID | None) -> UUID | None:
    """Return the key of what was shown; never a person's own, which a sealed line would hold when they are gone."""
    if isinstance(record, File):
        return uid or record.uid
    return uid if uid != record.uid else None


def read_persons(
    request: HttpRequest,
    keys: Iterable[int | None],
    what: What | None = None,
    *,
    kind: ObjectKind,
    uid: UUID,
    region_id: int,
) -> None:
    """Write that several persons (by key) were shown by one page (`uid`), in one statement; or the page, if none."""
    actor = _actor(request)
    if actor is None:
        return
    shown = what or _what(request)
    known: list[int | None] = [key for key in dict.fromkeys(keys) if key is not None]
    basis = _usual_basis(actor)
    _write(request, actor, [Seen(shown, kind, basis, key, region_id, uid) for key in known or [None]])


def read_referral(request: HttpRequest, referral: Referral) -> None:
    """Write that a partner was shown a referral. They do not see the file: the system is asked whose it is."""
    actor = _actor(request)
    if actor is None:
        return
    with elevated():
        person_id = File.objects.values_list("person_id", flat=True).get(pk=referral.file_id)
    seen = Seen(_what(request), ObjectKind.REFERRAL, Basis.PARTNER, person_id, referral.region_id, referral.uid)
    _write(request, actor, [seen])


def read_rows(
    request: HttpRequest, rows: QuerySet[Any], what: What, *, kind: ObjectKind, prefix: str = "file__"
) -> None:
    """Write, in one statement, that each person of `rows` was shown.

    `prefix` leads from a row to its file (`""` for files themselves); rows that are persons need none.
    """
    actor = _actor(request)
    if actor is None:
        return
    if actor.role in PARTNER_ROLES:  # who see the referrals and not the files: the rows are theirs already
        shown = list(rows.order_by().values_list("pk", flat=True))
        with elevated():
            write_readings_of(actor, _tuples(actor, rows.model, shown, prefix), what, kind, address=_address())
        return
    keys = rows.order_by().values("pk")
    write_readings_of(actor, _tuples(actor, rows.model, keys, prefix), what, kind, address=_address())


def _tuples(actor: Actor, model: type[Model], keys: Any, prefix: str) -> QuerySet[Any, Any]:
    """Return the query of what the journal keeps of rows: person, region, ground."""
    rows = model._default_manager.filter(pk__in=keys)
    if model is Person:
        usual = Value(_usual_basis(actor).value, output_field=CharField())
        return rows.annotate(_basis=usual).values_list("pk", "region_id", "_basis")
    rows = rows.annotate(_basis=basis_in_sql(actor, prefix))
    return rows.values_list(f"{prefix}person_id", f"{prefix}region_id", "_basis")


def _write(request: HttpRequest, actor: Actor, seen: list[Seen]) -> None:
    already: set[Any] = request.__dict__.setdefault("readings", set())
    fresh = [each for each in seen if (each.person_id, each.kind, each.object_uid) not in already]
    already.update((each.person_id, each.kind, each.object_uid) for each in fresh)
    partial = request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted")
    since = clock.now() - PART_OF_A_PAGE if partial and request.method in SAFE else None
    write_readings(actor, fresh, address=_address(), once_since=since)


def _actor(request: HttpRequest) -> Actor | None:
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def _address() -> str:
    context = current()
    return context.address if context else ""


def _what(request: HttpRequest) -> What:
    if request.method not in SAFE:
        return What.ACTED
    return What.FOUND if request.GET.get("de") == FROM_SEARCH else What.OPENED


def _usual_basis(actor: Actor) -> Basis:
    """Return the ground of a role, where the record says nothing of it."""
    if actor.role == Role.NEWCOMER:
        return Basis.OWN_RECORD
    if actor.role in PARTNER_ROLES:
        return Basis.PARTNER
    if actor.may(Right.MANAGE_PRIVACY):
        return Basis.PROTECTION
    if actor.may(Right.RECEIVE_ARRIVALS):
        return Basis.RECEPTION
    return Basis.TEAM_LEAD if actor.role == Role.TEAM_LEAD else Basis.MY_REGION
