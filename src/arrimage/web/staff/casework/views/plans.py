"""The action plan: drafted from the needs, changed step by step, agreed, printed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import add_step, agree_plans, draft_plans, edit_step, set_step_status
from arrimage.casework.actions.plans import Agreed, NewPlan
from arrimage.casework.enums import PlanStatus, StepStatus
from arrimage.casework.story import FileStory
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.territory.working_days import add_working_days
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms import AgreeForm, EditStepForm, NewStepForm, PlanForm
from arrimage.web.staff.casework.reading import file_for, page, step_for
from arrimage.web.staff.casework.shown import shown_file

USUAL_WORKING_DAYS = 20


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def plan(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the plan; without one, draft it from the open needs."""
    file = file_for(request, uid, ObjectKind.PLAN)
    story = FileStory(file)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request):
            draft_plans(request.actor, [NewPlan(file, goal=form.cleaned_data["goal"].strip())])
            messages.success(request, _("Le plan est rédigé : relisez-le avec la personne, puis convenez-en."))
        return redirect("staff:plan", uid=uid)
    template = "plan.html" if story.live_plan else "plan_draft.html"
    context = page(file, _("Plan d’action individualisé"), story=story, form=form, plan=story.live_plan)
    return render(request, f"staff/casework/{template}", {**context, **shown_file(story)})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def agree(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record that the person agreed, in which language the plan was explained and by way of whom."""
    file = file_for(request, uid, ObjectKind.PLAN)
    story = FileStory(file)
    if story.live_plan is None or story.live_plan.status != PlanStatus.DRAFT:
        return redirect("staff:plan", uid=uid)
    form = AgreeForm(request.POST or None, initial={"language": file.person.preferred_language})
    if form.is_valid():
        with refusals_shown(request, form):
            given = form.cleaned_data
            agreed = Agreed(story.live_plan, language=given["language"], by=given["by"].strip(), on=given["on"])
            agree_plans(request.actor, [agreed])
            messages.success(request, _("Le plan est convenu."))
            return redirect("staff:file", uid=uid)
    context = page(file, _("Convenir du plan"), _to_plan(uid), story=story, form=form)
    return render(request, "staff/casework/plan_agree.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def printed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the plan as it is printed and given to the person."""
    file = file_for(request, uid, ObjectKind.PLAN, What.PRINTED)
    story = FileStory(file)
    if story.plan is None:
        return redirect("staff:plan", uid=uid)
    steps = [step for step in story.steps if step.status != StepStatus.DROPPED]
    context = page(file, _("Plan d’action individualisé"), _to_plan(uid), story=story, plan=story.plan, steps=steps)
    return render(request, "staff/casework/plan_print.html", context)


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
    form = NewStepForm(request.POST or None, file=file, initial=initial)
    if form.is_valid():
        with refusals_shown(request, form):
            live.file = file
            add_step(request.actor, live, **form.cleaned_data)
            messages.success(request, _("La démarche est ajoutée au plan."))
            return redirect("staff:plan", uid=uid)
    context = page(file, _("Ajouter une démarche"), _to_plan(uid), form=form, submit=_("Ajouter la démarche"))
    return render(request, "staff/casework/form.html", {**context, "draft": f"demarche-{uid}"})


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change a step. When somebody changed it meanwhile, both versions are shown, field by field."""
    step = step_for(request, uid)
    form = EditStepForm(request.POST or None, record=step)
    if form.is_valid() and (values := form.merged()) is not None:
        with refusals_shown(request, form):
            edit_step(request.actor, step, version=step.version, **values)
            messages.success(request, _("La démarche est modifiée."))
            return redirect("staff:plan", uid=step.file.uid)
    context = page(
        step.file,
        _("Modifier la démarche"),
        _to_plan(step.file.uid),
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
        set_step_status(request.actor, step, status)
        messages.success(request, said[StepStatus(status)])
    back = "staff:file" if request.POST.get("back") == "file" else "staff:plan"
    return redirect(back, uid=step.file.uid)


def _to_plan(uid: UUID) -> tuple[str, str]:
    return (_("Plan d’action"), reverse("staff:plan", args=[uid]))
