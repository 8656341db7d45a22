from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.attachments.models import Attachment
from arrimage.casework.enums import DocumentKind
from arrimage.casework.models.files import File
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


class Document(Record):
    """A paper of a person's file: what it is, and the attachment that holds it.

    `from_person` says that the person gave it from their own account. They see the documents they gave and those that
    are `shared` with them. A document that is removed stays in the list, its attachment destroyed.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="documents", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    attachment = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, related_name="document", verbose_name=_("pièce jointe")
    )
    kind = models.CharField(_("nature"), max_length=20, choices=DocumentKind.choices)
    title = models.CharField(_("titre"), max_length=150)
    from_person = models.BooleanField(_("déposé par la personne"), default=False)
    shared = models.BooleanField(_("partagé avec la personne"), default=False)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(name="document_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="document_of_the_person_is_shared", condition=Q(from_person=False) | Q(shared=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title
