"""What a newcomer sees of their own file: the next thing first, then the plan, the services, the appointments."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions.dates import accept_date
from arrimage.casework.enums import PlanStatus, ReferralStatus, StepOwner
from arrimage.casework.models import DateProposal, PlanVersion
from arrimage.casework.queries import (
    dates_to_decide,
    files_visible_to,
    notes_visible_to,
    plans_visible_to,
    referrals_visible_to,
    steps_visible_to,
)
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.scheduling.queries import appointments_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.newcomers.shown import (
    ShownAppointment,
    ShownReferral,
    ShownStep,
    shown_appointment,
    shown_referral,
    shown_step,
    what_is_next,
)
from arrimage.web.plans import languages_to_print, pdf_of
from arrimage.web.requests import ActingRequest

AGREED = (PlanStatus.AGREED, PlanStatus.CLOSED)


def _appointments(request: ActingRequest) -> list[ShownAppointment]:
    rows = appointments_visible_to(request.actor).select_related("service_point", "agent").order_by("starts_at", "pk")
    return [shown_appointment(row) for row in rows]


def _referrals(request: ActingRequest) -> list[ShownReferral]:
    rows = (
        referrals_visible_to(request.actor)
        .exclude(status=ReferralStatus.DRAFT)
        .select_related("service", "organisation", "need", "choice")
        .prefetch_related("service__at_locations__location__addresses")
    )
    return [shown_referral(row) for row in rows.order_by("-sent_on", "-pk")]


def _steps(request: ActingRequest) -> list[ShownStep]:
    """Return the steps of plans the person agreed to: a draft is still the agent's."""
    rows = steps_visible_to(request.actor).filter(plan__status__in=AGREED)
    return [shown_step(row) for row in rows.order_by("due_on", "pk")]


@allows(Right.SEE_OWN_FILE)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Say what comes next, with whom, where, what to bring."""
    appointments, referrals, steps = _appointments(request), _referrals(request), _steps(request)
    person = Person.objects.filter(pk=request.actor.scope_id or 0).first()
    if person is not None:
        read(request, person, basis=Basis.OWN_RECORD)
    files = files_visible_to(request.actor).select_related("agent", "service_point").order_by("-opened_on", "-pk")
    context = {
        "title": _("Bonjour %(name)s") % {"name": person.given_name or person.full_name} if person else _("Bonjour"),
        "next": what_is_next(appointments, referrals, steps),
        "files": list(files),
        "open_steps": sum(step.is_open and step.step.owner == StepOwner.PERSON for step in steps),
        "live_referrals": sum(referral.is_live for referral in referrals),
        "coming": sum(one.is_coming for one in appointments),
    }
    return render(request, "newcomers/home.html", context)


@allows(Right.SEE_OWN_FILE)
@require_safe
def plan(request: ActingRequest) -> HttpResponse:
    """Show what is to be done, by whom and by when, and what is done."""
    steps = _steps(request)
    agreed = plans_visible_to(request.actor).filter(status__in=AGREED).order_by("-agreed_on", "-pk").first()
    context = {
        "title": _("Mon plan"),
        "plan": agreed,
        "goals": list(agreed.goals.all()) if agreed else [],
        "printable": languages_to_print(get_language() or "fr"),
        "open_steps": [step for step in steps if step.is_open],
        "closed_steps": [step for step in steps if not step.is_open],
    }
    return render(request, "newcomers/plan.html", context)


@allows(Right.SEE_OWN_FILE)
@require_safe
def plan_pdf(request: ActingRequest) -> HttpResponse:
    """Return the plan as the person last agreed to it, in French beside the language asked for (`?langue=ar`)."""
    agreed = plans_visible_to(request.actor).filter(status__in=AGREED).order_by("-agreed_on", "-pk")
    found = agreed.select_related("file__person", "file__region", "file__agent", "file__service_point").first()
    if found is None:
        raise Http404
    read(request, found.file, What.PRINTED, kind=ObjectKind.PLAN, basis=Basis.OWN_RECORD)
    version = PlanVersion.objects.filter(plan=found).order_by("-number").first()
    return pdf_of(found.file, found, version, request.GET.get("langue", ""))


@allows(Right.SEE_OWN_FILE)
@require_safe
def referrals(request: ActingRequest) -> HttpResponse:
    """Show the services the person was sent to, and where each stands."""
    shown = _referrals(request)
    dates: dict[int, list[DateProposal]] = {}
    for proposal in dates_to_decide(request.actor):
        dates.setdefault(proposal.referral_id, []).append(proposal)
    for one in shown:
        one.dates.extend(dates.get(one.referral.pk, ()))
    context = {
        "title": _("Mes services"),
        "live": [one for one in shown if one.is_live],
        "ended": [one for one in shown if not one.is_live],
    }
    return render(request, "newcomers/referrals.html", context)


@allows(Right.SEE_OWN_FILE)
@require_POST
def choose_date(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose one of the dates an organisation proposes: it is fixed."""
    proposal = get_object_or_404(dates_to_decide(request.actor), uid=uid)
    with refusals_shown(request):
        accept_date(request.actor, proposal)
        messages.success(request, _("C’est noté : l’organisme vous attend à cette date."))
    return redirect("newcomers:referrals")


@allows(Right.SEE_OWN_FILE)
@require_safe
def notes(request: ActingRequest) -> HttpResponse:
    """Show what the person's agents wrote for them, the last first."""
    found = notes_visible_to(request.actor).select_related("author").prefetch_related("additions")
    return render(request, "newcomers/notes.html", {"title": _("Mots de mon agente ou agent"), "notes": found})
