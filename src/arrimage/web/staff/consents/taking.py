"""Taking a consent from a page, whichever it is: the texts, the form, the action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.rights import Actor
from arrimage.attachments.actions import store
from arrimage.attachments.enums import AttachmentKind
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language
from arrimage.people.models import Member, Person
from arrimage.privacy.consents.actions import give
from arrimage.privacy.consents.enums import GivenBy, Means, Purpose
from arrimage.privacy.consents.models import LANGUAGES, Consent
from arrimage.privacy.consents.queries import SPOKEN
from arrimage.privacy.consents.rules import may_be_given_by
from arrimage.territory.models import Region
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.consents.forms import ConsentForm
from arrimage.web.staff.consents.shown import Reading, reading_language, readings


@dataclass(frozen=True)
class Taking:
    """A page that takes a consent: the texts read, in which language, and its form."""

    readings: list[Reading]
    language: str
    form: ConsentForm
    person: Person

    def context(self) -> dict[str, Any]:
        """Return what `staff/consents/taking.html` shows."""
        return {
            "readings": self.readings,
            "languages": reading_choices(self.language),
            "unwritten": unwritten(self.person),
            "form": self.form,
        }


def unwritten(person: Person) -> str:
    """Return the name of the person's language when no text is written in it; else nothing."""
    spoken = person.preferred_language
    return "" if spoken in SPOKEN else write_language(spoken)


def reading_choices(language: str) -> list[tuple[str, str, bool]]:
    """Return the languages a text may be read in beside French: code, name, whether it is the one chosen."""
    return [(code, write_language(code).capitalize(), code == language) for code, _name in LANGUAGES if code != "fr"]


def taking(
    request: ActingRequest,
    person: Person,
    purposes: Sequence[Purpose],
    *,
    organisation: Organisation | None = None,
    means: Means = Means.TICK,
    prefix: str | None = None,
) -> Taking:
    """Return the texts and the form of a page that asks `person` for these purposes."""
    language = reading_language(person, request.GET.get("langue", ""))
    rows = readings(purposes, language, organisation)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        person=person,
        readings=rows,
        adults=adults_around(person),
        initial={"means": means},
        prefix=prefix,
    )
    return Taking(rows, language, form, person)


def take(actor: Actor, form: ConsentForm, region: Region, organisation: Organisation | None = None) -> list[Consent]:
    """Record what a valid form says, with the signed paper when there is one. Raises what the actions raise."""
    scan = None
    if form.cleaned_data["means"] == Means.PAPER:
        scan = store(actor, form.cleaned_data["upload"], kind=AttachmentKind.CONSENT, region=region)
    return give(actor, form.consents(region.pk, scan, organisation))


def adults_around(person: Person) -> list[Person]:
    """Return the members of the person's households who may consent for a child, today."""
    own = Member.objects.filter(person=person, ends_on__isnull=True).values("household")
    members = (
        Member.objects.filter(household__in=own, ends_on__isnull=True)
        .exclude(person=person)
        .select_related("person")
        .order_by("pk")
    )
    return [each.person for each in members if is_adult(each.person)]


def is_adult(person: Person) -> bool:
    """Say whether somebody consents for themselves: fourteen or more, or of unknown age."""
    return GivenBy.PERSON in may_be_given_by(person.birth, clock.today())


def asked_of(person: Person) -> str:
    """Return who is asked, in words, for the head of a page."""
    if is_adult(person):
        return _("%(person)s consent.") % {"person": person}
    return _("%(person)s a moins de 14 ans : un parent consent.") % {"person": person}
