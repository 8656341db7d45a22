"""Who sees which consents, and what is covered by one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.attachments.models import Attachment
from arrimage.foundation import clock
from arrimage.people.models import Person
from arrimage.privacy.consents.enums import COVERS_REFERRALS, Purpose
from arrimage.privacy.consents.models import LANGUAGES, Consent, ConsentText, Refusal

SPOKEN = frozenset(code for code, _name in LANGUAGES)


# --- Who sees what --------------------------------------------------------------------------------------------------
def consents_visible_to(actor: Actor) -> QuerySet[Consent]:
    """Return the consents `actor` may read: their region's for who receives, accompanies or protects; one's own."""
    if any(actor.may(right) for right in (Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY)):
        return Consent.objects.all() if actor.region_id is None else Consent.objects.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return Consent.objects.filter(person_id=actor.scope_id)
    return Consent.objects.none()


def scans_visible_to(actor: Actor) -> QuerySet[Any, Any]:
    """Return the keys of the signed papers `actor` may open: those of the consents they read."""
    return consents_visible_to(actor).filter(scan__isnull=False).order_by().values("scan")


def person_of_scan(scan: Attachment) -> Person | None:
    """Return whom a signed paper is about, for the read journal."""
    consent = Consent.objects.filter(scan=scan).select_related("person").first()
    return consent.person if consent else None


def refusals_visible_to(actor: Actor) -> QuerySet[Refusal]:
    """Return the refusals `actor` may read: those of the persons whose consents they read."""
    if any(actor.may(right) for right in (Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY)):
        return Refusal.objects.all() if actor.region_id is None else Refusal.objects.filter(region_id=actor.region_id)
    if actor.role == Role.NEWCOMER and actor.scope_id is not None:
        return Refusal.objects.filter(person_id=actor.scope_id)
    return Refusal.objects.none()


# --- Texts ----------------------------------------------------------------------------------------------------------
def texts_in_use(day: date | None = None) -> QuerySet[ConsentText]:
    """Return the texts that may be read to people on `day` (today unless told), the last number first."""
    day = day or clock.today()
    return ConsentText.objects.filter(
        Q(retired_on__isnull=True) | Q(retired_on__gte=day), published_on__lte=day
    ).order_by("-number", "language")


def texts_by_day(days: Collection[date]) -> dict[date, dict[tuple[str, str], ConsentText]]:
    """Return, for each day, the text in use by purpose and language. One query."""
    texts = list(ConsentText.objects.filter(published_on__lte=max(days, default=clock.today())).order_by("-number"))
    found: dict[date, dict[tuple[str, str], ConsentText]] = {day: {} for day in days}
    for day, in_use in found.items():
        for text in texts:
            if text.published_on <= day and (text.retired_on is None or day <= text.retired_on):
                in_use.setdefault((text.purpose, text.language), text)
    return found


def texts_for(
    purposes: Iterable[Purpose], language: str, day: date | None = None
) -> dict[Purpose, dict[str, ConsentText]]:
    """Return, by purpose, the text in French and in `language` where there is one, by language. One query."""
    found: dict[Purpose, dict[str, ConsentText]] = {}
    wanted = texts_in_use(day).filter(purpose__in=[each.value for each in purposes], language__in={"fr", language})
    for text in wanted:
        found.setdefault(Purpose(text.purpose), {}).setdefault(text.language, text)
    return found


# --- What is covered ------------------------------------------------------------------------------------------------
class Sharing(NamedTuple):
    """A person's information going to an organisation, from a region, on a day."""

    person_id: int
    region_id: int
    organisation_id: int
    day: date


def covering(items: Collection[Sharing], purposes: Sequence[Purpose] = COVERS_REFERRALS) -> dict[Sharing, Consent]:
    """Return the consent to one of `purposes` each sharing rests on; a sharing without one is left out. Two queries.

    A consent for the organisation by name, else one for the organisations of the plan unless that organisation was
    refused. Withdrawn, a consent covers nothing more, whatever the day written.
    """
    persons = {item.person_id for item in items}
    consents: dict[tuple[int, int, int | None], list[Consent]] = {}
    for consent in Consent.objects.filter(
        person__in=persons, purpose__in=purposes, withdrawn_on__isnull=True
    ).select_related("person"):
        consents.setdefault((consent.person_id, consent.region_id, consent.recipient_id), []).append(consent)
    refused = set(
        Refusal.objects.filter(person__in=persons, lifted_on__isnull=True).values_list(
            "person_id", "region_id", "organisation_id"
        )
    )
    found = {}
    for item in items:
        named = _on(consents, (item.person_id, item.region_id, item.organisation_id), item.day)
        general = _on(consents, (item.person_id, item.region_id, None), item.day)
        if named:
            found[item] = named
        elif general and (item.person_id, item.region_id, item.organisation_id) not in refused:
            found[item] = general
    return found


def _on(
    consents: Mapping[tuple[int, int, int | None], list[Consent]], key: tuple[int, int, int | None], day: date
) -> Consent | None:
    return next((each for each in consents.get(key, ()) if each.covers(day)), None)
