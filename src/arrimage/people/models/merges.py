from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models.persons import Person
from arrimage.territory.models import Region


class PersonMerge(Record):
    """Two records that are one person: `absorbed` leads to `survivor` from then on, until the merge is undone.

    `chosen` is `{field: "survivor" or "absorbed"}`. `before` is what undoing needs: both persons' own fields, what was
    written on the survivor, and by table the keys that moved, the periods shortened, the rows that went. `undoing` says
    by table how many rows came back and how many stayed, and which fields stayed.
    """

    survivor = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="merges", verbose_name=_("fiche gardée")
    )
    absorbed = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="absorptions", verbose_name=_("fiche fusionnée")
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    merged_at = models.DateTimeField(_("fusionnée le"), default=clock.now)
    merged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fusionnée par")
    )
    reason = models.CharField(_("pourquoi"), max_length=300)
    chosen = models.JSONField(_("choix de chaque champ"), default=dict)
    before = models.JSONField(_("état d’avant"), default=dict, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("annulée par")
    )
    undoing = models.JSONField(_("ce qui est revenu"), default=dict)

    class Meta(Record.Meta):
        verbose_name = _("fusion de deux fiches")
        verbose_name_plural = _("fusions de fiches")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="person_merge_is_of_two", condition=~Q(survivor=F("absorbed"))),
            models.CheckConstraint(name="person_merge_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="person_merge_undone_after", condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("merged_at"))
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="person_merge_absorbed_once",
                violation_error_message=_("Cette fiche est déjà fusionnée avec une autre."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"
