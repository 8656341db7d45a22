"""Reads of the texts of bilans: those of the regions whose figures one sees."""

from django.db.models import QuerySet

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.reporting.models import BilanText
from arrimage.reporting.period import Period
from arrimage.territory.models import Region


def texts_visible_to(actor: Actor) -> QuerySet[BilanText]:
    """Return the texts of the actor's region, of all for who acts for the whole of Québec."""
    if not actor.may(Right.SEE_BILAN):
        return BilanText.objects.none()
    texts = BilanText.objects.all()
    return texts if actor.region_id is None else texts.filter(region_id=actor.region_id)


def text_of(actor: Actor, region: Region, period: Period) -> BilanText | None:
    """Return the text of a region and of exactly this period, or None: one query."""
    return texts_visible_to(actor).filter(region=region, first_on=period.first, last_on=period.last).first()
