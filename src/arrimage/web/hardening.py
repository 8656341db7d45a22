"""What every answer carries, and what no request may: set once, around every page."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from arrimage.web.access import PUBLIC, access_of

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

# What the browser itself may give a page: nothing but passkeys, and where one is, to who asks for what is near.
PERMISSIONS = ", ".join(
    [
        *(
            f"{power}=()"
            for power in (
                "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
                "gyroscope", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
            )
        ),
        "geolocation=(self)",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)  # fmt: skip


class Headers:
    """Keep personal pages out of every cache, and each page away from other sites.

    `no-store` also keeps a page out of the browser's "back": on a shared computer, nothing is read after signing out.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not _is_public(request, response):
            response["Cache-Control"] = "no-store"
        if request.method == "POST" and request.path == reverse("account_logout"):
            # The cache only: "storage" would take what an offline tablet has not sent yet.
            response["Clear-Site-Data"] = '"cache"'
        return response


class RefuseMalformed:
    """Refuse, before anything is read or asked of the database, what no browser of ours sends; say when it is away."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # refuses a host that is not ours
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.REQUEST_MAX_BYTES:
            return HttpResponse(render_to_string("413.html"), status=413)  # nobody is known yet
        try:
            connection.ensure_connection()
        except OperationalError:
            logger.exception("the database does not answer")
            return HttpResponse(render_to_string("500.html"), status=503, headers={"Retry-After": "60"})
        return self.get_response(request)


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer is the same for everybody: a public page, opened and left without a session."""
    cookie = settings.SESSION_COOKIE_NAME
    if response.status_code >= 400 or cookie in request.COOKIES or cookie in response.cookies:
        return False
    match = request.resolver_match
    return match is not None and access_of(match.func) == PUBLIC
