"""Texts of the directory in other languages than French."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import TranslationStatus
from arrimage.directory.models.locations import Location
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import Part, one_owner
from arrimage.directory.models.services import Service

# By owner, the texts that are translated: a column of its table each, which the trigger on it compares.
TRANSLATED = {
    "organisation": ("name", "description"),
    "service": (
        "name", "description", "application_process", "fees_description", "eligibility_description", "alert",
    ),
    "location": ("name", "description", "transportation"),
}  # fmt: skip


class Translation(Part):
    """One text of a record, in one language. The database marks it stale when the French text changes."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="translations")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="translations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="translations")
    field = models.CharField(_("texte traduit"), max_length=40)
    language = models.CharField(_("langue"), max_length=3)
    text = models.TextField(_("traduction"))
    status = models.CharField(
        _("état"), max_length=10, choices=TranslationStatus.choices, default=TranslationStatus.DRAFT
    )

    owners = ("organisation", "service", "location")

    class Meta(Part.Meta):
        verbose_name = _("traduction")
        verbose_name_plural = _("traductions")
        ordering = ["field", "language", "pk"]
        constraints = [
            one_owner("translation", "organisation", "service", "location"),
            models.CheckConstraint(
                name="translation_of_a_translated_text",
                condition=Q(organisation__isnull=False, field__in=TRANSLATED["organisation"])
                | Q(service__isnull=False, field__in=TRANSLATED["service"])
                | Q(location__isnull=False, field__in=TRANSLATED["location"]),
            ),
            models.CheckConstraint(name="translation_not_in_french", condition=~Q(language="fr")),
            *(
                models.UniqueConstraint(fields=[owner, "field", "language"], name=f"translation_once_a_{owner}")
                for owner in TRANSLATED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
