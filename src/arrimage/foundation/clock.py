"""The clock everything asks, so that a demonstration or a test can hold it still."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the local date of the installation (America/Montreal), or the day it is held at."""
    return settings.TODAY or timezone.localdate()


def now() -> datetime:
    """Return the current instant; on the held day, at the true time of day."""
    instant = timezone.now()
    if settings.TODAY is None:
        return instant
    return instant + timedelta(days=(settings.TODAY - timezone.localdate(instant)).days)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant of a local time of day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
