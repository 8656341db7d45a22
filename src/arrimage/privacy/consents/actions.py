"""Giving, withdrawing, refusing. Lists first: a household at the airport is one signature and several consents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.attachments.models import Attachment
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.writes import update_rows
from arrimage.foundation.writing import write_long_date
from arrimage.people.models import Person
from arrimage.privacy.consents.enums import WITH_RECIPIENT, ConsentState, GivenBy, Means, Purpose
from arrimage.privacy.consents.models import Consent, ConsentEvent, ConsentText, Refusal
from arrimage.privacy.consents.queries import texts_by_day
from arrimage.privacy.consents.rules import Strokes, check_giver, check_signature, last_day
from arrimage.privacy.consents.signals import Change, consent_given, consent_withdrawn

BATCH = 1_000


@dataclass(frozen=True)
class NewConsent:
    """What a person, or the parent for them, agreed to, and how.

    `language` is that of the text read; `text`, the very text when a page showed it (else the one in use that day).
    `guardian` is the parent when they have a record here; `guardian_name` their name in any case. `until` is the last
    day, when the person wants it sooner than usual.
    """

    person: Person
    region_id: int
    purpose: Purpose
    recipient: Organisation | None = None
    language: str = "fr"
    text: ConsentText | None = None
    given_by: GivenBy = GivenBy.PERSON
    guardian: Person | None = None
    guardian_name: str = ""
    means: Means = Means.TICK
    signature: Strokes | None = None
    scan: Attachment | None = None
    explained_language: str = ""
    explained_by: str = ""
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class NewRefusal:
    """An organisation a person does not want to be known to."""

    person: Person
    region_id: int
    organisation: Organisation
    why: str = ""
    on: date | None = None


@action
def give(actor: Actor, items: Sequence[NewConsent]) -> list[Consent]:
    """Record consents. One that still held for the same thing gives way to the new one; a refusal is lifted.

    Raises `InvalidInput` (who may consent, signature, text), `Conflict` (given already that day), `NotAllowed`.
    """
    texts = _texts(items)
    consents = [_consent(actor, item, text) for item, text in zip(items, texts, strict=True)]
    _replace(actor, consents)
    try:
        with transaction.atomic():
            Consent.objects.bulk_create(consents, batch_size=BATCH)
    except IntegrityError as error:
        raise Conflict(_("Ce consentement vient d’être noté. Rouvrez la page.")) from error
    _record(actor, consents, "", ConsentState.LIVE)
    _lift_refusals(consents)
    changes = [_change(consent, consent.given_on) for consent in consents]
    consent_given.send(Consent, actor=actor, changes=changes)
    return consents


@action
def withdraw(actor: Actor, items: Sequence[Consent], *, why: str = "", on: date | None = None) -> list[Consent]:
    """Take consents back, from today on. Who listens (`signals.consent_withdrawn`) ends what they covered.

    What was consented to for one organisation is refused from then on, even under a general consent.
    """
    day = on or clock.today()
    if day > clock.today():
        raise InvalidInput(_("Cette date est à venir."), field="on")
    keys = [item.pk for item in items]
    locked = list(
        Consent.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("person", "recipient")
        .order_by("pk")
    )
    for consent in locked:
        _require(actor, consent.person_id, consent.region_id)
        if consent.withdrawn_on is not None or not consent.given_on <= day <= consent.expires_on:
            raise Conflict(_("Ce consentement n’est plus en vigueur."))
        consent.withdrawn_on, consent.withdrawn_by_id, consent.withdrawn_why = day, actor.user_id, why.strip()
    update_rows(Consent, locked, ["withdrawn_on", "withdrawn_by", "withdrawn_why"])
    _record(actor, locked, ConsentState.LIVE, ConsentState.WITHDRAWN, why.strip())
    _refuse_named(actor, locked, day)
    consent_withdrawn.send(Consent, actor=actor, changes=[_change(consent, day) for consent in locked])
    return locked


@action
def refuse(actor: Actor, items: Sequence[NewRefusal]) -> list[Refusal]:
    """Record organisations persons do not want to be known to; a consent that named one is withdrawn with it."""
    for item in items:
        _require(actor, item.person.pk, item.region_id)
        day = item.on or clock.today()
        named = Consent.objects.live_on(day).filter(
            person=item.person, region_id=item.region_id, recipient=item.organisation, withdrawn_on__isnull=True
        )
        withdraw(actor, list(named), why=item.why, on=day)
    refusals = [
        Refusal(
            person=item.person,
            region_id=item.region_id,
            organisation=item.organisation,
            refused_on=item.on or clock.today(),
            why=item.why.strip(),
            recorded_by_id=actor.user_id,
        )
        for item in items
    ]
    Refusal.objects.bulk_create(refusals, ignore_conflicts=True)
    changes = [
        Change(each.person_id, each.region_id, Purpose.REFERRAL, each.organisation_id, each.refused_on)
        for each in refusals
    ]
    consent_withdrawn.send(Consent, actor=actor, changes=changes)
    return refusals


# --- Checks ---------------------------------------------------------------------------------------------------------
def _require(actor: Actor, person_id: int, region_id: int) -> None:
    """Those who receive or accompany, in their region; the person for themselves."""
    if actor.role == Role.NEWCOMER and actor.may(Right.SEE_OWN_FILE):
        if actor.scope_id != person_id:
            raise NotAllowed(_("Vous ne pouvez consentir que pour vous-même."))
        return
    if not (actor.may(Right.ACCOMPANY) or actor.may(Right.RECEIVE_ARRIVALS)) or not actor.covers_region(region_id):
        raise NotAllowed(_("Votre rôle ne permet pas cette action."))


def _consent(actor: Actor, item: NewConsent, text: ConsentText) -> Consent:
    """Return (not saved) the consent an item describes, checked."""
    _require(actor, item.person.pk, item.region_id)
    day = item.on or clock.today()
    if day > clock.today():
        raise InvalidInput(_("Cette date est à venir."), field="on")
    if (item.purpose in WITH_RECIPIENT) != (item.recipient is not None):
        raise InvalidInput(_("Dites à quel organisme la personne consent."), field="recipient")
    if actor.role == Role.NEWCOMER and (item.given_by != GivenBy.PERSON or item.means != Means.TICK):
        raise InvalidInput(_("Sur vos pages, vous consentez vous-même, en cochant la case."), field="means")
    check_giver(item.given_by, item.person.birth, day)
    by_parent = item.given_by == GivenBy.PARENT
    guardian_name = (item.guardian_name or str(item.guardian or "")).strip() if by_parent else ""
    if by_parent and not guardian_name:
        raise InvalidInput(_("Nommez le parent, la tutrice ou le tuteur qui consent."), field="guardian_name")
    usual = last_day(item.purpose, day, item.given_by, item.person.birth)
    if item.until is not None and not day <= item.until <= usual:
        raise InvalidInput(
            _("Ce consentement peut valoir jusqu’au %(date)s au plus.") % {"date": write_long_date(usual)},
            field="until",
        )
    return Consent(
        person=item.person,
        region_id=item.region_id,
        purpose=item.purpose,
        recipient=item.recipient,
        text=text,
        given_by=item.given_by,
        guardian=item.guardian if by_parent else None,
        guardian_name=guardian_name,
        means=item.means,
        signature=check_signature(item.means, item.signature),
        scan=item.scan if item.means == Means.PAPER else None,
        explained_language=item.explained_language or text.language,
        explained_by=item.explained_by.strip(),
        given_on=day,
        expires_on=item.until or usual,
        recorded_by_id=actor.user_id,
    )


def _texts(items: Sequence[NewConsent]) -> list[ConsentText]:
    """Return the text each item was read: the one given, else the one in use that day, in French when there is none."""
    in_use = texts_by_day({item.on or clock.today() for item in items})
    found = []
    for item in items:
        day = item.on or clock.today()
        text = item.text or in_use[day].get((item.purpose, item.language)) or in_use[day].get((item.purpose, "fr"))
        if text is None or text.purpose != item.purpose or text != in_use[day].get((text.purpose, text.language)):
            raise InvalidInput(_("Le texte a changé depuis. Faites lire celui-ci."), field="text")
        found.append(text)
    return found


# --- What follows ---------------------------------------------------------------------------------------------------
def _same(consent: Consent) -> tuple[int, int, str, int | None]:
    return consent.person_id, consent.region_id, consent.purpose, consent.recipient_id


def _replace(actor: Actor, consents: Sequence[Consent]) -> None:
    """End, on the eve, the consents that still hold for the same things: the new ones take over."""
    starts = {_same(consent): consent.given_on for consent in consents}
    older = [
        each
        for each in Consent.objects.select_for_update(of=("self",))
        .filter(person__in={key[0] for key in starts}, withdrawn_on__isnull=True)
        .order_by("pk")
        if _same(each) in starts and each.expires_on >= starts[_same(each)]
    ]
    for each in older:
        if each.given_on >= starts[_same(each)]:
            raise Conflict(_("Ce consentement est déjà donné : « %(consent)s ».") % {"consent": each.what})
        each.expires_on, each.is_replaced = starts[_same(each)] - timedelta(days=1), True
    if older:
        update_rows(Consent, older, ["expires_on", "is_replaced"])
        _record(actor, older, ConsentState.LIVE, ConsentState.REPLACED)


def _lift_refusals(consents: Sequence[Consent]) -> None:
    """End the refusals of organisations that are consented to by name now."""
    named = {
        (each.person_id, each.region_id, each.recipient_id): each.given_on
        for each in consents
        if each.purpose == Purpose.REFERRAL
    }
    if not named:
        return
    lifted = []
    for refusal in Refusal.objects.filter(person__in={key[0] for key in named}, lifted_on__isnull=True):
        given_on = named.get((refusal.person_id, refusal.region_id, refusal.organisation_id))
        if given_on is not None:
            refusal.lifted_on = max(given_on, refusal.refused_on)
            lifted.append(refusal)
    update_rows(Refusal, lifted, ["lifted_on"])


def _refuse_named(actor: Actor, consents: Sequence[Consent], day: date) -> None:
    """Refuse the organisations a withdrawn consent named, so that a general one does not quietly cover them."""
    Refusal.objects.bulk_create(
        [
            Refusal(
                person_id=each.person_id,
                region_id=each.region_id,
                organisation=each.recipient,
                refused_on=day,
                why=each.withdrawn_why,
                recorded_by_id=actor.user_id,
            )
            for each in consents
            if each.purpose == Purpose.REFERRAL
        ],
        ignore_conflicts=True,
    )


def _change(consent: Consent, day: date) -> Change:
    return Change(consent.person_id, consent.region_id, Purpose(consent.purpose), consent.recipient_id, day)


def _record(actor: Actor, consents: Sequence[Consent], before: str, after: str, note: str = "") -> None:
    ConsentEvent.objects.bulk_create(
        [ConsentEvent.of(actor, before, after, consent=consent, note=note) for consent in consents],
        batch_size=BATCH,
    )
