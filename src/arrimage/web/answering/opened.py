"""Who has given the code of a link: kept in the session of this device, for half an hour, for that link alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.http import HttpRequest

from arrimage.accounts.context import acting_as
from arrimage.accounts.link_codes import OpenedByCode
from arrimage.accounts.rights import Actor
from arrimage.casework.links import holder_of
from arrimage.casework.models import ReferralLink
from arrimage.foundation import clock

KEY = "opened_link"
OPEN_FOR = timedelta(minutes=30)


def remember(request: HttpRequest, link: OpenedByCode) -> None:
    """Note that the code of this link was given here. The session takes another key: a planted one is worth nothing."""
    request.session.cycle_key()
    request.session[KEY] = {"link": str(link.uid), "until": (clock.now() + OPEN_FOR).isoformat()}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def is_open(request: HttpRequest, link: OpenedByCode) -> bool:
    kept = request.session.get(KEY)
    return kept is not None and kept["link"] == str(link.uid) and clock.now() < datetime.fromisoformat(kept["until"])


@contextmanager
def held(request: HttpRequest, link: ReferralLink, address: str) -> Iterator[Actor]:
    """Do what is inside as the holder of the link, who reaches its referral and nothing else."""
    holder, before = holder_of(link), request.actor  # type: ignore[attr-defined]
    request.actor = holder  # type: ignore[attr-defined]
    try:
        with acting_as(holder, address=address):
            yield holder
    finally:
        request.actor = before  # type: ignore[attr-defined]
