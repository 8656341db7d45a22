"""Consents and their texts, ready to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.casework.models import File
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language, write_long_date
from arrimage.people.models import Person
from arrimage.privacy.consents.enums import ASKED_FIRST, FOR_CHILDREN, ConsentState, GivenBy, Means, Purpose, Review
from arrimage.privacy.consents.models import Consent, ConsentText, Refusal
from arrimage.privacy.consents.queries import SPOKEN, consents_visible_to, refusals_visible_to, texts_for
from arrimage.privacy.consents.rules import ENDING_SOON_DAYS, may_be_given_by
from arrimage.web.parts import Moment
from arrimage.web.states import Tone, tone_of


@dataclass(frozen=True)
class Reading:
    """One text as it is read: in French, and beside it in the person's language where there is one."""

    purpose: Purpose
    french: ConsentText
    other: ConsentText | None
    organisation: str = ""
    own_first: bool = False  # on the person's own pages, their language comes before French

    @property
    def read(self) -> ConsentText:
        """The text the person consents to: in their language, else in French."""
        return self.other or self.french

    def versions(self) -> list[dict[str, object]]:
        """Return what each column shows: language, heading, paragraphs, direction."""
        return [
            {
                "language": text.language,
                "name": write_language(text.language),
                "rtl": text.is_right_to_left,
                "heading": text.heading(self.organisation),
                "paragraphs": text.words(self.organisation).split("\n\n"),
                "unreviewed": text.review == Review.NOT_REVIEWED,
            }
            for text in ((self.other, self.french) if self.own_first else (self.french, self.other))
            if text is not None
        ]


def readings(
    purposes: Sequence[Purpose],
    language: str,
    organisation: Organisation | None = None,
    *,
    own_first: bool = False,
) -> list[Reading]:
    """Return the texts of these purposes in French and in `language`, in the order given. One query."""
    found = texts_for(purposes, language)
    name = organisation.name if organisation else ""
    return [
        Reading(
            purpose, found[purpose]["fr"], found[purpose].get(language) if language != "fr" else None, name, own_first
        )
        for purpose in purposes
        if "fr" in found.get(purpose, {})
    ]


def reading_language(person: Person, asked: str = "") -> str:
    """Return the language to read in: the one asked for, else the person's, else French."""
    return next((code for code in (asked, person.preferred_language) if code in SPOKEN), "fr")


@dataclass(frozen=True)
class ShownConsent:
    """A consent on a list: what, since when, until when, in which state."""

    consent: Consent
    state: str
    tone: Tone
    is_live: bool
    dates: str

    @property
    def ends_soon(self) -> bool:
        soon = clock.today() + timedelta(days=ENDING_SOON_DAYS)
        return self.is_live and self.consent.expires_on <= soon


def shown_consent(consent: Consent) -> ShownConsent:
    state = consent.state
    if state == ConsentState.WITHDRAWN:
        dates = _("du %(first)s au %(last)s") % {
            "first": write_long_date(consent.given_on),
            "last": write_long_date(consent.withdrawn_on),
        }
    else:
        dates = _("depuis le %(first)s, jusqu’au %(last)s") % {
            "first": write_long_date(consent.given_on),
            "last": write_long_date(consent.expires_on),
        }
    return ShownConsent(consent, str(state.label), tone_of(state.value), state == ConsentState.LIVE, dates)


@dataclass(frozen=True)
class ConsentsOfPerson:
    """All a person consented to in a region, refused, or was never asked."""

    live: list[ShownConsent]
    past: list[ShownConsent]
    refusals: list[Refusal]
    missing: list[Purpose]

    @property
    def ends_soon(self) -> list[ShownConsent]:
        return [each for each in self.live if each.ends_soon]


def asked_first(person: Person) -> list[Purpose]:
    """Return what a first meeting asks of a person: less, of a parent for a child."""
    young = GivenBy.PERSON not in may_be_given_by(person.birth, clock.today())
    return [purpose for purpose in ASKED_FIRST if not young or purpose in FOR_CHILDREN]


def consents_of(actor: Actor, person: Person, region_id: int | None = None) -> ConsentsOfPerson:
    """Return a person's consents as `actor` sees them; of one region unless None. Two queries."""
    consents = consents_visible_to(actor).filter(person=person).select_related("recipient", "region")
    refusals = refusals_visible_to(actor).filter(person=person, lifted_on__isnull=True)
    if region_id is not None:
        consents, refusals = consents.filter(region_id=region_id), refusals.filter(region_id=region_id)
    return told(person, consents.order_by("-given_on", "-pk"), refusals.select_related("organisation"))


def told(person: Person, consents: Iterable[Consent], refusals: Iterable[Refusal]) -> ConsentsOfPerson:
    """Return a person's consents, the last given first, and their standing refusals, ready to show."""
    shown = [shown_consent(each) for each in consents]
    live = [each for each in shown if each.is_live]
    held = {each.consent.purpose for each in live}
    return ConsentsOfPerson(
        live=live,
        past=[each for each in shown if not each.is_live],
        refusals=list(refusals),
        missing=[purpose for purpose in asked_first(person) if purpose not in held],
    )


def refusals_of(actor: Actor, file: File) -> list[Refusal]:
    """Return the organisations a file's person refuses, as `actor` sees them. One query."""
    refusals = refusals_visible_to(actor).filter(person_id=file.person_id, region_id=file.region_id)
    return list(refusals.filter(lifted_on__isnull=True))


def consent_pairs(consent: Consent) -> list[tuple[str, str]]:
    """Return the facts of one consent, in words."""
    pairs = [
        (_("Donné le"), write_long_date(consent.given_on)),
        (_("Valable jusqu’au"), write_long_date(consent.expires_on)),
        (_("Donné par"), str(consent.person) if consent.given_by == GivenBy.PERSON else consent.guardian_name),
        (_("Moyen"), Means(consent.means).label),
        (
            _("Texte lu"),
            _("%(language)s, version %(number)d")
            % {"language": write_language(consent.text.language), "number": consent.text.number},
        ),
    ]
    if consent.explained_by:
        explained = _("en %(language)s, par l’entremise de %(name)s") % {
            "language": write_language(consent.explained_language),
            "name": consent.explained_by,
        }
        pairs.append((_("Expliqué"), explained))
    if consent.recorded_by:
        pairs.append((_("Noté par"), consent.recorded_by.name))
    if consent.withdrawn_on:
        pairs.append((_("Retiré le"), write_long_date(consent.withdrawn_on)))
        pairs.append((_("Pourquoi"), consent.withdrawn_why))
    return [(str(name), str(value)) for name, value in pairs]


def consent_moments(consent: Consent) -> list[Moment]:
    """Return what happened to a consent, in order."""
    names = dict(ConsentState.choices)
    words = {ConsentState.LIVE: _("Donné"), ConsentState.WITHDRAWN: _("Retiré")}
    return [
        Moment(
            title=str(words.get(ConsentState(event.to_status), names[event.to_status])),
            when=event.happened_at,
            text=event.note,
            who=event.actor_name,
            tone=tone_of(event.to_status),
        )
        for event in consent.events.all()
    ]


def said_texts(rows: Iterable[Reading]) -> str:
    """Return which very texts a page shows, for its form to say them back."""
    return ",".join(str(row.read.uid) for row in rows)
