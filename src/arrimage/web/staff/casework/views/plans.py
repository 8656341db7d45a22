"""The action plan: drafted from the needs, changed step by step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions import add_step, draft_plans, edit_step, set_step_status
from arrimage.casework.actions.plans import NewPlan
from arrimage.casework.enums import PlanStatus, StepStatus
from arrimage.casework.proposals import proposals_for, proposals_of
from arrimage.casework.story import FileStory
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.territory.working_days import add_working_days
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.plan_forms import EditStepForm, NewStepForm, PlanForm
from arrimage.web.staff.casework.plan_shown import amended_since
from arrimage.web.staff.casework.reading import file_for, page, step_for
from arrimage.web.staff.casework.shown import shown_file

USUAL_WORKING_DAYS = 20


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def plan(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the plan with what is proposed for it; without one, draft it from the open needs."""
    file = file_for(request, uid, ObjectKind.PLAN)
    story = FileStory.whole(request.actor, file)
    live = story.live_plan
    proposals = proposals_of(story.open_needs) if live is None else []
    form = PlanForm(request.POST or None, proposals=proposals, initial={"language": file.person.preferred_language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_shown(request):
            item = NewPlan(file, goal=given["goal"].strip(), language=given["language"] or "fr", without=form.without())
            draft_plans(request.actor, [item])
            messages.success(request, _("Le plan est rédigé : relisez-le avec la personne, puis convenez-en."))
        return redirect("staff:plan", uid=uid)
    context = page(file, _("Plan d’action individualisé"), story=story, form=form, plan=live, **shown_file(story))
    if live is None:
        return render(request, "staff/casework/plan_draft.html", {**context, "proposals": proposals})
    found = proposals_for(live)
    more = {"waiting": found.waiting, "refused": found.refused, "amended": amended_since(live)}
    return render(request, "staff/casework/plan.html", {**context, **more})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Add a step nobody's rule proposed."""
    file = file_for(request, uid, ObjectKind.PLAN)
    live = FileStory(file).live_plan
    if live is None:
        messages.info(request, _("Rédigez d’abord le plan d’action."))
        return redirect("staff:plan", uid=uid)
    initial = {"due_on": add_working_days(clock.today(), USUAL_WORKING_DAYS), "need": request.GET.get("besoin")}
    form = NewStepForm(request.POST or None, file=file, plan=live, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            live.file = file
            add_step(request.actor, live, **form.cleaned_data)
            messages.success(request, _("La démarche est ajoutée au plan."))
            return redirect("staff:plan", uid=uid)
    context = page(file, _("Ajouter une démarche"), to_plan(uid), form=form, submit=_("Ajouter la démarche"))
    return render(request, "staff/casework/form.html", {**context, "draft": f"demarche-{uid}"})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change a step. When somebody changed it meanwhile, both versions are shown, field by field."""
    step = step_for(request, uid)
    form = EditStepForm(request.POST or None, file=step.file, plan=step.plan, need=step.need, record=step)
    if form.is_valid() and (values := form.merged()) is not None:
        with refusals_shown(request, form):
            edit_step(request.actor, step, version=step.version, **values)
            messages.success(request, _("La démarche est modifiée."))
            return redirect("staff:plan", uid=step.file.uid)
    context = page(
        step.file,
        _("Modifier la démarche"),
        to_plan(step.file.uid),
        form=form,
        step_uid=uid,
        plan_url=reverse("staff:plan", args=[step.file.uid]),
    )
    return render(request, "staff/casework/step_edit.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def change_status(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take up, finish, drop a step, or take it up again."""
    step = step_for(request, uid)
    status = request.POST.get("status", "")
    said = {
        StepStatus.TODO: _("La démarche est à faire de nouveau."),
        StepStatus.IN_PROGRESS: _("La démarche est commencée."),
        StepStatus.DONE: _("La démarche est faite."),
        StepStatus.DROPPED: _("La démarche est abandonnée."),
    }
    with refusals_shown(request):
        if status not in StepStatus.values:
            raise Conflict(_("Choisissez ce que devient la démarche."))
        set_step_status(request.actor, step, status, why=request.POST.get("why", "")[:300])
        messages.success(request, said[StepStatus(status)])
        if status == StepStatus.DROPPED and step.plan.status == PlanStatus.AGREED:
            messages.info(request, _("Le plan convenu a changé : convenez-en de nouveau avec la personne."))
    back = "staff:file" if request.POST.get("back") == "file" else "staff:plan"
    return redirect(back, uid=step.file.uid)


def to_plan(uid: UUID) -> tuple[str, str]:
    return (_("Plan d’action"), reverse("staff:plan", args=[uid]))
