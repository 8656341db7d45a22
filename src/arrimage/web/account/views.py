"""What somebody does with their own account beyond django-allauth's pages: accept an invitation, end their sessions."""

from allauth.account.forms import ResetPasswordKeyForm
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.invitations import InvitationNotValid, choose_password, invited
from arrimage.accounts.models import User
from arrimage.accounts.revocation import end_sessions, sessions_of
from arrimage.web.access import open_to_all, signed_in
from arrimage.web.account.devices import device


@open_to_all
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose one's first password by the link of an invitation. Opening the link changes nothing."""
    try:
        user = invited(token)
        form = ResetPasswordKeyForm(request.POST or None, user=user)
        form.label_suffix = ""
        if form.is_valid():
            choose_password(token, form.cleaned_data["password1"])
            messages.success(request, _("Votre mot de passe est enregistré. Ouvrez maintenant votre session."))
            return redirect("account_login")
    except InvitationNotValid as refusal:
        return render(request, "account/invitation.html", {"refusal": str(refusal)}, status=410)
    return render(request, "account/invitation.html", {"form": form, "invited": user})


@signed_in
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List one's own open sessions: on which device, from where, since when."""
    shown = [
        {
            "key": session.pk,
            "device": device(session.user_agent),
            "address": session.ip,
            "since": session.created_at,
            "seen": session.last_seen_at,
            "current": session.session_key == request.session.session_key,
        }
        for session in _alive(request).order_by("-last_seen_at", "pk")
    ]
    return render(request, "usersessions/sessions.html", {"sessions": shown, "others": len(shown) > 1})


@signed_in
@require_POST
def end_one(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own sessions, wherever it is."""
    session = get_object_or_404(_alive(request), pk=key)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    session.end()
    messages.success(request, _("La séance est fermée."))
    return redirect("sessions")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    count = end_sessions(_person(request), but=request.session.session_key)
    messages.success(
        request,
        ngettext("%(count)s autre séance est fermée.", "%(count)s autres séances sont fermées.", count)
        % {"count": count},
    )
    return redirect("sessions")


def _alive(request: HttpRequest) -> QuerySet[UserSession]:
    return sessions_of(_person(request))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
