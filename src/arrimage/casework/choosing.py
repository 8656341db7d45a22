"""Choosing a service for the needs of a file: what is known of the person, what became of those sent before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import ReferralStatus
from arrimage.casework.models import File, Need, Referral
from arrimage.casework.situation import situation_of
from arrimage.directory.choosing.components import Past
from arrimage.directory.choosing.queries import judge, rank_for_themes
from arrimage.directory.choosing.ranking import Choice, Ranking, Wishes
from arrimage.directory.choosing.record import as_kept
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.people.enums import Ability
from arrimage.territory.models import Place

# A referral that the agent took back says nothing of the service.
ENDED = (ReferralStatus.COMPLETED, ReferralStatus.STOPPED, ReferralStatus.DECLINED, ReferralStatus.EXPIRED)
PAST_DAYS = 730  # a service is judged by its last two years


def pasts_of(actor: Actor, region_id: int, themes: Collection[int]) -> dict[tuple[int, int], Past]:
    """Return what became of all the referrals of a region sent in the last two years, by theme and service.

    All of them, and not those `actor` reads: counts alone come out, and `directory.choosing` tells no share of a few.
    """
    counted = Referral.objects.filter(
        region_id=region_id,
        status__in=ENDED,
        sent_on__gt=clock.today() - timedelta(days=PAST_DAYS),
        need__theme__in=themes,
    )
    with acting_as(actor), elevated():
        rows = list(
            counted.order_by()
            .values_list("need__theme", "service")
            .annotate(ended=Count("pk"), completed=Count("pk", filter=Q(status=ReferralStatus.COMPLETED)))
        )
    return {(theme, service): Past(ended, completed) for theme, service, ended, completed in rows}


def wishes_of(file: File, *, place: Place | None = None, mode: str = "") -> Wishes:
    """Return whom a service is chosen for. Without a `place`, distances count from the file's point of service: where
    the person lives is not recorded. Two queries."""
    person = file.person
    spoken = person.languages.filter(speaks__gte=Ability.WELL).values_list("language", flat=True)
    return Wishes(
        region_id=file.region_id,
        today=clock.today(),
        language=person.preferred_language,
        other_languages=tuple(spoken),
        place=place or file.service_point.place,
        mode=mode,
        situation=situation_of(file),
    )


def rank_for_needs(actor: Actor, needs: Sequence[Need], wishes: Wishes) -> dict[int, Ranking]:
    """Return, by need, the order of its services, those where the need was already sent left out.

    A constant number of queries.
    """
    themes = {need.theme_id for need in needs}
    tried: dict[int, set[int]] = {need.pk: set() for need in needs}
    for need, service in Referral.objects.filter(need__in=needs).values_list("need", "service"):
        tried[need].add(service)
    by_theme = rank_for_themes(themes, wishes, pasts_of(actor, wishes.region_id, themes))
    return {need.pk: by_theme[need.theme_id].without(tried[need.pk]) for need in needs}


@dataclass(frozen=True)
class Offer:
    """A service about to be chosen for a need: where it is, and what is kept, by location (`record.as_kept`)."""

    need: Need
    service: Service
    choice: Choice
    kept: Mapping[str, Mapping[str, Any]]


def offers_of(actor: Actor, chosen: Sequence[tuple[Need, Service]], wishes: Wishes) -> list[Offer]:
    """Return what is to be shown of each service before it is sent to. A constant number of queries."""
    rankings = rank_for_needs(actor, [need for need, _service in chosen], wishes)
    found = {(need.pk, service.pk): rankings[need.pk].of(service.pk) for need, service in chosen}
    alone = judge({service for (_need, service), choice in found.items() if choice is None}, wishes)
    return [
        Offer(
            need,
            service,
            found[need.pk, service.pk] or alone[service.pk],
            as_kept(rankings[need.pk], service.pk, wishes),
        )
        for need, service in chosen
    ]
