"""When and from where each session was last seen; what makes an idle one end."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SEEN = "seen"
EVERY = 5 * 60  # seconds: a session is written at most once in five minutes

Handler = Callable[[HttpRequest], HttpResponse]


class KeepSeen:
    """Note from time to time that a session is alive, which also puts off its end (`SESSION_COOKIE_AGE`)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            if now - request.session.get(SEEN, 0) >= EVERY:
                request.session[SEEN] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
