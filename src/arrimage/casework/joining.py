"""What becomes of referrals and steps when two services of the directory are joined: they follow, but for one need."""

from django.utils.translation import gettext as _

from arrimage.casework.enums import WITH_PARTNER, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.directory.models import Service
from arrimage.directory.upkeep.joining_tables import move, refuse_when
from arrimage.foundation.writing import write_number


def declare() -> None:
    for label in ("Referral", "Step", "ConsentNotice"):
        move(f"casework.{label}")
    refuse_when(two_live_referrals)


def two_live_referrals(kept: Service, gone: Service) -> str:
    """Return what stands in the way when a need is referred to both: which referral goes on is for its agent to say."""
    live = Referral.objects.filter(status__in=WITH_PARTNER | {ReferralStatus.DRAFT})
    twice = live.filter(service=gone, need__in=live.filter(service=kept).values("need")).count()
    if not twice:
        return ""
    return _(
        "Des personnes sont orientées vers les deux services pour un même besoin (%(count)s) : demandez à leurs agents "
        "d’annuler une des deux orientations, puis revenez."
    ) % {"count": write_number(twice)}
