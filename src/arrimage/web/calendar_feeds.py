"""The page where one makes, copies and takes back the secret address of a calendar: staff and newcomers alike."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.scheduling.feeds import Shared, feed_of, make_feed, revoke_feed
from arrimage.web.access import refusals_shown
from arrimage.web.requests import ActingRequest


def feed_page(request: ActingRequest, shared: Shared, template: str, trail: list[tuple[str, str]]) -> HttpResponse:
    """Show whether there is an address; `do=make` makes one and shows it, this once; `do=revoke` takes it back.

    The address is in the answer to the form and nowhere else: a session that kept it would keep it readable.
    """
    address = ""
    if request.method == "POST":
        with refusals_shown(request):
            if request.POST.get("do") == "revoke":
                revoke_feed(request.actor, shared)
                messages.success(request, _("L’adresse est retirée : elle ne montre plus rien."))
                return redirect(request.get_full_path())
            address = f"{settings.SITE_ADDRESS}{reverse('calendar_feed', args=[make_feed(request.actor, shared)])}"
    context = {
        "title": _("S’abonner au calendrier"),
        "trail": trail,
        "feed": feed_of(request.actor, shared),
        "place": shared.room or shared.service_point,
        "address": address,
    }
    return render(request, template, context)
