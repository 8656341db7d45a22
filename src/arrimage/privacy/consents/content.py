"""The texts that come with the program: those of consents go to the database, the notices are read where they are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.db import transaction

from arrimage.foundation.writing import french_spaces
from arrimage.privacy.consents.enums import Notice, Review
from arrimage.privacy.consents.models import ConsentText

SUFFIX = ".json"
FOLDER = files("arrimage.privacy.consents") / "content"


class PublishedTextChanged(RuntimeError):
    """A packaged text differs from the one people consented to under the same number: it needs another number."""


@transaction.atomic
def load_texts() -> list[ConsentText]:
    """Publish the texts that are not yet; retire those a later number replaces. A repeat changes nothing.

    Raises `PublishedTextChanged` when a text already published no longer says the same.
    """
    added = [text for file in _packaged(FOLDER) for text in _publish(json.loads(file.read_text(encoding="utf-8")))]
    return ConsentText.objects.bulk_create(added)


def _publish(content: dict[str, Any]) -> list[ConsentText]:
    known = {(text.number, text.language): text for text in ConsentText.objects.filter(purpose=content["purpose"])}
    added = []
    for version, following in _with_following(content["versions"]):
        retired_on = date.fromisoformat(following["published_on"]) - timedelta(days=1) if following else None
        for language, words in version["texts"].items():
            text = ConsentText(
                purpose=content["purpose"],
                number=version["number"],
                language=language,
                title=_written(words["title"], language),
                body=_written("\n\n".join(words["body"]), language),
                review=words["review"],
                published_on=date.fromisoformat(version["published_on"]),
                retired_on=retired_on,
            )
            before = known.get((text.number, language))
            if before is None:
                added.append(text)
            else:
                _keep(before, text)
    return added


def _keep(before: ConsentText, text: ConsentText) -> None:
    """Check that a published text says the same, and follow what may change: its review, its retirement."""
    if (before.title, before.body, before.published_on) != (text.title, text.body, text.published_on):
        raise PublishedTextChanged(f"{text.purpose} {text.number} {text.language}")
    if (before.review, before.retired_on) != (text.review, text.retired_on):
        before.review, before.retired_on = text.review, text.retired_on
        before.save(update_fields=["review", "retired_on"])


def _with_following(versions: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    return zip(versions, [*versions[1:], None], strict=True)


def _written(text: str, language: str) -> str:
    return french_spaces(text) if language == "fr" else text


def _packaged(folder: Traversable) -> list[Traversable]:
    return sorted((each for each in folder.iterdir() if each.name.endswith(SUFFIX)), key=lambda each: each.name)


# --- Notices at collection ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class NoticeText:
    """What is said where information is collected (A-2.1, section 65), in one language, as of one number."""

    number: int
    published_on: date
    language: str
    review: Review
    title: str
    who: str
    why: str
    who_sees: str
    compulsory: str
    rights: str


@cache
def notice_text(notice: Notice, language: str) -> NoticeText:
    """Return the last text of a notice, in French when it is not written in `language`."""
    file = FOLDER / "notices" / f"{notice.value}{SUFFIX}"
    version = json.loads(file.read_text(encoding="utf-8"))["versions"][-1]
    language = language if language in version["texts"] else "fr"
    words = dict(version["texts"][language])
    review = Review(words.pop("review"))
    return NoticeText(
        number=version["number"],
        published_on=date.fromisoformat(version["published_on"]),
        language=language,
        review=review,
        **{name: _written(text, language) for name, text in words.items()},
    )
