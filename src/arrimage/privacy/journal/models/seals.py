"""The seals of the read journal."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from arrimage.foundation import clock


class Seal(models.Model):
    """A batch of readings, closed by a keyed digest chained to the one before. See `journal.sealing`.

    `spans` are the ids it holds, as pairs first-last; `marks` holds eight bytes of each row's own digest, in the order
    of the ids, to say which row was altered; `horizon` is the transaction number below which all had ended, or was
    known, when it was made.
    """

    number = models.PositiveBigIntegerField(unique=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    spans = models.JSONField()
    count = models.PositiveIntegerField()
    marks = models.BinaryField()
    horizon = models.BigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="seal_holds_something", condition=Q(count__gt=0, last_id__gte=F("first_id"))),
            models.CheckConstraint(name="seal_follows_another", condition=Q(number=1) | ~Q(previous="")),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}: {self.first_id}-{self.last_id}"
