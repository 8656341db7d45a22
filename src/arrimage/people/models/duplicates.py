from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation.models import Record
from arrimage.people.models.persons import Person


class DuplicateDecision(Record):
    """Two persons who are alike and are not one: somebody looked, and said why. They are not proposed again."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("autre personne"))
    reason = models.CharField(_("pourquoi"), max_length=300)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidé par")
    )

    class Meta(Record.Meta):
        verbose_name = _("décision sur un doublon")
        verbose_name_plural = _("décisions sur des doublons")
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="duplicate_decided_once"),
            models.CheckConstraint(name="duplicate_pair_in_order", condition=Q(person__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} ≠ {self.other}"
