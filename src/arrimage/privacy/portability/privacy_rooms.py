"""What consents, the read journal and the registers hold of a person, for their own copy."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from arrimage.people.models import Person
from arrimage.privacy.consents.enums import ConsentState
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.journal.models import BreakGlass
from arrimage.privacy.journal.models import Reading as Consultation
from arrimage.privacy.portability.registry import (
    Extra,
    Ground,
    Withheld,
    register,
    register_circle,
    register_path,
    withhold,
    words_of_states,
)
from arrimage.privacy.portability.values import Reading
from arrimage.privacy.registers.enums import IncidentStatus, RequestStatus
from arrimage.privacy.registers.models import CommunicationPerson, IncidentPerson


def declare() -> None:
    register(
        "consents.Consent",
        "person",
        withheld={"guardian_name": Ground.OTHER_PERSON},
        extra={"text": Extra(_("texte lu"), _text)},
    )
    register(
        "consents.ConsentEvent",
        "consent__person",
        extra=words_of_states(ConsentState),
        label=_("Étapes des consentements"),
    )
    register("consents.Refusal", "person")
    register_path(
        "attachments.Attachment",
        lambda person: Q(pk__in=Consent.objects.filter(person=person, scan__isnull=False).values("scan")),
    )
    register_circle("guardians", _families)
    register(
        "journal.Reading",
        "person",
        withheld={"address": Ground.SECURITY, "object_uid": Ground.COPY},
        extra={"name": Extra(_("par"), _reader)},
        labels={"object_uid": _("clé de ce qui a été consulté")},
    )
    register(
        "journal.BreakGlass",
        "person",
        withheld={"file_uid": Ground.COPY},
        extra={"user_name": Extra(_("par"), _breaker)},
    )
    register("registers.PersonRequest", "person")
    register(
        "registers.RequestEvent",
        "request__person",
        extra=words_of_states(RequestStatus),
        label=_("Étapes des demandes"),
    )
    register("registers.Statement", "person")
    register("registers.Copy", "person")
    register("registers.CopyContent", "person", withheld={"data": Ground.COPY})
    register("registers.Incident", "links__person", withheld={"circumstances": Ground.SECURITY})
    register("registers.IncidentPerson", "person")
    register("registers.IncidentNotice", "incident__links__person", withheld={"recipient": Ground.OTHER_PERSON})
    register(
        "registers.IncidentEvent",
        "incident__links__person",
        extra=words_of_states(IncidentStatus),
        label=_("Étapes des incidents"),
    )
    register("registers.Communication", "links__person", withheld={"concerned": Ground.OTHER_PERSON})
    register("registers.CommunicationPerson", "person")
    register_circle("registers", _named_together)
    withhold(Ground.NOT_ABOUT, "retention.RetentionRun", "retention.RunEvent", label=_("Destructions"))
    withhold(Ground.COPY, "retention.DueRecord")  # the number of a record handed over elsewhere here


def _text(consent: Consent, reading: Reading) -> str:
    return consent.text.heading(consent.recipient.name if consent.recipient else "")


def _reader(row: Consultation, reading: Reading) -> str | Withheld | None:
    return reading.author(row.user_id, row.name)


def _breaker(row: BreakGlass, reading: Reading) -> str | Withheld | None:
    return reading.author(row.user_id, row.user_name)


def _families(person: Person) -> Iterable[Person]:
    """Return the parents who consented for the person, and the children they consented for."""
    parents = Consent.objects.filter(person=person, guardian__isnull=False).values("guardian")
    children = Consent.objects.filter(guardian=person).values("person")
    return Person.objects.filter(Q(pk__in=parents) | Q(pk__in=children)).exclude(pk=person.pk)


def _named_together(person: Person) -> Iterable[Person]:
    """Return the other persons of the same incidents and communications."""
    incidents = IncidentPerson.objects.filter(person=person).values("incident")
    communications = CommunicationPerson.objects.filter(person=person).values("communication")
    return Person.objects.filter(
        Q(pk__in=IncidentPerson.objects.filter(incident__in=incidents).values("person"))
        | Q(pk__in=CommunicationPerson.objects.filter(communication__in=communications).values("person"))
    ).exclude(pk=person.pk)
