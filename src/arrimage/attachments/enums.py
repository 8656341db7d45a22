from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.transitions import Transitions


class AttachmentKind(TextChoices):
    """What an attachment is for; it decides which types of file are taken (`attachments.content`)."""

    CASE_DOCUMENT = "case_document", _("Document d’un dossier")
    CONSENT = "consent", _("Consentement signé sur papier")
    REGISTER = "register", _("Pièce d’un registre de protection des renseignements")
    OFFICE = "office", _("Document de travail d’un bureau")


class AttachmentState(TextChoices):
    STORED = "stored", _("Conservé")
    DESTROYED = "destroyed", _("Détruit")


class MediaType(TextChoices):
    """The types of file that are kept. The label is how the type is named to people."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    ODT = "application/vnd.oasis.opendocument.text", "ODT"


ATTACHMENT_TRANSITIONS = Transitions(AttachmentState, {AttachmentState.STORED: frozenset({AttachmentState.DESTROYED})})
