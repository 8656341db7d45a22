"""The list of questionnaires, a version, what changed, publishing."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.questionnaires.actions import discard_draft, publish_draft, start_draft
from arrimage.questionnaires.models import Questionnaire, QuestionnaireVersion
from arrimage.questionnaires.queries import current_version
from arrimage.questionnaires.words import changes_between
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.questionnaires.reading import address_of, draft_for, name_of, page, read_at, version_for
from arrimage.web.staff.questionnaires.shown import shown_sections
from arrimage.web.staff.questionnaires.translating import TARGETS, progress_of


@allows(Right.EDIT_QUESTIONNAIRES)
@require_safe
def questionnaires(request: ActingRequest) -> HttpResponse:
    """Show every questionnaire with its versions, the last first."""
    versions = QuestionnaireVersion.objects.defer("definition").order_by("-number")
    found = list(Questionnaire.objects.prefetch_related(Prefetch("versions", versions)))
    shown = [
        {
            "questionnaire": each,
            "draft": next((version for version in each.versions.all() if version.published_at is None), None),
            "published": [version for version in each.versions.all() if version.published_at],
        }
        for each in found
    ]
    return render(
        request, "staff/questionnaires/questionnaires.html", {"title": _("Questionnaires"), "questionnaires": shown}
    )


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def draft(request: ActingRequest, code: str) -> HttpResponse:
    """Begin a draft from the version of today, or go to the one there is."""
    return redirect(address_of(start_draft(get_object_or_404(Questionnaire, code=code))))


@allows(Right.EDIT_QUESTIONNAIRES)
@require_safe
def version(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a version in words; a draft with what changes it."""
    found = version_for(uid)
    others = QuestionnaireVersion.objects.filter(questionnaire=found.questionnaire).exclude(pk=found.pk)
    context = page(
        found,
        found.questionnaire.title,
        is_draft=found.published_at is None,
        sections=shown_sections(found.content, found.definition),
        facts=found.content.facts,
        others=list(others.defer("definition").order_by("-number")),
        languages=[(code, progress_of(found.definition, code)) for code in TARGETS],
    )
    return render(request, "staff/questionnaires/version.html", {**context, "lead": name_of(found).capitalize()})


@allows(Right.EDIT_QUESTIONNAIRES)
@require_safe
def compare(request: ActingRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Show what differs between two versions of a questionnaire, the older one first."""
    first, second = sorted((version_for(uid), version_for(other)), key=lambda each: each.number)
    if first.questionnaire_id != second.questionnaire_id:
        return redirect(address_of(first))
    title = _("De la %(before)s à la %(after)s") % {"before": name_of(first), "after": name_of(second)}
    context = page(second, title, before=first, changes=changes_between(first.content, second.content))
    return render(request, "staff/questionnaires/compare.html", context)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def publish(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what changes, then publish: new assessments use it; those begun stay on theirs."""
    found = draft_for(uid)
    if request.method == "POST":
        with refusals_shown(request):
            publish_draft(found, read_at=read_at(request))
            messages.success(request, _("La version est publiée : les nouvelles évaluations s’en servent."))
        return redirect(address_of(found))
    current = current_version(found.questionnaire.code)
    context = page(
        found, _("Publier le brouillon"), before=current, changes=changes_between(current.content, found.content)
    )
    return render(request, "staff/questionnaires/publish.html", context)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_POST
def discard(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = draft_for(uid)
    address = address_of(found)
    with refusals_shown(request):
        discard_draft(found, read_at=read_at(request))
        messages.success(request, _("Le brouillon est abandonné. La version publiée n’a pas changé."))
        address = reverse("staff:questionnaires")
    return redirect(address)
