"""Classifications other than our themes, and what they say of the records of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.directory.models.locations import Location, ServiceAtLocation
from arrimage.directory.models.organisations import Organisation
from arrimage.directory.models.parts import Part, one_owner
from arrimage.directory.models.services import Service
from arrimage.foundation.models import Record


class Taxonomy(Record):
    """A classification (211's, a field's own): it belongs to whoever publishes it, not to a region."""

    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")
    uri = models.URLField(_("adresse de référence"), max_length=500, blank=True, default="")
    edition = models.CharField(_("version"), max_length=40, blank=True, default="")

    class Meta(Record.Meta):
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Record):
    """A term of a classification, perhaps under another. No term is under itself: whoever writes them checks."""

    taxonomy = models.ForeignKey(
        Taxonomy, on_delete=models.PROTECT, null=True, related_name="terms", verbose_name=_("classification")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("sous")
    )
    code = models.CharField(_("code"), max_length=120, blank=True, default="")
    name = models.CharField(_("nom"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")
    language = models.CharField(_("langue"), max_length=20, blank=True, default="")
    term_uri = models.URLField(_("adresse de référence"), max_length=500, blank=True, default="")

    class Meta(Record.Meta):
        verbose_name = _("terme")
        verbose_name_plural = _("termes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Attribute(Part):
    """A term that describes a record, with a value perhaps."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="attributes")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="attributes")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, related_name="attributes")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, related_name="attributes"
    )
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, related_name="uses", verbose_name=_("terme"))
    link_type = models.CharField(_("ce que le terme décrit"), max_length=60, blank=True, default="")
    value = models.CharField(_("valeur"), max_length=400, blank=True, default="")

    owners = ("organisation", "service", "location", "service_at_location")

    class Meta(Part.Meta):
        verbose_name = _("attribut")
        verbose_name_plural = _("attributs")
        ordering = ["pk"]
        constraints = [one_owner("attribute", "organisation", "service", "location", "service_at_location")]

    def __str__(self) -> str:
        return f"{self.term} {self.value}".strip()
