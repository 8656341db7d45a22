"""Who holds which role; opening and closing accounts, giving and ending roles."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.actions import (
    create_accounts,
    end_role,
    end_sessions_of,
    grant_roles,
    remove_second_factor,
    set_account_active,
)
from arrimage.accounts.enums import Right
from arrimage.accounts.invitations import invite
from arrimage.accounts.models import RoleGrant, User, grant_models
from arrimage.accounts.queries import role_grants_visible_to, users_visible_to
from arrimage.accounts.revocation import sessions_of
from arrimage.accounts.second_factor import has_one
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date, write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.account.links import invitation_link
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.personnel.forms import AccountForm, EndForm, RoleForm
from arrimage.web.staff.personnel.tables import AccountFilter, AccountTable, GrantFilter, GrantTable, state_of


@allows(Right.SEE_PERSONNEL)
@require_safe
def personnel(request: ActingRequest) -> HttpResponseBase:
    """List the roles held on a day, today unless another is asked."""
    asked = GrantFilter(request.GET, queryset=RoleGrant.objects.none(), request=request).form
    day = (asked.cleaned_data.get("on") if asked.is_valid() else None) or clock.today()
    manages = request.actor.may(Right.MANAGE_ACCOUNTS)
    return render_list(
        request,
        GrantTable,
        role_grants_visible_to(request.actor),
        GrantFilter,
        title=_("Personnel"),
        sentence=lambda n: (
            ngettext("%(n)s rôle en vigueur le %(day)s", "%(n)s rôles en vigueur le %(day)s", n)
            % {"n": write_number(n), "day": write_date(day)}
        ),
        empty=Empty(_("Personne ne tient de rôle ce jour-là.")),
        export_name="personnel",
        template="staff/personnel/personnel.html",
        context={"manages": manages},
        table_kwargs={"manages": manages},
    )


@allows(Right.MANAGE_ACCOUNTS)
@require_safe
def accounts(request: ActingRequest) -> HttpResponseBase:
    """List every account: the staff's, the partners', the employers', the newcomers'."""
    return render_list(
        request,
        AccountTable,
        users_visible_to(request.actor),
        AccountFilter,
        title=_("Comptes"),
        sentence=lambda n: ngettext("%(n)s compte", "%(n)s comptes", n) % {"n": write_number(n)},
        empty=Empty(_("Aucun compte n’est encore ouvert."), _("Ouvrir un compte"), reverse("staff:account_new")),
        template="staff/personnel/accounts.html",
    )


@allows(Right.MANAGE_ACCOUNTS)
@require_safe
def account(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show an account: its roles, past and present, and what may be done."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    today = clock.today()
    grants = list(role_grants_visible_to(request.actor).filter(user=user).order_by("-starts_on", "pk"))
    others = [
        grant
        for model in grant_models()
        if model is not RoleGrant
        for grant in model.objects.filter(user=user).select_related(*model.related).order_by("-starts_on", "pk")
    ]
    context = {
        "title": user.name,
        "lead": user.email,
        "user_shown": user,
        "live": [grant for grant in grants if grant.ends_on is None or grant.ends_on >= today],
        "ended": [grant for grant in grants if grant.ends_on is not None and grant.ends_on < today],
        "others": [
            (grant.get_role_display(), grant.acting_label(), grant.starts_on, grant.ends_on) for grant in others
        ],
        "is_self": user.pk == request.actor.user_id,
        "waiting": user.is_waiting(),
        "state": state_of(user),
        "open_sessions": sessions_of(user).count(),
        "has_second_factor": has_one(user),
        "trail": [(_("Comptes"), reverse("staff:accounts"))],
    }
    return render(request, "staff/personnel/account.html", context)


@allows(Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: ActingRequest) -> HttpResponse:
    """Open an account, with its first role when one is given."""
    form = AccountForm(request.POST if request.method == "POST" else None, region_id=request.actor.region_id)
    if form.is_valid():
        with refusals_shown(request, form):
            user = create_accounts(request.actor, [form.account()])[0]
            if form.cleaned_data["role"]:
                grant_roles(request.actor, [form.grant(user)])
            invite(request.actor, [user], link=partial(invitation_link, request))
            messages.success(
                request,
                _("Le compte de %(name)s est ouvert. Une invitation à choisir son mot de passe part à %(email)s.")
                % {"name": user.name, "email": user.email},
            )
            return redirect("staff:account", user.uid)
    context = {
        "title": _("Ouvrir un compte"),
        "form": form,
        "submit": _("Ouvrir le compte"),
        "back": reverse("staff:accounts"),
        "trail": [(_("Comptes"), reverse("staff:accounts"))],
    }
    return render(request, "staff/personnel/form.html", context)


@allows(Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def grant_role(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give somebody a role."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    data = request.POST if request.method == "POST" else None
    form = RoleForm(data, region_id=request.actor.region_id, user=user)
    if form.is_valid():
        with refusals_shown(request, form):
            grant = grant_roles(request.actor, [form.grant(user)])[0]
            messages.success(request, _("Le rôle est accordé : %(role)s.") % {"role": grant.get_role_display()})
            return redirect("staff:account", uid)
    return _form_page(request, user, form, _("Accorder un rôle"), _("Accorder le rôle"))


@allows(Right.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End a role after a day."""
    grant = get_object_or_404(role_grants_visible_to(request.actor), uid=uid)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            end_role(request.actor, grant, ends_on=form.cleaned_data["ends_on"])
            messages.success(
                request,
                _("Le rôle prend fin après le %(day)s.") % {"day": write_date(form.cleaned_data["ends_on"])},
            )
            return redirect("staff:account", grant.user.uid)
    title = _("Mettre fin au rôle : %(role)s") % {"role": grant.get_role_display()}
    return _form_page(request, grant.user, form, title, _("Mettre fin au rôle"))


@allows(Right.MANAGE_ACCOUNTS)
@require_POST
def set_state(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Close an account at once (`active=no`), or open it again (`active=yes`)."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    active = request.POST.get("active") == "yes"
    with refusals_shown(request):
        set_account_active(request.actor, user, active=active)
        messages.success(
            request, _("Le compte est rouvert.") if active else _("Le compte est fermé : la personne n’y entre plus.")
        )
    return redirect("staff:account", uid)


@allows(Right.MANAGE_ACCOUNTS)
@require_POST
def send_invitation(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Send somebody, again perhaps, the link by which they choose their password."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        invite(request.actor, [user], link=partial(invitation_link, request))
        messages.success(request, _("L’invitation part à %(email)s.") % {"email": user.email})
    return redirect("staff:account", uid)


@allows(Right.MANAGE_ACCOUNTS)
@require_POST
def end_account_sessions(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End every session of somebody."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        count = end_sessions_of(request.actor, user)
        said = ngettext("%(count)s séance est fermée.", "%(count)s séances sont fermées.", count)
        messages.success(request, said % {"count": count})
    return redirect("staff:account", uid)


@allows(Right.MANAGE_ACCOUNTS)
@require_POST
def take_second_factor(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take away the second factors of somebody who lost them."""
    user = get_object_or_404(users_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        remove_second_factor(request.actor, user)
        messages.success(
            request, _("La double authentification est retirée. La personne en choisira une autre à sa connexion.")
        )
    return redirect("staff:account", uid)


def _form_page(request: ActingRequest, user: User, form: RoleForm | EndForm, title: str, submit: str) -> HttpResponse:
    back = reverse("staff:account", args=[user.uid])
    context = {
        "title": title,
        "lead": f"{user.name} · {user.email}",
        "form": form,
        "submit": submit,
        "back": back,
        "trail": [(_("Comptes"), reverse("staff:accounts")), (user.name, back)],
    }
    return render(request, "staff/personnel/form.html", context)
