"""How much an organisation has in hand, by service: numbers only, of referrals it may no longer see too."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import PARTNER_ROLES
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import AFTER_ACCEPTANCE, AWAITING_ANSWER, REFERRAL_TRANSITIONS, ReferralStatus
from arrimage.casework.models import Referral
from arrimage.foundation import clock
from arrimage.territory.working_days import working_days_between

RECENT = timedelta(days=90)


@dataclass
class ServiceLoad:
    """One service: what waits for an answer, what is under way, what ended lately and how, how long answers took.

    `delay` is the median of the working days from the sending to the answer, of the answers given lately; None when
    none was.
    """

    service: str
    waiting: int = 0
    under_way: int = 0
    ended: int = 0
    endings: dict[str, int] = field(default_factory=dict)
    delay: float | None = None


def workload(actor: Actor) -> list[ServiceLoad]:
    """Return the load of each service of the actor's organisation that has, or lately had, referrals. Three queries."""
    if actor.role not in PARTNER_ROLES or actor.scope_id is None:
        return []
    since = clock.today() - RECENT
    final = sorted(status.value for status in REFERRAL_TRANSITIONS.final())
    with acting_as(actor), elevated():
        own = Referral.objects.filter(organisation_id=actor.scope_id).order_by()
        lately = _ended_since(since)
        counts = own.values("service_id", "service__name").annotate(
            waiting=Count("pk", filter=Q(status__in=AWAITING_ANSWER)),
            under_way=Count("pk", filter=Q(status__in=AFTER_ACCEPTANCE)),
            ended=Count("pk", filter=Q(status__in=final) & lately),
        )
        loads = {
            row["service_id"]: ServiceLoad(row["service__name"], row["waiting"], row["under_way"], row["ended"])
            for row in counts
            if row["waiting"] or row["under_way"] or row["ended"]
        }
        endings = own.filter(lately, status__in=final).values_list("service_id", "status").annotate(count=Count("pk"))
        for service, status, count in endings:
            loads[service].endings[str(ReferralStatus(status).label)] = count
        answered = own.filter(answered_on__gte=since)
        days: dict[int, list[tuple[date, date]]] = {}
        for service, sent_on, answered_on in answered.values_list("service_id", "sent_on", "answered_on"):
            if sent_on and answered_on:
                days.setdefault(service, []).append((sent_on, answered_on))
    for service, pairs in days.items():
        if service in loads:
            loads[service].delay = _median_delay(pairs)
    return sorted(loads.values(), key=lambda load: (-load.waiting, -load.under_way, load.service))


def _ended_since(day: date) -> Q:
    """Keep the referrals that ended from that day: a refusal ends on the day of its answer."""
    return Q(ended_on__gte=day) | Q(ended_on__isnull=True, answered_on__gte=day)


def _median_delay(pairs: Iterable[tuple[date, date]]) -> float:
    counted = Counter(pairs)
    delays = [working_days_between(*pair) for pair, count in counted.items() for _ in range(count)]
    return float(median(delays))
