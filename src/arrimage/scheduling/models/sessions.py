"""Group sessions over several days, who is enrolled, and what each came to."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.foundation import clock
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.enums import (
    ENROLMENT_TRANSITIONS,
    SESSION_TRANSITIONS,
    EnrolmentStatus,
    Mode,
    Presence,
    SessionStatus,
)
from arrimage.scheduling.models.busy import taken_with
from arrimage.scheduling.models.resources import Room
from arrimage.territory.models import Region, ServicePoint


class SessionProgramme(Record):
    """What sessions are held of (Objectif Intégration). Without a region, it is everybody's.

    An attestation asks for `attested_hours` of presence.
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("région")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("nom"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    hours = models.DecimalField(_("heures"), max_digits=4, decimal_places=1)
    attested_hours = models.DecimalField(_("heures de présence pour l’attestation"), max_digits=4, decimal_places=1)
    is_offered = models.BooleanField(_("offert"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("programme de séances")
        verbose_name_plural = _("programmes de séances")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "region"], name="session_programme_once_a_region", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="session_programme_hours",
                condition=Q(hours__gt=Decimal(0), attested_hours__gt=Decimal(0), attested_hours__lte=F("hours")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupSession(Record):
    """One group that follows a programme at a point of service, over its meetings, in one language.

    Never more are seated than there are `places`: the database counts, one enrolment at a time.
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="group_sessions", verbose_name=_("région")
    )
    programme = models.ForeignKey(
        SessionProgramme, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("programme")
    )
    service_point = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="group_sessions", verbose_name=_("point de services")
    )
    language = models.CharField(_("langue"), max_length=3, default="fr")
    mode = models.CharField(_("façon de se rencontrer"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE)
    call_address = models.URLField(_("adresse de la visioconférence"), blank=True)
    places = models.PositiveSmallIntegerField(_("nombre de places"))
    status = models.CharField(_("état"), max_length=12, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    note = models.TextField(_("note"), blank=True)
    planned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prévue par")
    )

    class Meta(Record.Meta):
        verbose_name = _("séance de groupe")
        verbose_name_plural = _("séances de groupe")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["region", "status"], name="group_session_by_region")]
        constraints = [models.CheckConstraint(name="group_session_has_places", condition=Q(places__gt=0))]
        triggers = [
            *Record.Meta.triggers,
            SESSION_TRANSITIONS.trigger(),
            pgtrigger.Trigger(
                name="takes_its_time",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Condition("OLD.status IS DISTINCT FROM NEW.status"),
                func="""
                    PERFORM scheduling_take_meeting(m.id) FROM scheduling_meeting m WHERE m.session_id = NEW.id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="never_overfull",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("places"),
                func="PERFORM scheduling_count_places(NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.service_point}"


class Meeting(Record):
    """One stretch of a session: a day, or half of one, with who leads it and where."""

    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("séance")
    )
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    agent = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("animée par")
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("salle")
    )

    class Meta(Record.Meta):
        verbose_name = _("rencontre d’une séance")
        verbose_name_plural = _("rencontres d’une séance")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="meeting_by_start")]
        constraints = [
            models.CheckConstraint(name="meeting_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        triggers = [*Record.Meta.triggers, *taken_with("meeting", "starts_at", "ends_at", "agent_id", "room_id")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def hours(self) -> Decimal:
        return Decimal((self.ends_at - self.starts_at).total_seconds()) / 3600


class Enrolment(Record):
    """One person's place in a session, or in the line for one: first asked, first seated, by `asked_at`."""

    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("séance")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("personne"))
    status = models.CharField(_("état"), max_length=12, choices=EnrolmentStatus.choices)
    asked_at = models.DateTimeField(_("demandée le"), default=clock.now)
    enrolled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("inscription par")
    )

    class Meta(Record.Meta):
        verbose_name = _("inscription à une séance")
        verbose_name_plural = _("inscriptions à une séance")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=~Q(status=EnrolmentStatus.CANCELLED.value),
                name="enrolment_once_a_session",
            )
        ]
        triggers = [
            *Record.Meta.triggers,
            ENROLMENT_TRANSITIONS.trigger(),
            pgtrigger.Trigger(
                name="never_overfull",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "session_id"),
                func="PERFORM scheduling_count_places(NEW.session_id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="takes_their_time",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "session_id", "person_id") | pgtrigger.Delete,
                func="""
                    IF TG_OP <> 'INSERT' THEN
                        PERFORM scheduling_take_person(OLD.session_id, OLD.person_id);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        PERFORM scheduling_take_person(NEW.session_id, NEW.person_id);
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.session_id}"


class MeetingPresence(Record):
    """Whether somebody enrolled came to one meeting. Nothing is kept while nobody has said."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="presences", verbose_name=_("rencontre")
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="presences", verbose_name=_("inscription")
    )
    presence = models.CharField(_("présence"), max_length=8, choices=Presence.choices)
    noted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("notée par")
    )

    class Meta(Record.Meta):
        verbose_name = _("présence à une rencontre")
        verbose_name_plural = _("présences aux rencontres")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "enrolment"], name="meeting_presence_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.presence}"


class Attestation(Record):
    """What says that somebody followed a session, with the hours of presence counted when it was issued."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="attestation", verbose_name=_("inscription")
    )
    hours = models.DecimalField(_("heures de présence"), max_digits=4, decimal_places=1)
    issued_on = models.DateField(_("délivrée le"))
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("délivrée par")
    )

    class Meta(Record.Meta):
        verbose_name = _("attestation de participation")
        verbose_name_plural = _("attestations de participation")
        ordering = ["-issued_on", "pk"]
        constraints = [models.CheckConstraint(name="attestation_of_some_hours", condition=Q(hours__gt=Decimal(0)))]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.issued_on}"
