"""How long each kind of record is kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.privacy.retention.enums import Ending

LONGEST = 100 * 12  # months


class RetentionRule(Record):
    """The rule of one kind of record (`kinds`): how many months after its date, and what becomes of it then."""

    kind = models.SlugField(_("genre d’enregistrement"), max_length=40, unique=True, editable=False)
    months = models.PositiveSmallIntegerField(_("durée de conservation (mois)"))
    ending = models.CharField(_("à la fin"), max_length=10, choices=Ending.choices)
    basis = models.TextField(_("fondement"))
    is_active = models.BooleanField(_("en vigueur"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("règle de conservation")
        verbose_name_plural = _("règles de conservation")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                name="retention_rule_months_reasonable", condition=Q(months__gte=1, months__lte=LONGEST)
            ),
            models.CheckConstraint(name="retention_rule_ending_known", condition=Q(ending__in=Ending.values)),
            models.CheckConstraint(name="retention_rule_says_why", condition=~Q(basis="")),
        ]

    def __str__(self) -> str:
        return self.kind
