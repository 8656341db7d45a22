from django.http import HttpRequest
from django.urls import reverse


def invitation_link(request: HttpRequest, token: str) -> str:
    """Return the whole address of an invitation."""
    return request.build_absolute_uri(reverse("invitation", args=[token]))
