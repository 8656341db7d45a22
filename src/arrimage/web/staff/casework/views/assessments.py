"""The needs assessment: one form over all themes, kept as one goes, then completed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import complete_assessments, save_answers, start_assessment
from arrimage.casework.actions.assessments import NEEDS_ASSESSMENT, CompletedAssessment
from arrimage.casework.enums import AssessmentStatus
from arrimage.casework.models import Assessment, File
from arrimage.casework.queries import assessment_facts, assessments_visible_to
from arrimage.foundation.writing import write_date
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.questionnaires.forms import QuestionnaireForm, build_form
from arrimage.questionnaires.queries import current_version
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.answers import answers_shown
from arrimage.web.staff.casework.reading import address_of, file_for, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def assessment(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Fill the form; « Enregistrer et continuer plus tard » keeps what is there, the other button completes.

    Opening the page writes nothing: the draft begins with the first saving.
    """
    file = file_for(request, uid, ObjectKind.ASSESSMENT)
    draft = Assessment.objects.filter(file=file, status=AssessmentStatus.DRAFT).select_related("questionnaire").first()
    complete = request.POST.get("save") != "later"
    form = _form(request, file, draft, complete=complete)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, form):
            if complete:
                needs = complete_assessments(request.actor, [CompletedAssessment(file, form.answers)])
                messages.success(request, _completed(len(needs)))
                return redirect(address_of(file))
            save_answers(request.actor, draft or start_assessment(request.actor, file), form.answers)
            messages.success(request, _("L’évaluation est enregistrée. Vous pourrez la poursuivre quand vous voudrez."))
            return redirect(address_of(file))
    context = page(file, _("Évaluation des besoins"), form=form, draft=draft, sections=form.sections)
    return render(request, "staff/casework/assessment.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def completed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read a completed assessment again; a draft leads back to its form."""
    found = get_object_or_404(
        assessments_visible_to(request.actor).select_related("questionnaire", "author", "file__person"), uid=uid
    )
    if found.status == AssessmentStatus.DRAFT:
        return redirect("staff:assessment", uid=found.file.uid)
    read(request, found.file, kind=ObjectKind.ASSESSMENT, uid=found.uid)
    title = _("Évaluation des besoins du %(date)s") % {"date": write_date(found.completed_at)}
    facts = assessment_facts([found.file])[found.file_id]
    context = page(
        found.file,
        title,
        assessment=found,
        sections=answers_shown(found.questionnaire.content, found.answers, facts, get_language() or "fr"),
        needs=found.needs.select_related("theme"),
    )
    return render(request, "staff/casework/assessment_read.html", context)


def _form(request: ActingRequest, file: File, draft: Assessment | None, *, complete: bool) -> QuestionnaireForm:
    version = draft.questionnaire if draft else current_version(NEEDS_ASSESSMENT)
    form = build_form(
        version.content,
        assessment_facts([file])[file.pk],
        get_language() or "fr",
        data=request.POST if request.method == "POST" else None,
        answers=draft.answers if draft else None,
        complete=complete,
    )
    for name, field in form.fields.items():
        # Most questions may be left out: the few that may not say so, and the others say nothing.
        field.mark_nothing = True  # type: ignore[attr-defined]
        field.mark_required = name in form.possible and form.possible[name].question.required  # type: ignore[attr-defined]
    return form


def _completed(count: int) -> str:
    if not count:
        return _("L’évaluation est terminée. Aucun nouveau besoin n’en ressort.")
    return ngettext(
        "L’évaluation est terminée. %(count)d besoin en ressort.",
        "L’évaluation est terminée. %(count)d besoins en ressortent.",
        count,
    ) % {"count": count}
