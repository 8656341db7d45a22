"""French beside another language, text by text, with what was read over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_language
from arrimage.questionnaires.editing import texts_of, with_translations
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.questionnaires.reading import draft_for, keep, page, version_for
from arrimage.web.staff.questionnaires.translating import TARGETS, Review, progress_of, review_of


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def translations(request: ActingRequest, uid: UUID, language: str) -> HttpResponse:
    """Show every text beside its translation; a draft's are written here."""
    if language not in TARGETS:
        raise Http404
    if request.method == "POST":
        draft = draft_for(uid)
        places = list(texts_of(draft.definition))
        words = {place.address: request.POST.get(f"text-{place.address}", "").strip() for place in places}
        reviewed = {place.address for place in places if request.POST.get(f"reviewed-{place.address}")}
        with refusals_shown(request):
            keep(request, draft, with_translations(draft.definition, language, words, reviewed))
            messages.success(request, _("Les traductions sont enregistrées."))
        return redirect("staff:questionnaire_translations", uid=uid, language=language)
    found = version_for(uid)
    texts = [
        {
            "address": place.address,
            "fr": place.text["fr"],
            "words": place.text.get(language, ""),
            "review": review,
            "is_reviewed": review == Review.REVIEWED,
        }
        for place in texts_of(found.definition)
        for review in [review_of(place.text, language)]
    ]
    context = page(
        found,
        _("Traductions : %(language)s") % {"language": write_language(language)},
        texts=texts,
        language=language,
        is_draft=found.published_at is None,
        progress=progress_of(found.definition, language),
        languages=TARGETS,
    )
    return render(request, "staff/questionnaires/translations.html", context)
