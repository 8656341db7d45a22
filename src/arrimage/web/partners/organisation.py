"""A partner's own organisation: who works there, how much it has in hand."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import PARTNER_ROLES, Right, Role
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.workers import NewWorker, end_workers, invite_workers
from arrimage.casework.workload import RECENT, workload
from arrimage.directory.models import OrganisationMember
from arrimage.directory.queries import workers_visible_to
from arrimage.foundation import clock
from arrimage.web.access import allows, refusals_shown
from arrimage.web.account.links import invitation_link
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest


class WorkerForm(ShellForm):
    email = forms.EmailField(label=gettext_lazy("Courriel"))
    name = forms.CharField(label=gettext_lazy("Prénom et nom"), max_length=150)
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"),
        choices=[(role.value, role.label) for role in Role if role in PARTNER_ROLES],
        initial=Role.PARTNER_WORKER,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Une ou un gestionnaire peut inviter d’autres personnes et confier les orientations."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Langue des courriels"), choices=[("fr", "Français"), ("en", "English")]
    )

    def worker(self) -> NewWorker:
        said = self.cleaned_data
        return NewWorker(said["email"], said["name"], Role(said["role"]), said["language"])


class LastDayForm(ShellForm):
    ends_on = forms.DateField(label=gettext_lazy("Dernier jour"), initial=clock.today)


def colleagues(actor: Actor) -> QuerySet[User]:
    """Return who works today for the actor's organisation, by name."""
    members = workers_visible_to(actor).live_on(clock.today())
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("name")


def _trail() -> list[tuple[str, str]]:
    return [(_("Notre équipe"), reverse("partners:people"))]


@allows(Right.MANAGE_OWN_WORKERS)
@require_safe
def people(request: ActingRequest) -> HttpResponse:
    """Show who works for the organisation today, and who has not answered their invitation."""
    members = workers_visible_to(request.actor).live_on(clock.today()).select_related("user").order_by("user__name")
    context = {"title": _("Notre équipe"), "members": list(members), "own": request.actor.user_id}
    return render(request, "partners/people.html", context)


@allows(Right.MANAGE_OWN_WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActingRequest) -> HttpResponse:
    """Invite somebody to work in the organisation's name."""
    form = WorkerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            [member] = invite_workers(request.actor, [form.worker()], link=partial(invitation_link, request))
            messages.success(request, _("L’invitation part à %(email)s.") % {"email": member.user.email})
            return redirect("partners:people")
    context = {"form": form, "submit": _("Envoyer l’invitation")}
    return render(request, "partners/form.html", _form(_("Inviter une personne"), **context))


@allows(Right.MANAGE_OWN_WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActingRequest, uid: UUID) -> HttpResponse:
    """End somebody's access to the organisation's referrals."""
    members: QuerySet[OrganisationMember] = workers_visible_to(request.actor).live_on(clock.today())
    member = get_object_or_404(members.select_related("user"), uid=uid)
    if member.user_id == request.actor.user_id:
        raise Http404
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            end_workers(request.actor, [member], ends_on=form.cleaned_data["ends_on"])
            messages.success(request, _("L’accès de %(name)s prend fin.") % {"name": member.user.name})
            return redirect("partners:people")
    context = {
        "form": form,
        "submit": _("Mettre fin à l’accès"),
        "lead": member.user.name,
        "help": _("Les orientations que cette personne suit attendront qu’une autre les prenne."),
    }
    return render(request, "partners/form.html", _form(_("Mettre fin à l’accès"), **context))


@allows(Right.ANSWER_REFERRALS)
@require_safe
def load(request: ActingRequest) -> HttpResponse:
    """Show how much each service has in hand: numbers, nobody's name."""
    context = {"title": _("Charge par service"), "loads": workload(request.actor), "days": RECENT.days}
    return render(request, "partners/workload.html", context)


def _form(title: str, **context: Any) -> dict[str, Any]:
    return {"title": title, "help": "", "back": reverse("partners:people"), "trail": _trail(), **context}
