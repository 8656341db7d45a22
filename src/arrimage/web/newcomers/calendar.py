"""One's appointments in one's own telephone, by a secret address."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.scheduling.feeds import Shared
from arrimage.web.access import allows
from arrimage.web.calendar_feeds import feed_page
from arrimage.web.requests import ActingRequest


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: ActingRequest) -> HttpResponse:
    trail = [(_("Mes rendez-vous"), reverse("newcomers:appointments"))]
    return feed_page(request, Shared(), "newcomers/calendar_feed.html", trail)
