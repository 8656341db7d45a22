"""What an organisation says of the answers that travelled: confirmed, to amend, asked again; and what we do of it.

An amendment never changes the person's record: it waits for the agent, who sees it with the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.context import action, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_casework
from arrimage.casework.actions.referral_changes import lock_live
from arrimage.casework.answers import answers_shown
from arrimage.casework.enums import Settlement, Verdict
from arrimage.casework.models import Referral, SharedAnswerReview
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput


@dataclass(frozen=True)
class Reviewed:
    """What is said of one answer, by its key; without a key, a `question` that was asked besides."""

    verdict: Verdict
    key: str = ""
    question: str = ""
    value: str = ""
    note: str = ""


@action
def review_answers(actor: Actor, referral: Referral, items: Sequence[Reviewed]) -> list[SharedAnswerReview]:
    """Write down what the organisation says of these answers; said again, the last word stays. Elevated: who came by
    a link writes nothing by themselves."""
    with elevated():
        locked = lock_live(actor, referral, by_partner=True)
        sent = {each["key"]: each for each in answers_shown(actor, locked)}
        before = {each.key: each for each in locked.sharedanswerreviews.exclude(key="")}
        said = []
        for item in items:
            review = before.get(item.key) or SharedAnswerReview(referral=locked, key=item.key)
            question = _question(item, sent)
            if review.pk and _same(review, item):
                continue
            review.question, review.verdict = question, item.verdict
            review.value, review.note = item.value.strip(), item.note.strip()
            review.settlement = Settlement.WAITING if item.verdict == Verdict.AMENDED else ""
            review.settled_at = review.settled_by = None
            review.author_id, review.author_name, review.written_at = actor.user_id, actor.name, clock.now()
            review.save()
            said.append(review)
    return said


def _question(item: Reviewed, sent: dict[str, Any]) -> str:
    """Return the words of the question. Raises `InvalidInput` for what was not sent, or is not said."""
    if item.verdict == Verdict.ADDED:
        if item.key or not item.question.strip():
            raise InvalidInput(_("Écrivez la question que vous avez dû poser."), field="question")
        return item.question.strip()
    if item.key not in sent:
        raise InvalidInput(_("Cette réponse n’a pas été communiquée avec l’orientation."))
    if item.verdict == Verdict.AMENDED and not item.value.strip():
        raise InvalidInput(_("Écrivez la réponse corrigée."), field=f"value_{item.key}")
    question: str = sent[item.key]["question"]
    return question


def _same(review: SharedAnswerReview, item: Reviewed) -> bool:
    return (review.verdict, review.value, review.note) == (item.verdict, item.value.strip(), item.note.strip())


@action
def settle_amendments(
    actor: Actor, reviews: Sequence[SharedAnswerReview], settlement: Settlement
) -> list[SharedAnswerReview]:
    """Say of amendments proposed that they are kept in mind, or set aside. The assessment stays as it was answered."""
    locked = list(
        SharedAnswerReview.objects.select_for_update(of=("self",))
        .select_related("referral__file")
        .filter(pk__in=[each.pk for each in reviews])
        .order_by("pk")
    )
    require_casework(actor, [each.referral.file for each in locked])
    for each in locked:
        if each.settlement != Settlement.WAITING:
            raise Conflict(_("Cette correction est déjà décidée."))
        each.settlement, each.settled_at, each.settled_by_id = settlement, clock.now(), actor.user_id
        each.save(update_fields=["settlement", "settled_at", "settled_by"])
    return locked
