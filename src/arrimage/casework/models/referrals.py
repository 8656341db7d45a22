from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.events import StatusEvent
from arrimage.accounts.models import User
from arrimage.casework.enums import (
    AFTER_ACCEPTANCE,
    AWAITING_ANSWER,
    REFERRAL_TRANSITIONS,
    WITH_PARTNER,
    Outcome,
    ReferralStatus,
)
from arrimage.casework.models.assessments import Need
from arrimage.casework.models.files import File
from arrimage.casework.models.plans import Step
from arrimage.casework.models.practices import DeclineReason
from arrimage.directory.models import Organisation, Service
from arrimage.foundation.models import Record
from arrimage.territory.models import Region


def _words(states: Iterable[ReferralStatus]) -> str:
    """Return these states as a list in SQL, always in the same order."""
    return ", ".join(sorted(f"'{state.value}'" for state in states))


class Referral(Record):
    """A person sent to a service for a need.

    `shared` is what the partner is shown, kept as it was sent: the partner never reads the person's own records. Its
    `answers`, if any, are those of the assessment the person lets travel (`casework.answers`). `worker` is who follows
    it at the organisation. `at_location` is where the agent chose to send the person: the uid of the service at a
    location of the directory, which may go (`shared` keeps it in words); null where nothing was chosen.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("dossier"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("besoin"))
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name=_("démarche")
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("service"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("organisme")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suivie par")
    )
    message = models.TextField(_("message à l’organisme"), blank=True)
    shared = models.JSONField(_("renseignements communiqués"), default=dict)
    at_location = models.UUIDField(_("lieu choisi"), null=True, blank=True)
    status = models.CharField(_("état"), max_length=12, choices=ReferralStatus.choices, default=ReferralStatus.DRAFT)
    sent_on = models.DateField(_("envoyée le"), null=True, blank=True)
    reminder_due = models.DateField(_("rappel prévu le"), null=True, blank=True)
    reminded_on = models.DateField(_("rappelée le"), null=True, blank=True)
    answer_due = models.DateField(_("réponse attendue le"), null=True, blank=True)
    answered_on = models.DateField(_("réponse reçue le"), null=True, blank=True)
    decline_reason = models.ForeignKey(
        DeclineReason,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("raison du refus"),
    )
    scheduled_for = models.DateField(_("date fixée"), null=True, blank=True)
    started_on = models.DateField(_("commencée le"), null=True, blank=True)
    ended_on = models.DateField(_("terminée le"), null=True, blank=True)
    outcome = models.CharField(_("résultat"), max_length=12, choices=Outcome.choices, blank=True)
    result_note = models.TextField(_("précisions sur le résultat"), blank=True)
    consent_withdrawn_on = models.DateField(_("consentement retiré le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("orientation")
        verbose_name_plural = _("orientations")
        ordering = ["-sent_on", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "status", "answer_due"], name="referral_by_organisation"),
            models.Index(fields=["region", "status", "answer_due"], name="referral_by_region"),
            models.Index(
                fields=["service", "ended_on"],
                condition=Q(status=ReferralStatus.COMPLETED.value),
                name="referral_completed_by_service",
            ),
            models.Index(
                fields=["region", "ended_on"],
                condition=Q(status=ReferralStatus.COMPLETED.value),
                name="referral_completed_by_region",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "service"],
                condition=Q(status__in=sorted(str(s.value) for s in WITH_PARTNER | {ReferralStatus.DRAFT})),
                name="referral_one_live_a_need_and_service",
            ),
            models.CheckConstraint(
                name="referral_sent_with_a_deadline",
                condition=Q(status__in=["draft", "cancelled"]) | Q(sent_on__isnull=False, answer_due__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_declined_with_a_reason",
                condition=~Q(status=ReferralStatus.DECLINED.value) | Q(decline_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_completed_with_an_outcome",
                condition=~Q(status=ReferralStatus.COMPLETED.value) | (~Q(outcome="") & Q(ended_on__isnull=False)),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            REFERRAL_TRANSITIONS.trigger(),
            # What was sent is kept as it was sent.
            pgtrigger.Protect(
                name="shared_as_it_was_sent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__shared__df=pgtrigger.F("new__shared")) & ~pgtrigger.Q(old__status="draft"),
            ),
            pgtrigger.Trigger(
                name="leaves_with_a_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("a_person", "bigint")],
                func="""
                    IF NEW.status IN ('draft', 'cancelled') THEN RETURN NEW; END IF;
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.status <> 'draft' THEN RETURN NEW; END IF;
                    END IF;
                    SELECT person_id INTO a_person FROM casework_file WHERE id = NEW.file_id;
                    IF NOT consents_cover(a_person, NEW.region_id, NEW.organisation_id, NEW.sent_on) THEN
                        RAISE EXCEPTION 'no consent covers this referral' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # A place follows the referral's state, whichever way it changes (`directory.places`).
            pgtrigger.Trigger(
                name="places_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status") | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'DELETE' THEN
                        PERFORM directory_give_back_place(OLD.uid);
                        RETURN NULL;
                    END IF;
                    IF TG_OP = 'INSERT' OR OLD.status = 'draft' THEN
                        IF NEW.status IN ({_words(WITH_PARTNER)}) THEN
                            PERFORM directory_ask_place(NEW.uid, NEW.service_id, NEW.at_location);
                        END IF;
                    END IF;
                    IF NEW.status IN ({_words(AFTER_ACCEPTANCE)}) THEN
                        PERFORM directory_take_place(NEW.uid);
                    ELSIF NEW.status NOT IN ({_words(AWAITING_ANSWER | {ReferralStatus.DRAFT})}) THEN
                        PERFORM directory_give_back_place(NEW.uid);
                    END IF;
                    RETURN NULL;
                """,
            ),
            # Answers travel by another consent, given for the organisation by name.
            pgtrigger.Trigger(
                name="answers_travel_with_a_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("shared"),
                condition=pgtrigger.Condition("NEW.shared ? 'answers'"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM consents_consent c JOIN casework_file f ON f.id = NEW.file_id
                        JOIN people_person p ON p.id = f.person_id
                        WHERE c.person_id = p.id AND c.region_id = NEW.region_id
                        AND c.recipient_id = NEW.organisation_id AND c.purpose = 'assessment_sharing'
                        AND c.withdrawn_on IS NULL AND NEW.sent_on BETWEEN c.given_on AND c.expires_on
                        AND (
                            c.given_by <> 'parent' OR p.birth_date IS NULL
                            OR NEW.sent_on < p.birth_date + interval '14 years'
                        )
                    ) THEN
                        RAISE EXCEPTION 'no consent lets these answers travel' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} ({self.get_status_display()})"

    @property
    def proposed(self) -> dict[str, Any] | None:
        """What was proposed when the service was chosen, for those who may know it; None where nothing was."""
        choice: ReferralChoice | None = getattr(self, "choice", None)  # the other side of a one-to-one
        return choice.shown if choice else None

    @property
    def is_awaiting_answer(self) -> bool:
        return self.status in AWAITING_ANSWER


class ReferralChoice(Record):
    """Why a service was chosen and what else was proposed, as the agent was shown them (`directory.choosing.record`);
    none where nothing was.

    Apart from the referral, which the partner reads: who else was proposed, and the scores, are no affair of theirs.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="choice")
    shown = models.JSONField(_("ce qui était proposé"))

    class Meta(Record.Meta):
        verbose_name = _("choix d’un service")
        verbose_name_plural = _("choix de services")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.referral)


class ReferralEvent(StatusEvent):
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")

    class Meta(StatusEvent.Meta):
        abstract = False


class ConsentNotice(Record):
    """What an organisation is told when a person takes their consent back: no name, a service and dates.

    `is_cancelled`: the referral is over; else the service goes on under way, and what is known must go no further. The
    organisation confirms (`confirmed_on`).
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notices")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("région"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    sent_on = models.DateField(_("orientation envoyée le"))
    withdrawn_on = models.DateField(_("consentement retiré le"))
    is_cancelled = models.BooleanField(_("orientation annulée"))
    confirmed_on = models.DateField(_("confirmé le"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmé par")
    )

    class Meta(Record.Meta):
        verbose_name = _("avis de retrait de consentement")
        verbose_name_plural = _("avis de retrait de consentement")
        ordering = ["-withdrawn_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "confirmed_on"], name="consent_notice_to_confirm")]
        constraints = [
            models.CheckConstraint(
                name="consent_notice_confirmed_after",
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("withdrawn_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} ({self.withdrawn_on})"
