"""The papers of a file: given by the staff or by the person, shared or not, removed with a reason."""

from dataclasses import dataclass

from django.core.files.base import File as GivenFile
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.attachments.actions import destroy, store
from arrimage.attachments.content import FOR_ALL
from arrimage.attachments.enums import AttachmentKind, AttachmentState
from arrimage.casework.actions.files import require_casework, require_open_files
from arrimage.casework.enums import DocumentKind, FileStatus
from arrimage.casework.models import Document, File
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed

MOST_FROM_PERSON = 50  # kept documents of a file that the person gave: a portal is no disk


@dataclass(frozen=True)
class NewDocument:
    """A paper to add to a file; `title` is the name of the file unless told."""

    file: File
    upload: GivenFile
    kind: str
    title: str = ""
    shared: bool = False


@action
def add_document(actor: Actor, new: NewDocument) -> Document:
    """Keep a paper in a file.

    From the person's own account it is theirs, so shared; in an open file only. Raises `NotAllowed`, `Conflict` when
    the file is closed or holds too many of the person's, `UploadRefused` for the file itself, `InvalidInput` when a
    document that is meant to be edited would be shared.
    """
    from_person = actor.may(Right.SEE_OWN_FILE)
    if from_person:
        _require_own(actor, new.file)
    else:
        require_open_files(actor, [new.file])
    if new.kind not in DocumentKind.values:
        raise InvalidInput(_("Choisissez ce qu’est ce document."), field="kind")
    shared = from_person or new.shared
    attachment = store(
        actor,
        new.upload,
        kind=AttachmentKind.CASE_DOCUMENT if from_person else AttachmentKind.OFFICE,
        region=new.file.region,
    )
    if shared and attachment.media_type not in FOR_ALL:
        raise InvalidInput(_not_shareable(), field="shared")
    return Document.objects.create(
        file=new.file,
        region_id=new.file.region_id,
        attachment=attachment,
        kind=new.kind,
        title=(new.title.strip() or attachment.name)[:150],
        from_person=from_person,
        shared=shared,
        author_id=actor.user_id,
    )


@action
def share_document(actor: Actor, document: Document, *, shared: bool) -> Document:
    """Let the person see a document, or no longer. What they gave themselves they always see."""
    locked = _locked(actor, document)
    if locked.from_person and not shared:
        raise Conflict(_("La personne a déposé ce document elle-même : elle continue de le voir."))
    if shared and locked.attachment.media_type not in FOR_ALL:
        raise InvalidInput(_not_shareable(), field="shared")
    if locked.shared != shared:
        locked.shared = shared
        locked.save()
    return locked


@action
def remove_document(actor: Actor, document: Document, *, reason: str) -> Document:
    """Destroy the content of a document; its line stays, with who removed it, when and why."""
    locked = _locked(actor, document)
    destroy(actor, [locked.attachment], reason=reason)
    locked.attachment.refresh_from_db()
    return locked


def _require_own(actor: Actor, file: File) -> None:
    if actor.scope_id is None or file.person_id != actor.scope_id:
        raise NotAllowed(_("Ce dossier n’est pas le vôtre."))
    if file.status != FileStatus.ACTIVE:
        raise Conflict(_("Votre dossier est fermé : rien ne peut plus y être ajouté."))
    given = Document.objects.filter(file=file, from_person=True, attachment__state=AttachmentState.STORED)
    if given.count() >= MOST_FROM_PERSON:
        raise Conflict(
            _("Vous avez déjà envoyé %(count)d documents. Demandez à votre agente ou agent d’en retirer.")
            % {"count": MOST_FROM_PERSON}
        )


def _locked(actor: Actor, document: Document) -> Document:
    """Return a document that is still kept, locked for a change by somebody who accompanies the person."""
    require_casework(actor, [document.file])
    locked = (
        Document.objects.select_for_update(of=("self", "attachment"))
        .select_related("attachment", "file")
        .get(pk=document.pk)
    )
    if locked.attachment.is_destroyed:
        raise Conflict(_("Ce document est déjà retiré."))
    return locked


def _not_shareable() -> str:
    return _("Un texte DOCX ou ODT ne se partage pas avec la personne : envoyez-en le PDF.")
