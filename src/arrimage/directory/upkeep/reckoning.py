"""The scores of services: of one as it is now, of all of them as reckoned each night for the list."""

from collections.abc import Iterable

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.models import Review, Service, ServiceQuality
from arrimage.directory.queries import with_parts
from arrimage.directory.upkeep.quality import Score, Subject, assess
from arrimage.foundation import clock

AT_ONCE = 500


def scores_of(services: Iterable[Service]) -> dict[int, Score]:
    """Return the scores of services that came `with_parts` and their organisation, by key. One query."""
    found = list(services)
    keys = {service.organisation_id for service in found}
    due = dict(Review.objects.filter(confirmed_on=None, organisation__in=keys).values_list("organisation_id", "due_on"))
    today = clock.today()
    return {service.pk: assess(Subject(service, today, due.get(service.organisation_id))) for service in found}


@action
def reckon(actor: Actor) -> None:
    """Write down the score of every service offered; those no longer offered lose theirs."""
    require(actor, Right.MANAGE_DIRECTORY)
    offered = Service.objects.filter(is_offered=True)
    ServiceQuality.objects.exclude(service__in=offered.values("pk")).delete()
    for start in range(0, len(keys := list(offered.order_by("pk").values_list("pk", flat=True))), AT_ONCE):
        services = Service.objects.filter(pk__in=keys[start : start + AT_ONCE]).select_related("organisation")
        _write(scores_of(with_parts(services.with_locations())))


def _write(scores: dict[int, Score]) -> None:
    ServiceQuality.objects.bulk_create(
        [
            ServiceQuality(
                service_id=key,
                met=len(score.met),
                relevant=score.relevant,
                missing=[criterion.code for criterion in score.missing],
                reckoned_on=clock.today(),
            )
            for key, score in scores.items()
        ],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["met", "relevant", "missing", "reckoned_on"],
    )
