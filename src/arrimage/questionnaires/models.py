"""Questionnaires and their versions."""

from functools import cached_property
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.questionnaires.definition import Definition
from arrimage.questionnaires.enums import Purpose
from arrimage.questionnaires.parsing import parse_definition

_published: dict[UUID, Definition] = {}


class Questionnaire(models.Model):
    """A form people fill, whatever its version."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    purpose = models.CharField(_("usage"), max_length=20, choices=Purpose.choices)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="questionnaire_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(name="questionnaire_code_in_an_address", condition=Q(code__regex=r"^[a-z0-9_-]+$")),
        ]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(Record):
    """A questionnaire as it was asked. Answers point to the version they were given to, so it never changes."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.PositiveIntegerField(_("numéro"))
    definition = models.JSONField(_("définition"))
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    packaged = models.BooleanField(_("livrée avec la plateforme"), default=True, db_default=True)

    class Meta(Record.Meta):
        verbose_name = _("version d’un questionnaire")
        verbose_name_plural = _("versions de questionnaires")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_number_once"),
            models.CheckConstraint(name="questionnaire_version_number_from_one", condition=Q(number__gte=1)),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(published_at__isnull=True), name="questionnaire_one_draft"
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(
                name="published_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND"
                    " (OLD.definition, OLD.published_at, OLD.number, OLD.questionnaire_id)"
                    " IS DISTINCT FROM (NEW.definition, NEW.published_at, NEW.number, NEW.questionnaire_id)"
                ),
            ),
            pgtrigger.Protect(
                name="published_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"

    @cached_property
    def content(self) -> Definition:
        """Return the definition, read and checked; one that is published is read once in a process."""
        if self.published_at is None:
            return parse_definition(self.definition)
        if self.uid not in _published:
            _published[self.uid] = parse_definition(self.definition)
        return _published[self.uid]
