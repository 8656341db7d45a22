"""Themes of need."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arrimage.territory.models import Region


class Theme(models.Model):
    """A theme of need, which services answer. Those without a region are everybody's; a region can add its own."""

    code = models.SlugField(_("code"), max_length=40)
    label_fr = models.CharField(_("nom français"), max_length=120)
    label_en = models.CharField(_("nom anglais"), max_length=120)
    order = models.PositiveSmallIntegerField(_("ordre"), default=100)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="themes", verbose_name=_("région")
    )

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "region"], name="theme_once_a_region", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") else self.label_fr
