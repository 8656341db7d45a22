"""What people write around the figures."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.foundation.writing import write_period
from arrimage.territory.models import Region


def is_list(name: str) -> models.CheckConstraint:
    """Return the constraint that a JSON field of a text holds a list."""
    kind = models.Func(F(name), function="jsonb_typeof", output_field=models.CharField())
    return models.CheckConstraint(name=f"bilan_text_{name}_are_a_list", condition=Exact(kind, Value("array")))


class BilanText(Record):
    """The text of the bilan of a region and period: words of a person, in which markers stand for the figures.

    `sections` is a list of `{"heading", "text"}`, `links` one of `{"label", "address"}`, both in their order. A marker
    is written `{employers_accompanied}` (`reporting.markers`); its figure is computed each time the text is read.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    first_on = models.DateField(_("premier jour"))
    last_on = models.DateField(_("dernier jour"))
    title = models.CharField(_("titre"), max_length=200)
    sections = models.JSONField(_("parties"), default=list, blank=True)
    quotation = models.TextField(_("paroles citées"), blank=True, max_length=3000)
    quoted_name = models.CharField(_("personne citée"), max_length=150, blank=True)
    quoted_title = models.CharField(_("titre de la personne citée"), max_length=200, blank=True)
    media_name = models.CharField(_("nom de la personne-ressource"), max_length=150, blank=True)
    media_phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    media_email = models.EmailField(_("courriel"), blank=True)
    links = models.JSONField(_("liens connexes"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("texte du bilan")
        verbose_name_plural = _("textes des bilans")
        ordering = ["region", "first_on", "last_on"]
        constraints = [
            models.UniqueConstraint(fields=["region", "first_on", "last_on"], name="bilan_text_once_a_period"),
            models.CheckConstraint(name="bilan_text_dates_in_order", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(name="bilan_text_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="bilan_text_quotes_somebody",
                condition=Q(quotation="") | (~Q(quoted_name="") & ~Q(quoted_title="")),
            ),
            is_list("sections"),
            is_list("links"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {write_period(self.first_on, self.last_on)}"
