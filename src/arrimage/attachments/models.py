"""What is known of a document that was given; its content is a file apart, encrypted (`attachments.storage`)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.attachments.enums import ATTACHMENT_TRANSITIONS, AttachmentKind, AttachmentState, MediaType
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class Attachment(Record):
    """A document as it is kept: checked, cleaned, encrypted under a key of its own.

    `size` (bytes) and `sha256` (hexadecimal) are those of the clear content as kept (an image is written anew before).
    `wrapped_key` is the file's own key, encrypted under the installation's key `key_id`; once the attachment is
    destroyed it is gone, and with it what any copy of the file could tell. Who may see an attachment is said by the
    record it belongs to (`attachments.registry`).
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    kind = models.CharField(_("nature"), max_length=20, choices=AttachmentKind.choices)
    name = models.CharField(_("nom du fichier"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100, choices=MediaType.choices)
    size = models.PositiveBigIntegerField(_("taille"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    key_id = models.CharField(_("clé"), max_length=40, db_index=True)
    wrapped_key = models.BinaryField(_("clé du fichier, chiffrée"))
    state = models.CharField(_("état"), max_length=12, choices=AttachmentState.choices, default=AttachmentState.STORED)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposé par")
    )
    destroyed_at = models.DateTimeField(_("détruit le"), null=True, blank=True)
    destroyed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("détruit par")
    )
    destruction_reason = models.CharField(_("pourquoi"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="attachment_kind_known", condition=Q(kind__in=AttachmentKind.values)),
            models.CheckConstraint(name="attachment_type_kept", condition=Q(media_type__in=MediaType.values)),
            models.CheckConstraint(name="attachment_is_named", condition=~Q(name="")),
            models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="attachment_sha256_well_formed", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="attachment_destroyed_with_its_key",
                condition=Q(state=AttachmentState.STORED.value, destroyed_at__isnull=True, destruction_reason="")
                & ~Q(wrapped_key=b"")
                | Q(state=AttachmentState.DESTROYED.value, destroyed_at__isnull=False, wrapped_key=b"")
                & ~Q(destruction_reason=""),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            ATTACHMENT_TRANSITIONS.trigger("state"),
            pgtrigger.ReadOnly(
                name="content_is_final",
                fields=["uid", "kind", "media_type", "size", "sha256", "uploaded_by", "created_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_destroyed(self) -> bool:
        return self.state == AttachmentState.DESTROYED

    @property
    def is_image(self) -> bool:
        """Say whether the content is an image, which was written anew by us and may be shown in a page."""
        return self.media_type in (MediaType.JPEG, MediaType.PNG)
