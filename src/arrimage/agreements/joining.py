"""What becomes of what agreements promise when two services of the directory are joined: it follows."""

from django.db.models import F
from django.utils.translation import gettext as _

from arrimage.agreements.models import Deliverable
from arrimage.directory.models import Service
from arrimage.directory.upkeep.joining_tables import move, refuse_when


def declare() -> None:
    move("agreements.Deliverable")
    refuse_when(promised_twice)


def promised_twice(kept: Service, gone: Service) -> str:
    """Return what stands in the way when one agreement promises the same of both: a target is for people to set."""
    twice = Deliverable.objects.filter(
        service=gone, agreement__deliverables__service=kept, agreement__deliverables__measure=F("measure")
    ).select_related("agreement")
    first = twice.first()
    if first is None:
        return ""
    return _(
        "L’entente « %(agreement)s » promet la même chose pour les deux services : gardez-y un seul des deux "
        "livrables, avec la cible voulue, puis revenez."
    ) % {"agreement": first.agreement}
