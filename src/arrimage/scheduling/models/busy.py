"""Never twice: each stretch of time that somebody or something is taken, one row, which may not overlap another.

One table, so that one constraint holds over appointments and sessions together. The database alone writes it, from
whatever takes time (`docs/decisions/0031-one-table-of-busy-times.md`): no code path forgets it.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.people.models import Person
from arrimage.scheduling.models.resources import Room
from arrimage.territory.models import Region

RESOURCES = ("agent", "person", "room", "interpreter")


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def taken_with(source: str, *columns: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of what takes time itself (`appointment`, `meeting`): a change of `columns` is a new time."""
    return [
        pgtrigger.Trigger(
            name="takes_its_time",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
            func=f"PERFORM scheduling_take_{source}(NEW.id); RETURN NULL;",
        )
    ]


def taken_with_its(source: str, *columns: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of what is taken with an appointment or a meeting: who attends, who interprets."""
    key, function = f"{source}_id", f"scheduling_take_{source}"
    return [
        pgtrigger.Trigger(
            name=f"takes_the_time_of_its_{source}",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(key, *columns) | pgtrigger.Delete,
            func=f"""
                IF TG_OP <> 'INSERT' THEN
                    PERFORM {function}(OLD.{key});
                    IF TG_OP = 'DELETE' OR OLD.{key} IS NOT DISTINCT FROM NEW.{key} THEN RETURN NULL; END IF;
                END IF;
                PERFORM {function}(NEW.{key});
                RETURN NULL;
            """,
        )
    ]


def _never_twice(resource: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"busy_{resource}_never_twice",
        expressions=[
            (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
            (resource, RangeOperators.EQUAL),
        ],
        condition=Q(**{f"{resource}__isnull": False}),
    )


def _one_of(*names: str) -> Q:
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class BusyTime(models.Model):
    """An agent, a person, a room or an interpreter, taken from `starts_at` (included) to `ends_at` (not included)."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    agent = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="busy_times", verbose_name=_("agente ou agent")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="busy_times", verbose_name=_("personne")
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, related_name="busy_times", verbose_name=_("salle")
    )
    interpreter = models.ForeignKey(
        "Interpreter", on_delete=models.PROTECT, null=True, related_name="busy_times", verbose_name=_("interprète")
    )
    appointment = models.ForeignKey(
        "Appointment", on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("rendez-vous")
    )
    meeting = models.ForeignKey(
        "Meeting", on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("rencontre")
    )

    class Meta:
        verbose_name = _("temps pris")
        verbose_name_plural = _("temps pris")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["region", "starts_at"], name="busy_by_region")]
        constraints = [
            models.CheckConstraint(name="busy_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="busy_takes_one_thing", condition=_one_of(*RESOURCES)),
            models.CheckConstraint(name="busy_with_one_thing", condition=_one_of("appointment", "meeting")),
            *map(_never_twice, RESOURCES),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%H:%M}"
