"""Drafting and publishing questionnaires. Whoever calls checks the rights: this floor knows no accounts."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.questionnaires.models import Questionnaire, QuestionnaireVersion
from arrimage.questionnaires.parsing import parse_definition

SUFFIX = ".json"


@transaction.atomic
def publish_version(
    questionnaire_code: str, definition: Mapping[str, Any], *, packaged: bool = True
) -> QuestionnaireVersion:
    """Publish a definition and return its version; the current one when it says the same already.

    Creates the questionnaire at need, and keeps its title and purpose as the definition has them. A definition that
    comes with the program (`packaged`) never replaces one edited on the pages. Raises `InvalidDefinition`.
    """
    content = parse_definition(definition)
    Questionnaire.objects.get_or_create(
        code=questionnaire_code, defaults={"title": content.title.fr, "purpose": content.purpose}
    )
    questionnaire = Questionnaire.objects.select_for_update().get(code=questionnaire_code)  # one publisher at a time
    current = questionnaire.versions.filter(published_at__isnull=False).order_by("-number").first()
    if current and (current.definition == definition or (packaged and not current.packaged)):
        return current
    questionnaire.title, questionnaire.purpose = content.title.fr, content.purpose
    questionnaire.save()
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=_next_number(questionnaire),
        definition=dict(definition),
        published_at=clock.now(),
        packaged=packaged,
    )


@transaction.atomic
def start_draft(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Return the questionnaire's draft, begun from the version of today if there is none."""
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    draft = locked.versions.filter(published_at__isnull=True).first()
    if draft is not None:
        return draft
    current = locked.versions.order_by("-number")[0]
    return QuestionnaireVersion.objects.create(
        questionnaire=locked, number=_next_number(locked), definition=current.definition, packaged=False
    )


@transaction.atomic
def save_draft(draft: QuestionnaireVersion, definition: Mapping[str, Any], *, read_at: int) -> QuestionnaireVersion:
    """Keep a change of a draft read at version `read_at`. Raises `InvalidDefinition`, and `Conflict` if it moved on."""
    parse_definition(definition)
    locked = _lock_draft(draft, read_at)
    locked.definition = dict(definition)
    locked.save(update_fields=["definition"])
    return QuestionnaireVersion.objects.select_related("questionnaire").get(pk=locked.pk)


@transaction.atomic
def publish_draft(draft: QuestionnaireVersion, *, read_at: int) -> QuestionnaireVersion:
    """Make a draft the version of all new assessments. Raises `Conflict` if it changed since it was read."""
    locked = _lock_draft(draft, read_at)
    content = parse_definition(locked.definition)
    questionnaire = Questionnaire.objects.select_for_update().get(pk=locked.questionnaire_id)
    # A version may have come with the program meanwhile: the one published last is the one asked.
    if questionnaire.versions.filter(number__gt=locked.number).exists():
        locked.number = _next_number(questionnaire)
    locked.published_at, locked.packaged = clock.now(), False
    locked.save(update_fields=["number", "published_at", "packaged"])
    questionnaire.title, questionnaire.purpose = content.title.fr, content.purpose
    questionnaire.save()
    return locked


@transaction.atomic
def discard_draft(draft: QuestionnaireVersion, *, read_at: int) -> None:
    """Throw a draft away. Raises `Conflict` if it changed since it was read."""
    _lock_draft(draft, read_at).delete()


def _lock_draft(draft: QuestionnaireVersion, read_at: int) -> QuestionnaireVersion:
    locked = QuestionnaireVersion.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.published_at is not None:
        raise Conflict(_("Ce brouillon a été publié ou abandonné entre-temps."))
    if locked.version != read_at:
        raise Conflict(_("Quelqu’un a modifié ce brouillon entre-temps. Relisez-le, puis refaites votre changement."))
    return locked


def _next_number(questionnaire: Questionnaire) -> int:
    return int(questionnaire.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def load_content() -> list[QuestionnaireVersion]:
    """Publish every questionnaire that comes with the program; a repeat changes nothing."""
    return [publish_version(code, definition) for code, definition in packaged_content()]


def packaged_content() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the code and the definition of each file of `content/`."""
    folder = files("arrimage.questionnaires") / "content"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(SUFFIX):
            yield file.name.removesuffix(SUFFIX), json.loads(file.read_text(encoding="utf-8"))
