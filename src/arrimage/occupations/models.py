"""Occupations, as the country classifies them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arrimage.occupations.enums import BroadCategory, Teer


class Occupation(models.Model):
    """A unit group of the classification (NOC 2021): five digits, each of the first four a level above it."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    title_fr = models.CharField(_("nom français"), max_length=250)
    title_en = models.CharField(_("nom anglais"), max_length=250)

    class Meta:
        verbose_name = _("profession")
        verbose_name_plural = _("professions")
        ordering = ["code"]
        constraints = [
            # Broad category, then one of the six levels of training, then three digits.
            models.CheckConstraint(name="occupation_code_of_noc_2021", condition=Q(code__regex=r"^[0-9][0-5][0-9]{3}$"))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language in use: French unless it is English."""
        return self.title_en if (get_language() or "fr").startswith("en") else self.title_fr

    @property
    def teer(self) -> Teer:
        return Teer(int(self.code[1]))

    @property
    def broad_category(self) -> BroadCategory:
        return BroadCategory(self.code[0])

    @property
    def major_group(self) -> str:
        return self.code[:2]

    @property
    def submajor_group(self) -> str:
        return self.code[:3]

    @property
    def minor_group(self) -> str:
        return self.code[:4]
