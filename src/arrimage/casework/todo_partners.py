"""What organisations ask of an agent while they hold a referral: referrals, each with `since`."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from arrimage.casework.enums import TO_SCHEDULE, WITH_PARTNER, Settlement
from arrimage.casework.models import DateProposal, Referral, ReferralMessage, SharedAnswerReview


def questions_asked(responsible: Q) -> QuerySet[Referral]:
    """Keep the referrals whose organisation asked something that nobody has answered."""
    asked = ReferralMessage.objects.filter(referral=OuterRef("pk"), from_partner=True, settled_at__isnull=True)
    return _since(Referral.objects.filter(responsible, Exists(asked), status__in=WITH_PARTNER), asked)


def dates_proposed(responsible: Q) -> QuerySet[Referral]:
    """Keep the referrals whose organisation proposes dates that nobody has accepted or refused."""
    proposed = DateProposal.objects.filter(referral=OuterRef("pk"), settlement=Settlement.WAITING)
    return _since(Referral.objects.filter(responsible, Exists(proposed), status__in=TO_SCHEDULE), proposed)


def corrections_proposed(responsible: Q) -> QuerySet[Referral]:
    """Keep the referrals whose organisation corrected answers, until each correction is decided, even after its end."""
    amended = SharedAnswerReview.objects.filter(referral=OuterRef("pk"), settlement=Settlement.WAITING)
    return _since(Referral.objects.filter(responsible, Exists(amended)), amended)


def _since(referrals: QuerySet[Referral], waiting: QuerySet[Any]) -> QuerySet[Referral]:
    first = waiting.order_by("written_at").values("written_at__date")[:1]
    return referrals.annotate(since=Subquery(first))
