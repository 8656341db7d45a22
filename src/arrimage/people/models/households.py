from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.people.enums import LinkKind, Relation
from arrimage.people.models.persons import Days, Person
from arrimage.territory.models import Region


class Household(Record):
    """People who arrived or live together. Its version rises with every act on its members."""

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
    """A person's place in a household, while it lasts; somebody who comes back has another.

    `ends_on` is the day they left, which may be the first in another household.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("lien"), max_length=12, choices=Relation.choices, default=Relation.PRINCIPAL)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre du ménage")
        verbose_name_plural = _("membres du ménage")
        constraints = [
            ExclusionConstraint(
                name="member_of_one_household_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("La personne est déjà dans un ménage à ces dates."),
            ),
            models.CheckConstraint(
                name="member_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas être avant le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_relation_display()}"


class FamilyLink(Record):
    """What `person` is to `other`, of another household; one link between two persons, in whichever order."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links", verbose_name=_("personne"))
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="links_to", verbose_name=_("autre personne")
    )
    kind = models.CharField(_("lien de parenté"), max_length=12, choices=LinkKind.choices)

    class Meta(Record.Meta):
        verbose_name = _("lien de parenté")
        verbose_name_plural = _("liens de parenté")
        constraints = [
            models.CheckConstraint(
                name="family_link_is_of_two",
                condition=~Q(person=F("other")),
                violation_error_message=_("Une personne n’a pas de lien de parenté avec elle-même."),
            ),
            models.UniqueConstraint(
                Least("person", "other"),
                Greatest("person", "other"),
                name="family_link_once",
                violation_error_message=_("Ces deux personnes sont déjà liées."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def kind_for(self, person: Person) -> LinkKind:
        """Return what the one of the two who is not `person` is to them."""
        kind = LinkKind(self.kind)
        return kind.inverse if person.pk == self.person_id else kind
