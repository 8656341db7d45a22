"""A version or a draft from its address, and keeping a change of a draft."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.questionnaires.actions import save_draft
from arrimage.questionnaires.editing import find, section_json
from arrimage.questionnaires.models import QuestionnaireVersion
from arrimage.questionnaires.nodes import InvalidDefinition
from arrimage.questionnaires.words import refusal_in_words
from arrimage.web.requests import ActingRequest


def version_for(uid: UUID) -> QuestionnaireVersion:
    return get_object_or_404(QuestionnaireVersion.objects.select_related("questionnaire"), uid=uid)


def draft_for(uid: UUID) -> QuestionnaireVersion:
    """Return a draft, or answer 404: a published version has no page where it would be changed."""
    drafts = QuestionnaireVersion.objects.select_related("questionnaire").filter(published_at__isnull=True)
    return get_object_or_404(drafts, uid=uid)


def question_of(draft: QuestionnaireVersion, key: str) -> dict[str, Any]:
    try:
        place = find(draft.definition, key)
    except KeyError as error:
        raise Http404 from error
    question: dict[str, Any] = draft.definition["sections"][place.section]["questions"][place.question]
    return question


def section_of(draft: QuestionnaireVersion, key: str) -> dict[str, Any]:
    try:
        return section_json(draft.definition, key)
    except KeyError as error:
        raise Http404 from error


def keep(request: ActingRequest, draft: QuestionnaireVersion, definition: Mapping[str, Any]) -> None:
    """Keep a change, made on the version the page was read at; the refusal names the question and the fault."""
    try:
        save_draft(draft, definition, read_at=read_at(request))
    except InvalidDefinition as error:
        raise InvalidInput(refusal_in_words(error, definition)) from error


def read_at(request: ActingRequest) -> int:
    """Return the version the page was read at; 0, which no record has, when it does not say."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() else 0


def address_of(version: QuestionnaireVersion, anchor: str = "") -> str:
    url = reverse("staff:questionnaire_version", args=[version.uid])
    return f"{url}#{anchor}" if anchor else url


def name_of(version: QuestionnaireVersion) -> str:
    if version.published_at is None:
        return _("brouillon de la version %(number)d") % {"number": version.number}
    return _("version %(number)d") % {"number": version.number}


def page(version: QuestionnaireVersion, title: str, **context: Any) -> dict[str, Any]:
    """Return the context of a page under a version: title, breadcrumb, the version the page is read at."""
    return {
        "title": title,
        "lead": f"{version.questionnaire.title}, {name_of(version)}",
        "version": version,
        "version_url": address_of(version),
        "trail": [
            (_("Questionnaires"), reverse("staff:questionnaires")),
            (f"{version.questionnaire.title} ({version.number})", address_of(version)),
        ],
        **context,
    }
