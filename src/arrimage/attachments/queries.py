"""Who sees which attachment: whoever sees the record it belongs to."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from arrimage.accounts.rights import Actor
from arrimage.attachments.enums import AttachmentState
from arrimage.attachments.models import Attachment
from arrimage.attachments.registry import owners


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Return the attachments of the records `actor` sees, whatever their owner."""
    seen = Q()
    for owner in owners():
        seen |= Q(pk__in=owner.visible(actor))
    return Attachment.objects.filter(seen) if seen else Attachment.objects.none()


def attachment_for(actor: Actor, uid: UUID) -> tuple[Attachment, Any] | None:
    """Return a kept attachment that `actor` sees, and the file or person it is about; None when there is none."""
    kept = Attachment.objects.filter(uid=uid, state=AttachmentState.STORED)
    for owner in owners():
        found = kept.filter(pk__in=owner.visible(actor)).first()
        if found is not None:
            return found, owner.about(found)
    return None
