"""What needs the direction, or the privacy officer, now."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.rights import Actor
from arrimage.foundation.attention import Task
from arrimage.foundation.writing import write_number
from arrimage.privacy.retention.actions import may_approve
from arrimage.privacy.retention.enums import RunStatus
from arrimage.privacy.retention.queries import runs_visible_to


def needing_action(actor: Actor) -> list[Task]:
    """Return the destructions `actor` may approve."""
    waiting = runs_visible_to(actor).filter(status=RunStatus.PREPARED).select_related("region")
    return [
        Task(
            reason=_("Destructions à approuver"),
            label=ngettext("%(n)s enregistrement à détruire", "%(n)s enregistrements à détruire", run.total)
            % {"n": write_number(run.total)},
            target="destruction",
            uid=run.uid,
            since=run.prepared_at.date(),
            detail=run.region.name if run.region else _("Sans région"),
        )
        for run in waiting
        if may_approve(actor, run)
    ]
