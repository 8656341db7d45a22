"""Which rooms of a point of service are free."""

from datetime import datetime

from arrimage.scheduling.busy import taken_times
from arrimage.scheduling.models import Room
from arrimage.territory.models import ServicePoint


def free_rooms(
    service_point: ServicePoint, starts_at: datetime, ends_at: datetime, *, places: int = 1, step_free: bool = False
) -> list[Room]:
    """Return the rooms of a point that nobody has between two times, the smallest that suffice first. Two queries."""
    taken = taken_times("room", service_point.region_id, starts_at, ends_at)
    rooms = Room.objects.filter(service_point=service_point, is_used=True, places__gte=places)
    if step_free:
        rooms = rooms.filter(is_step_free=True)
    return [room for room in rooms.order_by("places", "name", "pk") if room.pk not in taken]


def free_room(
    service_point: ServicePoint, starts_at: datetime, ends_at: datetime, *, places: int = 1, step_free: bool = False
) -> Room | None:
    """Return the room to propose; None where none is free: the agent then receives at their desk."""
    return next(iter(free_rooms(service_point, starts_at, ends_at, places=places, step_free=step_free)), None)
