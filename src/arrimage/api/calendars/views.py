"""`/calendrier/TOKEN.ics`: a calendar for whoever holds its address. Unknown and taken back are the same: 404."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.rights import Actor
from arrimage.api.calendars.writing import as_icalendar
from arrimage.scheduling.feed_events import events_of
from arrimage.scheduling.feeds import opened
from arrimage.scheduling.models import CalendarFeed
from arrimage.web.access import open_to_all


@open_to_all
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar; nothing (304) to a program that has it already, as its `ETag` says."""
    text = opened(token, _written)
    if text is None:
        raise Http404
    etag = quote_etag(hashlib.sha256(text).hexdigest())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendrier.ics"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _written(feed: CalendarFeed, actor: Actor) -> bytes:
    with translation.override(feed.holder.language):
        return as_icalendar(events_of(feed, actor), name=_name(feed))


def _name(feed: CalendarFeed) -> str:
    """Return the title of the calendar, which names a place and never a person."""
    if feed.room is not None:
        return f"{feed.room.service_point}, {feed.room}"
    return str(feed.service_point) if feed.service_point else _("Rendez-vous")
