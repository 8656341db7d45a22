"""Publishing questionnaires. Whoever calls checks the rights: this floor knows no accounts."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Max

from arrimage.foundation import clock
from arrimage.questionnaires.models import Questionnaire, QuestionnaireVersion
from arrimage.questionnaires.parsing import parse_definition

SUFFIX = ".json"


@transaction.atomic
def publish_version(questionnaire_code: str, definition: Mapping[str, Any]) -> QuestionnaireVersion:
    """Publish a definition and return its version; the current one when it says the same already.

    Creates the questionnaire at need, and keeps its title and purpose as the definition has them. Raises
    `InvalidDefinition`.
    """
    content = parse_definition(definition)
    Questionnaire.objects.get_or_create(
        code=questionnaire_code, defaults={"title": content.title.fr, "purpose": content.purpose}
    )
    questionnaire = Questionnaire.objects.select_for_update().get(code=questionnaire_code)  # one publisher at a time
    versions = questionnaire.versions.order_by("-number")
    current = versions.filter(published_at__isnull=False).first()
    if current and current.definition == definition:
        return current
    questionnaire.title, questionnaire.purpose = content.title.fr, content.purpose
    questionnaire.save()
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        definition=dict(definition),
        published_at=clock.now(),
    )


def load_content() -> list[QuestionnaireVersion]:
    """Publish every questionnaire that comes with the program; a repeat changes nothing."""
    return [publish_version(code, definition) for code, definition in packaged_content()]


def packaged_content() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the code and the definition of each file of `content/`."""
    folder = files("arrimage.questionnaires") / "content"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(SUFFIX):
            yield file.name.removesuffix(SUFFIX), json.loads(file.read_text(encoding="utf-8"))
