"""Locks of rows of places, taken in one order by whoever changes several referrals at once."""

from collections.abc import Collection

from arrimage.directory.models import ServicePlaces


def lock_places(service_ids: Collection[int]) -> list[int]:
    """Lock the rows of places of these services until the transaction ends; return their keys, in order.

    The functions of `places.functions` lock one row at a time, in the order of the referrals: two batches that touch
    the same services would wait for each other. Taken first, and by key, the locks come to both in the same order.
    """
    rows = ServicePlaces.objects.select_for_update(of=("self",)).filter(service_at_location__service__in=service_ids)
    return list(rows.order_by("pk").values_list("pk", flat=True))
