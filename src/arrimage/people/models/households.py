from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.enums import Relation
from arrimage.people.models.persons import Person
from arrimage.territory.models import Region


class Household(Record):
    """People who arrived or live together."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région d’inscription")
    )
    members = models.ManyToManyField(Person, through="Member", related_name="households")

    class Meta(Record.Meta):
        verbose_name = _("ménage")
        verbose_name_plural = _("ménages")

    def __str__(self) -> str:
        return f"{_('Ménage')} {self.pk}"


class Member(models.Model):
    """A person's place in a household, while it lasts."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("lien"), max_length=12, choices=Relation.choices, default=Relation.PRINCIPAL)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre du ménage")
        verbose_name_plural = _("membres du ménage")
        constraints = [
            models.UniqueConstraint(fields=["household", "person"], name="member_once_a_household"),
            models.CheckConstraint(
                name="member_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_relation_display()}"
