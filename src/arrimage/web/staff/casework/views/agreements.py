"""Agreeing a plan, its versions and what changed since, the printed plan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import agree_plans
from arrimage.casework.actions.agreements import Agreed, contents_of
from arrimage.casework.enums import PlanStatus
from arrimage.casework.models import File, Plan, PlanVersion
from arrimage.casework.plan_content import PlanContent, differences
from arrimage.casework.story import FileStory
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.plans import languages_to_print, pdf_of, version_asked
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.plan_forms import AgreeForm
from arrimage.web.staff.casework.plan_shown import amended_since, amendment_moments, shown_difference
from arrimage.web.staff.casework.reading import file_for, page
from arrimage.web.staff.casework.views.plans import to_plan


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def agree(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record that the person agreed: in which language it was explained, by way of whom, signed how."""
    file = file_for(request, uid, ObjectKind.PLAN)
    story = FileStory(file)
    live = story.live_plan
    if live is None or (live.status != PlanStatus.DRAFT and not amended_since(live)):
        return redirect("staff:plan", uid=uid)
    content = contents_of([live.pk])[live.pk]
    initial = {"language": file.person.preferred_language, "digest": content.digest()}
    form = AgreeForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        done = False
        with refusals_shown(request, form):
            agreed = Agreed(
                live,
                language=given["language"],
                by=given["by"].strip(),
                on=given["on"],
                signing=given["means"],
                signature=given["signature"],
                digest=given["digest"],
            )
            agree_plans(request.actor, [agreed])
            done = True
        if done:
            messages.success(request, _("Le plan est convenu."))
            return redirect("staff:file", uid=uid)
        data = request.POST.copy()
        data["digest"] = content.digest()  # the page now shows what the plan says today
        form.data = data
    context = page(file, _("Convenir du plan"), to_plan(uid), story=story, form=form, plan=live)
    return render(request, "staff/casework/plan_agree.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def versions(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what was agreed, what changed since, and what differs between two versions (`?de=1&a=2`, 0 for now)."""
    file = file_for(request, uid, ObjectKind.PLAN)
    plan = _plan_of(file)
    found = list(PlanVersion.objects.filter(plan=plan).select_related("author"))
    contents = {version.number: PlanContent.from_json(version.content) for version in found}
    contents[0] = contents_of([plan.pk])[plan.pk]
    last = found[0].number if found else 0
    first, second = (_number(request.GET.get(name), contents, usual) for name, usual in (("de", last), ("a", 0)))
    context = page(
        file,
        _("Versions du plan"),
        to_plan(uid),
        versions=found,
        moments=amendment_moments(plan),
        first=first,
        second=second,
        differences=[shown_difference(each) for each in differences(contents[first], contents[second])],
    )
    return render(request, "staff/casework/plan_versions.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def printed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose the language beside French, and the version, of the plan to print."""
    file = file_for(request, uid, ObjectKind.PLAN)
    plan = _plan_of(file)
    context = page(
        file,
        _("Imprimer le plan"),
        to_plan(uid),
        languages=languages_to_print(file.person.preferred_language),
        versions=list(PlanVersion.objects.filter(plan=plan).defer("content")),
        amended=amended_since(plan),
    )
    return render(request, "staff/casework/plan_print.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def pdf(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Return the plan as a PDF: `?langue=ar` beside French, `?version=2`; the plan as it is now without a version."""
    file = file_for(request, uid, ObjectKind.PLAN, What.PRINTED)
    plan = _plan_of(file)
    return pdf_of(file, plan, version_asked(request, plan), request.GET.get("langue", ""))


def _plan_of(file: File) -> Plan:
    plan = FileStory(file).plan
    if plan is None:
        raise Http404
    return plan


def _number(asked: str | None, known: dict[int, PlanContent], usual: int) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() else usual
    return number if number in known else usual
