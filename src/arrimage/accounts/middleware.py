"""The transaction around a request, and the role its user acts in."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from arrimage.accounts.context import request_of
from arrimage.accounts.models import DatedGrant, User, grant_models, live_grants
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation import clock
from arrimage.foundation.database import set_context

Handler = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "acting_grant"
VISITOR = "personne sans compte ouvert"  # in whose name a password is chosen from a link, or a session begins


class OneTransaction:
    """One transaction around the view *and* the rendering of its page; undone when the answer is an error of ours.

    Django's `ATOMIC_REQUESTS` ends before a `TemplateResponse` renders, so a page could show what was never saved.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class ActingUser:
    """Set `request.actor`: the signed-in user in the one role they chose, or None; and tell the database.

    The grant is read again at each request, so that somebody who leaves loses access at once.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = acting(request)
        request.actor = actor  # type: ignore[attr-defined]
        address = get_adapter(request).get_client_ip(request)
        if actor:
            with request_of(actor, address):
                return self.get_response(request)
        user = request.user
        set_context(
            actor=user.pk,
            name=user.name if isinstance(user, User) else VISITOR,
            address=address,
        )
        return self.get_response(request)


def acting(request: HttpRequest) -> Actor | None:
    """Return the actor of this request: the grant its session names, or the user's first live one."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    grant = remembered_grant(user, request.session.get(SESSION_KEY))
    if grant is None:
        grants = live_grants(user, clock.today())
        if not grants:
            return None
        grant = grants[0]
        request.session[SESSION_KEY] = grant.key()
    return actor_of(grant, user)


def remembered_grant(user: User, key: str | None) -> DatedGrant | None:
    """Return the grant a session remembers, while `user` still holds it."""
    if not key:
        return None
    label, _, pk = key.partition(":")
    model = next((model for model in grant_models() if model._meta.label_lower == label), None)
    if model is None:
        return None
    return model.objects.filter(pk=pk, user=user).live_on(clock.today()).select_related(*model.related).first()
