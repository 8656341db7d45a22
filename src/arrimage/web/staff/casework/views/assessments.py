"""The needs assessment: one form over all themes, kept as one goes, read over, then completed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import complete_assessments, move_assessment, save_answers, start_assessment
from arrimage.casework.actions.assessments import NEEDS_ASSESSMENT, CompletedAssessment
from arrimage.casework.enums import AssessmentStatus, Priority
from arrimage.casework.models import Assessment, File, Need
from arrimage.casework.queries import assessment_facts, assessments_visible_to
from arrimage.casework.reassessment import compare_with_last
from arrimage.casework.story import files_to_read
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.foundation.writing import write_date
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.questionnaires.forms import QuestionnaireForm
from arrimage.questionnaires.moving import move_answers
from arrimage.questionnaires.queries import current_version
from arrimage.questionnaires.rules import check_answers, needs_raised
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.answers import answers_shown, in_words
from arrimage.web.staff.casework.asking import disagreements, form_for, last_answers, off_list_fields, read_at
from arrimage.web.staff.casework.reading import address_of, file_for, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def assessment(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Fill the form; one button keeps what is there, the other goes on to read it over.

    Opening the page writes nothing: the draft begins with the first saving.
    """
    file = file_for(request, uid, ObjectKind.ASSESSMENT)
    draft = _draft(file)
    complete = request.POST.get("save") != "later"
    form = form_for(file, draft, request.POST if request.method == "POST" else None, complete=complete)
    different: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        done = False
        with refusals_shown(request, form):
            _keep(request, file, draft, form)
            done = True
        if done and complete:
            return redirect("staff:assessment_review", uid=uid)
        if done:
            messages.success(request, _("L’évaluation est enregistrée. Vous pourrez la poursuivre quand vous voudrez."))
            return redirect(address_of(file))
        draft = _draft(file)
        different = disagreements(form, draft) if draft else []
    previous, last = last_answers(file, form.definition)
    context = page(
        file,
        _("Évaluation des besoins"),
        form=form,
        draft=draft,
        read_at=draft.version if draft else 0,
        sections=form.sections,
        off_list=off_list_fields(form.definition),
        priorities=Priority.choices,
        soon=Priority.SOON.value,
        previous=previous,
        last=last,
        conflict=different,
        newer=draft is not None and draft.questionnaire_id != current_version(NEEDS_ASSESSMENT).pk,
    )
    return render(request, "staff/casework/assessment.html", context)


@allows(Right.ACCOMPANY)
@require_POST
def keep(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Keep what is typed, as it is typed; answer with the time, or with why it was not kept. Shows nothing else."""
    file = get_object_or_404(files_to_read(request.actor), uid=uid)
    draft = _draft(file)
    form = form_for(file, draft, request.POST, complete=False)
    right = form.is_valid()
    context: dict[str, object] = {"refusal": ""}
    try:
        kept = _keep(request, file, draft, form)
        context |= {"at": clock.now(), "read_at": kept.version, "right": right}
    except Conflict as error:
        context["refusal"] = str(error)
    response = render(request, "staff/casework/assessment_kept.html", context)
    if not context["refusal"]:
        response["HX-Trigger"] = "assessment-kept"
    return response


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def review(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read the answers and the needs they raise over, then complete the assessment."""
    file = file_for(request, uid, ObjectKind.ASSESSMENT)
    draft = _draft(file)
    if draft is None:
        return redirect("staff:assessment", uid=uid)
    if request.method == "POST":
        address = reverse("staff:assessment_review", args=[uid])
        with refusals_shown(request):
            if read_at(request) != draft.version:
                raise Conflict(
                    _("L’évaluation a changé pendant que vous la relisiez. Relisez-la avant de la terminer.")
                )
            needs = complete_assessments(request.actor, [CompletedAssessment(file, draft.answers)])
            messages.success(request, _completed(len(needs)))
            address = reverse("staff:assessment_read", args=[draft.uid])
        return redirect(address)
    definition, facts = draft.questionnaire.content, assessment_facts([file])[file.pk]
    checked = check_answers(definition, draft.answers, facts, complete=True)
    labels = {question.key: str(question.label) for question in definition.questions()}
    raised = needs_raised(definition, draft.answers, facts)
    context = page(
        file,
        _("Relire l’évaluation"),
        draft=draft,
        missing=[(key, labels.get(key, key), message) for key, message in checked.errors.items()],
        needs=[(need, Priority(need.priority).label) for need in raised],
        sections=answers_shown(definition, draft.answers, facts, get_language() or "fr"),
    )
    return render(request, "staff/casework/assessment_review.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def completed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read a completed assessment again, and what changed since the one before; a draft leads back to its form."""
    found = get_object_or_404(
        assessments_visible_to(request.actor).select_related("questionnaire", "author", "file__person"), uid=uid
    )
    if found.status == AssessmentStatus.DRAFT:
        return redirect("staff:assessment", uid=found.file.uid)
    read(request, found.file, kind=ObjectKind.ASSESSMENT, uid=found.uid)
    title = _("Évaluation des besoins du %(date)s") % {"date": write_date(found.completed_at)}
    facts = found.facts or assessment_facts([found.file])[found.file_id]
    context = page(
        found.file,
        title,
        assessment=found,
        sections=answers_shown(found.questionnaire.content, found.answers, facts, get_language() or "fr"),
        needs=found.needs.select_related("theme"),
        **_compared(found),
    )
    return render(request, "staff/casework/assessment_read.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def move(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Put a draft under the questionnaire's new version, having said which answers it does not take."""
    drafts = assessments_visible_to(request.actor).filter(status=AssessmentStatus.DRAFT)
    draft = get_object_or_404(drafts.select_related("questionnaire", "file__person"), uid=uid)
    read(request, draft.file, kind=ObjectKind.ASSESSMENT, uid=draft.uid)
    if request.method == "POST":
        with refusals_shown(request):
            move_assessment(request.actor, draft, read_at=read_at(request) or 0)
            messages.success(request, _("L’évaluation se poursuit avec la nouvelle version du questionnaire."))
        return redirect("staff:assessment", uid=draft.file.uid)
    version = current_version(NEEDS_ASSESSMENT)
    content, language = draft.questionnaire.content, get_language() or "fr"
    moved = move_answers(draft.answers, content, version.content)
    themes = {theme.code: theme.label.in_language(language) for theme in content.themes}
    lost = [
        (question.label.in_language(language), in_words(question, draft.answers[question.key], language, themes))
        for question in moved.lost
    ]
    context = page(draft.file, _("Passer à la nouvelle version"), draft=draft, lost=lost, kept=len(moved.answers))
    return render(request, "staff/casework/assessment_move.html", context)


def _draft(file: File) -> Assessment | None:
    drafts = Assessment.objects.filter(file=file, status=AssessmentStatus.DRAFT)
    return drafts.select_related("questionnaire").first()


def _keep(request: ActingRequest, file: File, draft: Assessment | None, form: QuestionnaireForm) -> Assessment:
    """Keep the answers the form could read. Raises `Conflict` when somebody else began or changed the draft."""
    version = read_at(request)
    if draft is None:
        draft = start_assessment(request.actor, file)
        return save_answers(request.actor, draft, form.answers)
    draft.file = file
    return save_answers(request.actor, draft, form.answers, read_at=version)


def _compared(found: Assessment) -> dict[str, object]:
    """Return what the page says of what changed since last time: answers in words, needs with those still open."""
    comparison = compare_with_last(found)
    if comparison is None:
        return {"comparison": None}
    language = get_language() or "fr"
    themes = {theme.code: theme.label.in_language(language) for theme in found.questionnaire.content.themes}
    open_needs = {need.code: need for need in Need.objects.filter(file=found.file, closed_on__isnull=True)}
    return {
        "comparison": comparison,
        "changed_answers": [
            (
                change.question.label.in_language(language),
                in_words(change.question, change.before, language, themes),
                in_words(change.question, change.after, language, themes),
            )
            for change in comparison.answers
        ],
        "changed_needs": [
            (kind, need.label.in_language(language), Priority(need.priority).label, open_needs.get(need.code))
            for kind, need in comparison.needs
        ],
    }


def _completed(count: int) -> str:
    if not count:
        return _("L’évaluation est terminée. Aucun nouveau besoin n’en ressort.")
    return ngettext(
        "L’évaluation est terminée. %(count)d besoin en ressort.",
        "L’évaluation est terminée. %(count)d besoins en ressortent.",
        count,
    ) % {"count": count}
