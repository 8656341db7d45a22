"""Assessing needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_casework, require_open_files
from arrimage.casework.enums import AssessmentStatus, NeedStatus
from arrimage.casework.models import Assessment, File, Need
from arrimage.casework.queries import assessment_facts
from arrimage.directory.models import Theme
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.questionnaires.moving import move_answers
from arrimage.questionnaires.queries import current_version
from arrimage.questionnaires.rules import check_answers, needs_raised

NEEDS_ASSESSMENT = "needs_assessment"


@dataclass(frozen=True)
class CompletedAssessment:
    """A file and the answers given over all themes, by question key."""

    file: File
    answers: Mapping[str, Any]
    on: date | None = None


@dataclass(frozen=True)
class NewNeed:
    """A need noted by hand, whether or not the list of themes foresaw it."""

    file: File
    theme: Theme
    label: str
    priority: int
    on: date | None = None


@dataclass(frozen=True)
class ClosedNeed:
    """What became of a need: met, not met, or withdrawn because it is one no more."""

    need: Need
    status: str
    on: date | None = None


CLOSED = frozenset({NeedStatus.MET, NeedStatus.NOT_MET, NeedStatus.WITHDRAWN})


@action
def start_assessment(actor: Actor, file: File, *, on: date | None = None) -> Assessment:
    """Return the file's draft assessment, beginning one under the current questionnaire if there is none."""
    require_open_files(actor, [file])
    assessment, _created = Assessment.objects.get_or_create(
        file=file,
        status=AssessmentStatus.DRAFT,
        defaults={
            "region_id": file.region_id,
            "questionnaire": current_version(NEEDS_ASSESSMENT),
            "author_id": actor.user_id,
            "started_at": clock.at(on, 12) if on else clock.now(),
        },
    )
    return assessment


@action
def save_answers(
    actor: Actor, assessment: Assessment, answers: Mapping[str, Any], *, read_at: int | None = None
) -> Assessment:
    """Keep partial answers of a draft and return it; nothing is required yet.

    Raises `Conflict` when it was completed, or when it changed since it was read at version `read_at`.
    """
    require_casework(actor, [assessment.file])
    locked = _lock_draft(assessment)
    if read_at is not None and locked.version != read_at:
        raise Conflict(_("Quelqu’un d’autre a rempli cette évaluation pendant que vous écriviez."))
    facts = assessment_facts([assessment.file])[assessment.file.pk]
    locked.answers, _errors = check_answers(locked.questionnaire.content, answers, facts, complete=False)
    locked.save(update_fields=["answers"])
    locked.refresh_from_db(fields=["version"])
    return locked


@action
def move_assessment(actor: Actor, assessment: Assessment, *, read_at: int) -> Assessment:
    """Put a draft under today's version of its questionnaire, with the answers that version takes."""
    require_casework(actor, [assessment.file])
    locked = _lock_draft(assessment)
    if locked.version != read_at:
        raise Conflict(_("Quelqu’un d’autre a rempli cette évaluation pendant que vous écriviez."))
    version = current_version(locked.questionnaire.questionnaire.code)
    locked.answers = move_answers(locked.answers, locked.questionnaire.content, version.content).answers
    locked.questionnaire = version
    locked.save(update_fields=["answers", "questionnaire"])
    return locked


def _lock_draft(assessment: Assessment) -> Assessment:
    locked = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("questionnaire__questionnaire")
        .get(pk=assessment.pk)
    )
    if locked.status != AssessmentStatus.DRAFT:
        raise Conflict(_("Cette évaluation est déjà terminée."))
    return locked


@action
def complete_assessments(actor: Actor, items: Sequence[CompletedAssessment]) -> list[Need]:
    """Complete one assessment a file and return the needs its answers raise.

    A need still open is not raised twice: should it have become more pressing, its words and priority follow. Raises
    `InvalidInput` with the question's key in `field` when an answer is missing or not acceptable.
    """
    require_open_files(actor, [item.file for item in items])
    version = current_version(NEEDS_ASSESSMENT)
    drafts = {
        draft.file_id: draft
        for draft in Assessment.objects.select_for_update(of=("self",))
        .filter(file__in=[item.file for item in items], status=AssessmentStatus.DRAFT)
        .select_related("questionnaire", "file__person")
    }
    facts = assessment_facts([item.file for item in items])
    fresh: list[Assessment] = []
    finished: list[Assessment] = []
    for item in items:
        draft = drafts.get(item.file.pk)
        asked = draft.questionnaire.content if draft else version.content
        cleaned, errors = check_answers(asked, item.answers, facts[item.file.pk], complete=True)
        for key, message in errors.items():
            raise InvalidInput(message, field=key)
        completed_at = clock.at(item.on, 12) if item.on else clock.now()
        assessment = draft or Assessment(
            file=item.file,
            region_id=item.file.region_id,
            questionnaire=version,
            author_id=actor.user_id,
            started_at=completed_at,
        )
        assessment.answers = cleaned
        assessment.facts = facts[item.file.pk]
        assessment.status = AssessmentStatus.COMPLETED
        assessment.completed_at = completed_at
        (finished if draft else fresh).append(assessment)
    Assessment.objects.bulk_create(fresh, batch_size=1000)
    update_rows(Assessment, finished, ["answers", "facts", "status", "completed_at"])

    return _raise_needs(actor, [*fresh, *finished], facts, {item.file.pk: item.on for item in items})


def _raise_needs(
    actor: Actor,
    assessments: Sequence[Assessment],
    facts: Mapping[int, Mapping[str, Any]],
    days: Mapping[int, date | None],
) -> list[Need]:
    """Write the needs that answers raise, beside those still open; return the new ones."""
    themes = {theme.code: theme for theme in Theme.objects.filter(region__isnull=True)}
    files = [assessment.file_id for assessment in assessments]
    open_needs = Need.objects.select_for_update(of=("self",)).filter(file__in=files, closed_on__isnull=True)
    known = {(need.file_id, need.theme_id, need.code or need.label): need for need in open_needs}
    fresh, pressing = [], []
    for assessment in assessments:
        for raised in needs_raised(assessment.questionnaire.content, assessment.answers, facts[assessment.file_id]):
            theme, label = themes[raised.theme], raised.label.fr
            need = known.get((assessment.file_id, theme.pk, raised.code)) or known.get(
                (assessment.file_id, theme.pk, label)
            )
            if need is None:
                fresh.append(
                    Need(
                        file=assessment.file,
                        region_id=assessment.region_id,
                        assessment=assessment,
                        theme=theme,
                        label=label,
                        code=raised.code,
                        priority=raised.priority,
                        author_id=actor.user_id,
                        noted_on=days[assessment.file_id] or clock.today(),
                    )
                )
            elif raised.priority < need.priority:
                need.priority, need.label = raised.priority, label
                pressing.append(need)
    update_rows(Need, pressing, ["priority", "label"])
    return Need.objects.bulk_create(fresh, batch_size=1000)


@action
def note_needs(actor: Actor, items: Sequence[NewNeed]) -> list[Need]:
    """Note needs by hand, foreseen or not."""
    require_open_files(actor, [item.file for item in items])
    for item in items:
        if not item.label.strip():
            raise InvalidInput(_("Dites le besoin en quelques mots."), field="label")
    return Need.objects.bulk_create(
        [
            Need(
                file=item.file,
                region_id=item.file.region_id,
                theme=item.theme,
                label=item.label.strip(),
                priority=item.priority,
                author_id=actor.user_id,
                noted_on=item.on or clock.today(),
            )
            for item in items
        ],
        batch_size=1000,
    )


@action
def close_needs(actor: Actor, items: Sequence[ClosedNeed]) -> list[Need]:
    """Say what became of needs. Raises `Conflict` when one is closed already."""
    require_casework(actor, [item.need.file for item in items])
    locked = {
        need.pk: need
        for need in Need.objects.select_for_update(of=("self",)).filter(pk__in=[item.need.pk for item in items])
    }
    for item in items:
        need = locked[item.need.pk]
        if item.status not in CLOSED:
            raise InvalidInput(_("Dites ce que le besoin est devenu."), field="status")
        if need.closed_on is not None:
            raise Conflict(_("Ce besoin est déjà clos."))
        need.status = item.status
        need.closed_on = item.on or clock.today()
    update_rows(Need, locked.values(), ["status", "closed_on"])
    return list(locked.values())
