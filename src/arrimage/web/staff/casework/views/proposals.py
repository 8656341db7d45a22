"""What is proposed for a plan, taken or refused; the person's wishes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions import add_goal, propose_again, refuse_proposal, remove_goal, take_proposal
from arrimage.casework.models import Plan
from arrimage.casework.queries import declined_proposals_visible_to, goals_visible_to
from arrimage.casework.story import FileStory
from arrimage.foundation.errors import Conflict
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.plan_forms import GoalForm
from arrimage.web.staff.casework.reading import file_for, need_for, page
from arrimage.web.staff.casework.views.plans import to_plan

LONGEST_WHY = 300  # characters, as the field keeps them


@allows(Right.ACCOMPANY)
@require_POST
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take the step proposed for a need (`answer=take`), take it to alter it (`alter`), or refuse it (`refuse`)."""
    need = need_for(request, uid)
    plan_url = redirect("staff:plan", uid=need.file.uid)
    with refusals_shown(request):
        plan = _live_plan(FileStory(need.file))
        plan.file = need.file
        if request.POST.get("answer") == "refuse":
            refuse_proposal(request.actor, plan, need)
            messages.success(request, _("La démarche proposée est laissée de côté ; elle reste plus bas, à reprendre."))
            return plan_url
        step = take_proposal(request.actor, plan, need, why=_("Besoin relevé depuis : %(need)s") % {"need": need.label})
        messages.success(request, _("La démarche proposée est ajoutée au plan."))
        if request.POST.get("answer") == "alter":
            return redirect("staff:step_edit", uid=step.uid)
    return plan_url


@allows(Right.ACCOMPANY)
@require_POST
def again(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a refusal back."""
    refusal = get_object_or_404(
        declined_proposals_visible_to(request.actor).select_related("plan__file__person"), uid=uid
    )
    read(request, refusal.plan.file, kind=ObjectKind.PLAN)
    with refusals_shown(request):
        propose_again(request.actor, refusal)
        messages.success(request, _("La démarche est proposée de nouveau."))
    return redirect("staff:plan", uid=refusal.plan.file.uid)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def goal(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note one more thing the person wants, in their words."""
    file = file_for(request, uid, ObjectKind.PLAN)
    live = FileStory(file).live_plan
    if live is None:
        messages.info(request, _("Rédigez d’abord le plan d’action."))
        return redirect("staff:plan", uid=uid)
    live.file = file
    form = GoalForm(request.POST or None, plan=live, initial={"language": file.person.preferred_language})
    if form.is_valid():
        with refusals_shown(request, form):
            add_goal(request.actor, live, **form.cleaned_data)
            messages.success(request, _("Le souhait est noté."))
            return redirect("staff:plan", uid=uid)
    context = page(file, _("Noter un souhait"), to_plan(uid), form=form, submit=_("Noter le souhait"))
    return render(request, "staff/casework/form.html", {**context, "draft": f"souhait-{uid}"})


@allows(Right.ACCOMPANY)
@require_POST
def goal_remove(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a wish out of the plan."""
    found = get_object_or_404(goals_visible_to(request.actor).select_related("plan__file__person"), uid=uid)
    read(request, found.plan.file, kind=ObjectKind.PLAN)
    with refusals_shown(request):
        remove_goal(request.actor, found, why=request.POST.get("why", "")[:LONGEST_WHY])
        messages.success(request, _("Le souhait est retiré du plan."))
    return redirect("staff:plan", uid=found.plan.file.uid)


def _live_plan(story: FileStory) -> Plan:
    if story.live_plan is None:
        raise Conflict(_("Rédigez d’abord le plan d’action."))
    return story.live_plan
