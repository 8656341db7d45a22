"""Notes of a file: written for whom, corrected within the day, added to later, withdrawn from view with a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.files import require_casework, require_open_files
from arrimage.casework.enums import WITH_PARTNER, NoteVisibility
from arrimage.casework.models import File, Note, NoteAddition, NoteTemplate, Referral
from arrimage.casework.queries import notes_visible_to
from arrimage.foundation import clock
from arrimage.foundation.changes import Change, apply_changes
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.territory.models import Region


@dataclass(frozen=True)
class NoteContent:
    """What is written, and for whom; `referral` is the one whose organisation reads it, for `PARTNER` alone."""

    text: str
    visibility: str = NoteVisibility.TEAM
    referral: Referral | None = None


@action
def write_note(actor: Actor, file: File, content: NoteContent, *, at: datetime | None = None) -> Note:
    """Write a note in an open file, now or `at` a time past.

    Raises `InvalidInput` for an empty text or an organisation that may not read it.
    """
    require_open_files(actor, [file])
    return Note.objects.create(
        file=file,
        region_id=file.region_id,
        author_id=actor.user_id,
        written_at=at or clock.now(),
        **_checked(file, content),
    )


@action
def edit_note(actor: Actor, note: Note, content: NoteContent, *, version: int) -> Note:
    """Correct one's own note on the day it was written. Raises `Conflict` later, or when it changed meanwhile."""
    _require_author(actor, note)
    require_open_files(actor, [note.file])
    if not is_correctable(note):
        raise Conflict(_("Une note se corrige le jour même. Ajoutez-y plutôt une précision."))
    apply_changes(Note, [Change(note, _checked(note.file, content), version=version)])
    note.refresh_from_db()
    return note


@action
def add_to_note(actor: Actor, note: Note, text: str) -> NoteAddition:
    """Add to one's own note, whenever it was written; the note itself stays as it is."""
    _require_author(actor, note)
    require_casework(actor, [note.file])
    if not text.strip():
        raise InvalidInput(_("Écrivez ce que vous ajoutez."), field="text")
    return NoteAddition.objects.create(note=note, author_id=actor.user_id, text=text.strip())


@action
def withdraw_note(actor: Actor, note: Note, *, why: str) -> Note:
    """Take a note from view, for a reason its author is told. It stays in the history; nothing is erased."""
    require(actor, Right.MODERATE_NOTES, region_id=note.region_id)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi la note est retirée : son auteur le lira."), field="why")
    locked = _locked(actor, note)
    if locked.withdrawn_on is not None:
        raise Conflict(_("Cette note est déjà retirée."))
    locked.withdrawn_on = clock.today()
    locked.withdrawn_by_id = actor.user_id
    locked.withdrawn_why = why.strip()
    locked.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_why"])
    return locked


@action
def acknowledge_withdrawal(actor: Actor, note: Note) -> None:
    """Say that one has read why one's note was withdrawn."""
    locked = _locked(actor, note)
    if locked.author_id != actor.user_id or locked.withdrawn_on is None:
        raise NotAllowed(_("Cette note n’est pas la vôtre, ou n’est pas retirée."))
    if locked.withdrawal_seen_on is None:
        locked.withdrawal_seen_on = clock.today()
        locked.save(update_fields=["withdrawal_seen_on"])


@action
def keep_template(
    actor: Actor,
    template: NoteTemplate | None,
    *,
    region: Region,
    title: str,
    text: str,
    is_offered: bool = True,
    version: int | None = None,
) -> NoteTemplate:
    """Write or change words that the region's agents may begin a note from."""
    require(actor, Right.MODERATE_NOTES, region_id=region.pk)
    if template is not None and template.region_id != region.pk:
        raise NotAllowed(_("Ce modèle appartient à une autre région."))
    values = {"title": title.strip(), "text": text.strip(), "is_offered": is_offered}
    for name in ("title", "text"):
        if not values[name]:
            raise InvalidInput(_("Un modèle a un titre et un texte."), field=name)
    try:
        with transaction.atomic():
            if template is None:
                return NoteTemplate.objects.create(region=region, **values)
            apply_changes(NoteTemplate, [Change(template, values, version=version)])
    except IntegrityError as error:
        raise InvalidInput(_("Un modèle porte déjà ce titre."), field="title") from error
    template.refresh_from_db()
    return template


def is_correctable(note: Note) -> bool:
    """Say whether a note may still be corrected: written today, and in view."""
    return note.withdrawn_on is None and timezone.localdate(note.written_at) == clock.today()


def _checked(file: File, content: NoteContent) -> dict[str, object]:
    """Return the fields to write. Raises `InvalidInput` when something is missing or may not be shared."""
    if not content.text.strip():
        raise InvalidInput(_("Écrivez la note."), field="text")
    if content.visibility not in NoteVisibility.values:
        raise InvalidInput(_("Choisissez qui peut lire la note."), field="visibility")
    referral = content.referral if content.visibility == NoteVisibility.PARTNER else None
    if content.visibility == NoteVisibility.PARTNER:
        if referral is None or referral.file_id != file.pk or referral.status not in WITH_PARTNER:
            raise InvalidInput(_("Choisissez l’organisme qui accompagne la personne en ce moment."), field="referral")
        if referral.consent_withdrawn_on is not None:
            raise InvalidInput(
                _("La personne a retiré son consentement : plus rien n’est communiqué à cet organisme."),
                field="referral",
            )
    return {"text": content.text.strip(), "visibility": content.visibility, "referral": referral}


def _require_author(actor: Actor, note: Note) -> None:
    if actor.user_id is None or note.author_id != actor.user_id:
        raise NotAllowed(_("Seule la personne qui a écrit une note la corrige ou la complète."))
    if note.withdrawn_on is not None:
        raise Conflict(_("Cette note est retirée : elle ne change plus."))


def _locked(actor: Actor, note: Note) -> Note:
    """Return a note that `actor` reads, locked for a change."""
    locked = notes_visible_to(actor).select_for_update(of=("self",)).filter(pk=note.pk).first()
    if locked is None:
        raise NotAllowed(_("Cette note n’est pas parmi celles que vous pouvez lire."))
    return locked
