"""The consents people give, the organisations they refuse."""

from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.attachments.models import Attachment
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.births import certainly_born_by
from arrimage.people.models import Person
from arrimage.privacy.consents.enums import WITH_RECIPIENT, ConsentState, GivenBy, Means, Purpose
from arrimage.privacy.consents.models.texts import ConsentText
from arrimage.privacy.consents.rules import AGE_OF_CONSENT, fourteenth_birthday, months_later, signature_path
from arrimage.territory.models import Region


class ConsentQuerySet(models.QuerySet[Any]):
    def live_on(self, day: date) -> Self:
        """Keep the consents that hold on `day`; a parent's, only while the person may be under fourteen."""
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), given_on__lte=day, expires_on__gte=day
        ).exclude(certainly_born_by(months_later(day, -AGE_OF_CONSENT * 12), "person__"), given_by=GivenBy.PARENT)


class Consent(Record):
    """A person lets somebody do one thing with what is known of them, until a day. It may be withdrawn, never erased.

    It is given to the directorate of `region`. `signature` is strokes in a box of 600 by 200
    (`rules.check_signature`); `explained_by` names the interpreter or whoever read the text in `explained_language`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    purpose = models.CharField(_("fin"), max_length=20, choices=Purpose.choices)
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisme")
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents", verbose_name=_("texte lu"))
    given_by = models.CharField(_("donné par"), max_length=10, choices=GivenBy.choices, default=GivenBy.PERSON)
    guardian = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("parent")
    )
    guardian_name = models.CharField(_("nom du parent ou de la tutrice ou du tuteur"), max_length=240, blank=True)
    means = models.CharField(_("moyen"), max_length=10, choices=Means.choices)
    signature = models.JSONField(_("signature"), null=True, blank=True)
    scan = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("papier numérisé")
    )
    explained_language = models.CharField(_("expliqué en"), max_length=3, blank=True)
    explained_by = models.CharField(_("par l’entremise de"), max_length=150, blank=True)
    given_on = models.DateField(_("donné le"), default=clock.today)
    expires_on = models.DateField(_("valable jusqu’au"))
    is_replaced = models.BooleanField(_("remplacé par un plus récent"), default=False)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retrait noté par")
    )
    withdrawn_why = models.TextField(_("raison du retrait"), blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    objects = ConsentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("consentement")
        verbose_name_plural = _("consentements")
        ordering = ["-given_on", "-pk"]
        indexes = [
            models.Index(
                fields=["region", "expires_on"], condition=Q(withdrawn_on__isnull=True), name="consent_by_its_end"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_recipient_iff_purpose",
                condition=Q(purpose__in=sorted(each.value for each in WITH_RECIPIENT), recipient__isnull=False)
                | Q(purpose__in=sorted(each.value for each in set(Purpose) - WITH_RECIPIENT), recipient__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_parent_is_named",
                condition=Q(given_by=GivenBy.PARENT.value) & ~Q(guardian_name="")
                | Q(given_by=GivenBy.PERSON.value, guardian_name="", guardian__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_parent_is_another", condition=Q(guardian__isnull=True) | ~Q(guardian=F("person"))
            ),
            models.CheckConstraint(
                name="consent_shown_by_its_means",
                condition=Q(means=Means.SIGNATURE.value, signature__isnull=False, scan__isnull=True)
                | Q(means=Means.TICK.value, signature__isnull=True, scan__isnull=True)
                | Q(means=Means.PAPER.value, signature__isnull=True),
            ),
            models.CheckConstraint(name="consent_ends_after_given", condition=Q(expires_on__gte=F("given_on"))),
            models.CheckConstraint(
                name="consent_withdrawn_while_it_held",
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="", withdrawn_by__isnull=True)
                | Q(withdrawn_on__gte=F("given_on"), withdrawn_on__lte=F("expires_on")),
            ),
            ExclusionConstraint(
                name="consent_one_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    (Coalesce("recipient", Value(0)), RangeOperators.EQUAL),
                    (
                        Func(
                            F("given_on"),
                            Coalesce("withdrawn_on", F("expires_on") + Value(1)),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.ReadOnly(
                name="given_never_changes",
                fields=[
                    "uid", "region", "purpose", "recipient", "text", "given_by", "guardian", "guardian_name",
                    "means", "signature", "explained_language", "explained_by", "given_on", "recorded_by",
                ],
            ),
            # Two records of one person: the consent goes with the merge, or comes back with its undoing.
            pgtrigger.Trigger(
                name="person_changes_by_a_merge",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.person_id IS DISTINCT FROM NEW.person_id"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM people_personmerge
                        WHERE undone_at IS NULL AND OLD.person_id IN (survivor_id, absorbed_id)
                            AND NEW.person_id IN (survivor_id, absorbed_id)
                    ) THEN
                        RAISE EXCEPTION 'a consent goes to another record of its person by a merge alone'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="never_made_longer",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.expires_on > OLD.expires_on OR (OLD.withdrawn_on IS NOT NULL AND"
                    " (OLD.withdrawn_on, OLD.withdrawn_by_id, OLD.withdrawn_why)"
                    " IS DISTINCT FROM (NEW.withdrawn_on, NEW.withdrawn_by_id, NEW.withdrawn_why))"
                ),
            ),
            pgtrigger.Trigger(
                name="text_is_of_the_purpose",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM consents_consenttext
                        WHERE id = NEW.text_id AND purpose = NEW.purpose AND published_on <= NEW.given_on
                            AND (retired_on IS NULL OR retired_on >= NEW.given_on)
                    ) THEN
                        RAISE EXCEPTION 'the text of a consent must be of its purpose, and in use when it was given'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="never_erased", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """What was consented to, the organisation named where there is one."""
        purpose = Purpose(self.purpose)
        if purpose == Purpose.REFERRAL and self.recipient:
            return str(_("M’orienter vers %(organisation)s") % {"organisation": self.recipient.name})
        if purpose == Purpose.ASSESSMENT_SHARING and self.recipient:
            return str(_("Communiquer mes réponses à %(organisation)s") % {"organisation": self.recipient.name})
        return str(purpose.label)

    def state_on(self, day: date) -> ConsentState:
        """Return what this consent is on `day`."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return ConsentState.WITHDRAWN
        if self.is_replaced and self.expires_on < day:
            return ConsentState.REPLACED
        if self.expires_on < day:
            return ConsentState.EXPIRED
        return ConsentState.LIVE if self.given_on <= day else ConsentState.TO_COME

    def covers(self, day: date) -> bool:
        """Say whether what was consented to may be done on `day`: never again once it is withdrawn."""
        if self.withdrawn_on is not None or not self.given_on <= day <= self.expires_on:
            return False
        born = self.person.birth
        return self.given_by != GivenBy.PARENT or born is None or day < fourteenth_birthday(born.last)

    @property
    def state(self) -> ConsentState:
        return self.state_on(clock.today())

    @property
    def signature_path(self) -> str:
        return signature_path(self.signature)


class ConsentEvent(StatusEvent):
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class Refusal(Record):
    """An organisation a person does not want to be known to, whatever they consented to in general.

    A consent given for that organisation by name lifts it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refusals", verbose_name=_("personne"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    refused_on = models.DateField(_("refusé le"), default=clock.today)
    lifted_on = models.DateField(_("levé le"), null=True, blank=True)
    why = models.TextField(_("raison"), blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta(Record.Meta):
        verbose_name = _("refus d’un organisme")
        verbose_name_plural = _("refus d’organismes")
        ordering = ["-refused_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "region", "organisation"],
                condition=Q(lifted_on__isnull=True),
                name="refusal_one_an_organisation",
            ),
            models.CheckConstraint(
                name="refusal_dates_in_order", condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("refused_on"))
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(name="never_erased", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
