"""Taking attachments in and destroying them.

The room whose record owns the attachment checks the right to do so, before; it keeps the attachment and its own record
in one transaction.
"""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.attachments import keys, storage
from arrimage.attachments.content import clean
from arrimage.attachments.enums import ATTACHMENT_TRANSITIONS, AttachmentKind, AttachmentState
from arrimage.attachments.models import Attachment
from arrimage.attachments.rollback import remember
from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.foundation.models import new_uid
from arrimage.territory.models import Region


@action
def store(actor: Actor, upload: File, *, kind: AttachmentKind, region: Region | None = None) -> Attachment:
    """Check, clean, encrypt and keep a given file (an `UploadedFile` of a form, or a `ContentFile` made here).

    Raises `UploadRefused` (an `InvalidInput` on the field `upload`) with a sentence that names the file and says why,
    `StorageNotAvailable` when the disk is full or does not answer: there is then no row and no file. The file of a
    transaction that is undone is removed.
    """
    if region is not None and not actor.covers_region(region.pk):
        raise NotAllowed(_("Ce document serait rangé dans une autre région que la vôtre."))
    kept = clean(upload, kind)
    uid, key = new_uid(), keys.new_key()
    wrapped = keys.wrap(key, uid)
    remember(uid)
    storage.write(uid, BytesIO(kept.content), key)
    return Attachment.objects.create(
        uid=uid,
        region=region,
        kind=kind,
        name=kept.name,
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=kept.sha256,
        key_id=wrapped.key_id,
        wrapped_key=wrapped.sealed,
        uploaded_by_id=actor.user_id,
        created_at=clock.now(),
    )


@action
def destroy(actor: Actor, attachments: Sequence[Attachment], *, reason: str) -> None:
    """Destroy contents for good: their keys now, their files once the transaction is committed. The rows stay.

    One that is destroyed already stays as it is. Raises `InvalidInput` on `reason` without one.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidInput(_("Dites pourquoi le document est retiré."), field="reason")
    locked = Attachment.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in attachments])
    for attachment in locked.order_by("pk"):
        if attachment.is_destroyed:
            continue
        ATTACHMENT_TRANSITIONS.check(attachment.state, AttachmentState.DESTROYED)
        attachment.state = AttachmentState.DESTROYED
        attachment.wrapped_key = b""
        attachment.destroyed_at = clock.now()
        attachment.destroyed_by_id = actor.user_id
        attachment.destruction_reason = reason[:300]
        attachment.save()
        transaction.on_commit(partial(storage.remove, attachment.uid), robust=True)
