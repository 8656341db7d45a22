"""Texts that are read to people before they consent."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.privacy.consents.enums import Purpose, Review

LANGUAGES = [("fr", _("Français")), ("en", _("Anglais")), ("es", _("Espagnol")), ("ar", _("Arabe"))]
RIGHT_TO_LEFT = {"ar"}
RECIPIENT = "%(organisation)s"  # what a text says where the organisation's name comes


class ConsentText(Record):
    """What is read to a person before they consent, in one language. Published, its words never change.

    Other words are another number. Only its review (a translation read by somebody) and its retirement come later.
    """

    purpose = models.CharField(_("fin"), max_length=20, choices=Purpose.choices)
    number = models.PositiveIntegerField(_("numéro"))
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("texte"))
    review = models.CharField(_("relecture"), max_length=12, choices=Review.choices)
    published_on = models.DateField(_("publié le"))
    retired_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("texte d’un consentement")
        verbose_name_plural = _("textes de consentement")
        ordering = ["purpose", "-number", "language"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "number", "language"], name="consent_text_once_a_language"),
            models.CheckConstraint(name="consent_text_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="consent_text_number_from_one", condition=Q(number__gte=1) & ~Q(title="") & ~Q(body="")
            ),
            models.CheckConstraint(
                name="consent_text_dates_in_order",
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("published_on")),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.ReadOnly(
                name="published_never_changes",
                fields=["uid", "purpose", "number", "language", "title", "body", "published_on"],
            ),
            pgtrigger.Protect(name="published_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def words(self, organisation: str = "") -> str:
        """Return the text as it is read, the organisation named where it has one."""
        return self.body.replace(RECIPIENT, organisation)

    def heading(self, organisation: str = "") -> str:
        return self.title.replace(RECIPIENT, organisation)

    @property
    def is_right_to_left(self) -> bool:
        return self.language in RIGHT_TO_LEFT
