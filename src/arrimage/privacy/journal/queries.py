"""Who reads the journal, and which exceptional accesses."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation.attention import Task
from arrimage.people.queries import records_of
from arrimage.privacy.journal.enums import Basis
from arrimage.privacy.journal.models import BreakGlass, Reading


def readings_visible_to(actor: Actor) -> QuerySet[Reading]:
    """Return the journal as `actor` may read it: all of it for who protects, one's own record for a newcomer.

    Others read of it what they did themselves.
    """
    readings = Reading.objects.all()
    if actor.may(Right.MANAGE_PRIVACY):
        return readings if actor.region_id is None else readings.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        return readings.filter(person__in=records_of(actor.scope_id or 0))
    return readings.filter(user_id=actor.user_id) if actor.user_id else readings.none()


def consultations_of_own_record(actor: Actor) -> QuerySet[Reading]:
    """Return who else read the record of the person who asks, the last first."""
    return (
        readings_visible_to(actor)
        .exclude(basis=Basis.OWN_RECORD)
        .select_related("service_point", "organisation", "break_glass", "region")
        .order_by("-happened_at", "-pk")
    )


def break_glass_visible_to(actor: Actor) -> QuerySet[BreakGlass]:
    """Return the exceptional accesses `actor` may read: all for who protects, a team lead's region's, one's own."""
    accesses = BreakGlass.objects.all()
    if actor.may(Right.MANAGE_PRIVACY):
        return accesses if actor.region_id is None else accesses.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER:
        return accesses.filter(person__in=records_of(actor.scope_id or 0))
    own = Q(user_id=actor.user_id or 0)
    if actor.role == Role.TEAM_LEAD and actor.region_id is not None:
        return accesses.filter(own | Q(region_id=actor.region_id))
    return accesses.filter(own)


def with_reading_counts(accesses: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    """Add `reading_count`: how many pages were read under each access."""
    return accesses.annotate(reading_count=Count("readings"))


def needing_action(actor: Actor) -> list[Task]:
    """Return the exceptional accesses to review, for who reviews them; one's own are another's to review."""
    if not actor.may(Right.MANAGE_PRIVACY):
        return []
    waiting = (
        break_glass_visible_to(actor)
        .filter(reviewed_at__isnull=True)
        .exclude(user_id=actor.user_id or 0)
        .order_by("opened_at", "pk")
    )
    return [
        Task(
            reason=_("Accès exceptionnels à examiner"),
            label=_("%(name)s, dossier %(number)s") % {"name": access.user_name, "number": access.file_number},
            target="break_glass",
            uid=access.uid,
            deadline=access.review_due,
            since=timezone.localtime(access.opened_at).date(),
            detail=access.get_motive_display(),
        )
        for access in waiting
    ]
