"""Files where a consent needs the agent: taken back, or soon over while a partner still counts on it."""

from datetime import timedelta

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from arrimage.casework.enums import WITH_PARTNER, NeedStatus, ReferralStatus
from arrimage.casework.models import File, Referral
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import COVERS_REFERRALS, Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.rules import ENDING_SOON_DAYS

LOOK_BACK_DAYS = 90


def consents_ending(files: QuerySet[File]) -> QuerySet[File]:
    """Keep the files with a referral at a partner whose consent ends within 30 days, or ended lately; `ends_on`."""
    today = clock.today()
    soon = today + timedelta(days=ENDING_SOON_DAYS)
    standing = Consent.objects.filter(purpose__in=COVERS_REFERRALS, withdrawn_on__isnull=True)
    ending = standing.filter(expires_on__gte=today - timedelta(days=LOOK_BACK_DAYS), expires_on__lte=soon)
    lasting = standing.filter(expires_on__gt=soon)
    # Of a consent that ends: the referrals at a partner that rest on it, and on nothing that lasts longer.
    held = Referral.objects.filter(
        file__person=OuterRef("person"), region=OuterRef("region"), status__in=WITH_PARTNER
    ).exclude(
        Exists(
            lasting.filter(
                person=OuterRef("file__person"), region=OuterRef("region"), recipient=OuterRef("organisation")
            )
        )
    )
    resting = Exists(held.filter(organisation=OuterRef("recipient"))) | Q(recipient__isnull=True) & Exists(held)
    general = lasting.filter(person=OuterRef("person"), region=OuterRef("region"), recipient__isnull=True)
    first = (
        ending.filter(resting, person=OuterRef("person"), region=OuterRef("region"))
        .exclude(Exists(general))
        .order_by("expires_on")
    )
    return (
        files.filter(person__in=ending.values("person"))
        .annotate(ends_on=Subquery(first.values("expires_on")[:1], output_field=DateField()))
        .filter(ends_on__isnull=False)
        .annotate(since=F("ends_on"))
    )


def consents_withdrawn(files: QuerySet[File]) -> QuerySet[File]:
    """Keep the files where a person took back a consent and something is still to be done about it; `since`.

    A referral cancelled by it leaves a need to speak of again, one under way is to be settled with the partner, and an
    accompaniment refused is to be closed or spoken of.
    """
    today = clock.today()
    lately = today - timedelta(days=LOOK_BACK_DAYS)
    later = Referral.objects.filter(need=OuterRef("need"), pk__gt=OuterRef("pk"))
    touched = Referral.objects.filter(file=OuterRef("pk"), consent_withdrawn_on__gte=lately).filter(
        Q(status__in=WITH_PARTNER) | Q(status=ReferralStatus.CANCELLED, need__status=NeedStatus.OPEN) & ~Exists(later)
    )
    again = Consent.objects.live_on(today).filter(
        person=OuterRef("person"), region=OuterRef("region"), purpose=Purpose.ACCOMPANIMENT
    )
    refused = Consent.objects.filter(
        person=OuterRef("person"),
        region=OuterRef("region"),
        purpose=Purpose.ACCOMPANIMENT,
        withdrawn_on__gte=lately,
    ).exclude(Exists(again))
    return files.annotate(
        since=Coalesce(
            Subquery(touched.order_by("-consent_withdrawn_on").values("consent_withdrawn_on")[:1]),
            Subquery(refused.order_by("-withdrawn_on").values("withdrawn_on")[:1]),
            output_field=DateField(),
        )
    ).filter(since__isnull=False)
