"""Which files an agent may open, and on what ground: the one place that says it.

An agent with a point of service opens the files of that point, those assigned to them, those of the absent they replace
today and those of the persons they have an appointment with; without a point, their region's. A team lead opens the
region's. Any other file opens for a limited time, with a reason (`actions.break_glass`). The policies of `guarded` and
`search_function` say the same in SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from arrimage.accounts.enums import PARTNER_ROLES, Right, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.charge import answering_for
from arrimage.casework.models import File
from arrimage.privacy.journal.enums import Basis
from arrimage.privacy.journal.models import BreakGlass
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Attendance


@dataclass(frozen=True)
class Ground:
    """On what ground somebody sees a file; with the exceptional access that opens it, when it is one."""

    basis: Basis
    break_glass: BreakGlass | None = None


def has_assignment(actor: Actor) -> bool:
    """Say whether `actor` opens the files of a point of service and their own, and not the whole region's."""
    return actor.role == Role.INTEGRATION_AGENT and actor.service_point_id is not None


def within_reach(actor: Actor, prefix: str = "") -> Q:
    """Return the condition for the files somebody who accompanies may open; `prefix` leads to the file (`file__`).

    Lists add the region to it: an exceptional access may open one file of another region.
    """
    if actor.region_id is None:
        return Q()
    theirs = Q(**{f"{prefix}region_id": actor.region_id})
    if has_assignment(actor):
        theirs &= (
            Q(**{f"{prefix}service_point_id": actor.service_point_id})
            | Q(**{f"{prefix}agent_id__in": answering_for(actor)})
            | Q(**{f"{prefix}person__in": RawSQL("select casework_persons_met(%s)", [actor.user_id])})
        )
    return theirs | Q(**{f"{prefix}uid__in": opened_exceptionally(actor).values("file_uid")})


def _replaces(actor: Actor, agent_id: int | None) -> bool:
    return User.objects.filter(Q(pk=agent_id), pk__in=answering_for(actor)).exists()


def _met_by(actor: Actor) -> QuerySet[Attendance]:
    return Attendance.objects.filter(appointment__agent=actor.user_id).exclude(
        appointment__status=AppointmentStatus.CANCELLED
    )


def opened_exceptionally(actor: Actor) -> QuerySet[BreakGlass]:
    """Return the exceptional accesses `actor` holds now."""
    return BreakGlass.objects.filter(user=actor.user_id).live().order_by("-expires_at")


def ground_for(actor: Actor, file: File) -> Ground | None:
    """Return on what ground `actor` sees a file; None when there is none. No query, or one or two for a rare ground."""
    if actor.role == Role.NEWCOMER:
        return Ground(Basis.OWN_RECORD) if file.person_id == actor.scope_id else None
    if actor.role in PARTNER_ROLES:
        return Ground(Basis.PARTNER)
    if not actor.may(Right.ACCOMPANY):
        if actor.may(Right.RECEIVE_ARRIVALS) and actor.covers_region(file.region_id):
            return Ground(Basis.RECEPTION)
        return Ground(Basis.PROTECTION) if actor.may(Right.MANAGE_PRIVACY) else None
    if actor.covers_region(file.region_id):
        if basis := _plain_basis(actor, file):
            return Ground(basis)
        if _replaces(actor, file.agent_id):
            return Ground(Basis.REPLACEMENT)
        if _met_by(actor).filter(person=file.person_id).exists():
            return Ground(Basis.MY_APPOINTMENT)
    access = opened_exceptionally(actor).filter(file_uid=file.uid).first()
    return Ground(Basis.BREAK_GLASS, access) if access else None


def _plain_basis(actor: Actor, file: File) -> Basis | None:
    """Return the ground that the file itself says, for a file of the actor's region."""
    if file.agent_id is not None and file.agent_id == actor.user_id:
        return Basis.MY_FILE
    if actor.service_point_id is not None and file.service_point_id == actor.service_point_id:
        return Basis.TEAM_LEAD if actor.role == Role.TEAM_LEAD else Basis.MY_POINT
    if has_assignment(actor):
        return None
    return Basis.TEAM_LEAD if actor.role == Role.TEAM_LEAD else Basis.MY_REGION


def basis_in_sql(actor: Actor, prefix: str = "") -> Case | Value:
    """Return the expression of the ground of each file of a list `actor` sees, as `ground_for` finds it for one."""

    def said(basis: Basis) -> Value:
        return Value(basis.value, output_field=CharField())

    if actor.role in PARTNER_ROLES:
        return said(Basis.PARTNER)
    if not actor.may(Right.ACCOMPANY):
        return said(Basis.PROTECTION)
    mine = When(**{f"{prefix}agent_id": actor.user_id}, then=said(Basis.MY_FILE))
    if actor.role == Role.TEAM_LEAD:
        return Case(mine, default=said(Basis.TEAM_LEAD))
    if not has_assignment(actor):
        return Case(mine, default=said(Basis.MY_REGION))
    point = When(**{f"{prefix}service_point_id": actor.service_point_id}, then=said(Basis.MY_POINT))
    replaced = When(**{f"{prefix}agent_id__in": answering_for(actor)}, then=said(Basis.REPLACEMENT))
    exceptional = When(
        **{f"{prefix}uid__in": opened_exceptionally(actor).order_by().values("file_uid")}, then=said(Basis.BREAK_GLASS)
    )
    return Case(mine, point, replaced, exceptional, default=said(Basis.MY_APPOINTMENT))


def all_within_reach(actor: Actor, files: Iterable[File]) -> bool:
    """Say whether `actor`, who accompanies, may open all these files. No query when the files themselves say so."""
    asked = [
        file
        for file in files
        if not (actor.covers_region(file.region_id) and (actor.system or _plain_basis(actor, file)))
    ]
    if not asked:
        return True
    keys = {file.pk for file in asked}
    return File.objects.filter(within_reach(actor), pk__in=keys).count() == len(keys)
