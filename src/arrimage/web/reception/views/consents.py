"""The consents of a household at the airport: the texts once, a signature an adult, the children with a parent."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.casework.models import File
from arrimage.privacy.consents.enums import Means, Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.reception.models import Party
from arrimage.reception.queries import (
    arrivals_of_party,
    consents_held,
    files_of_party,
    files_to_book,
    parties_visible_to,
)
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_persons
from arrimage.web.reception.shown import party_title
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.consents.forms import ConsentForm
from arrimage.web.staff.consents.shown import Reading, reading_language, readings
from arrimage.web.staff.consents.taking import is_adult, reading_choices, take, unwritten

# What is asked in the arrivals hall; the rest, at the first appointment.
ASKED_HERE = (Purpose.ACCOMPANIMENT, Purpose.PLAN_REFERRALS, Purpose.CONTACT)


@allows(Right.RECEIVE_ARRIVALS)
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read the texts to a household in its language, and take what each of them says, in one step."""
    found = get_object_or_404(parties_visible_to(request.actor), uid=uid)
    files = files_of_party(found)
    if not files:
        return redirect("reception:party", uid)
    arrivals = arrivals_of_party(found)
    keys = [arrival.person_id for arrival in arrivals]
    read_persons(request, keys, kind=ObjectKind.PARTY, uid=found.uid, region_id=found.region_id)
    language = reading_language(files[0].person, request.GET.get("langue", ""))
    rows = readings(ASKED_HERE, language)
    forms = _forms(request, found, files, rows)
    saying = [form for form in forms if form["agreed"].value()]
    if request.method == "POST" and not saying:
        messages.error(request, _("Personne n’a consenti. Cochez la phrase de chaque personne qui consent."))
    elif saying and all([form.is_valid() for form in saying]):
        given = _take(request, found, saying)
        if given:
            words = ngettext("%(count)d consentement est noté.", "%(count)d consentements sont notés.", len(given))
            messages.success(request, words % {"count": len(given)})
            return redirect("reception:first_appointment" if files_to_book(found) else "reception:party", uid)
    context = {
        "title": _("Consentement"),
        "lead": party_title(found, arrivals),
        "party": found,
        "readings": rows,
        "languages": reading_choices(language),
        "unwritten": unwritten(files[0].person),
        "forms": forms,
        "to_book": bool(files_to_book(found)),
        "trail": [
            (_("Arrivées"), reverse("reception:home")),
            (party_title(found, arrivals), reverse("reception:party", args=[uid])),
        ],
    }
    return render(request, "reception/consents.html", context)


def _forms(request: ActingRequest, party: Party, files: list[File], rows: list[Reading]) -> list[ConsentForm]:
    """Return a form for each adult who has something to say; the children go with the first, or alone without one."""
    held = consents_held(party)
    persons = [file.person for file in files]
    adults = [person for person in persons if is_adult(person)]
    children = [person for person in persons if not is_adult(person) and not held.get(person.pk)]
    forms: list[ConsentForm] = []
    for person in adults or children:
        missing = [row for row in rows if row.purpose.value not in held.get(person.pk, set())]
        if not missing:
            continue
        with_children = children if adults and not forms else []
        forms.append(
            ConsentForm(
                request.POST if request.method == "POST" else None,
                request.FILES if request.method == "POST" else None,
                person=person,
                readings=missing,
                adults=adults,
                children=with_children,
                quick=True,
                prefix=f"p{person.uid.hex}",
                initial={"means": Means.SIGNATURE, "children": [str(child.uid) for child in with_children]},
            )
        )
    return forms


def _take(request: ActingRequest, party: Party, forms: list[ConsentForm]) -> list[Consent]:
    """Record what all the forms say, or nothing at all; a refusal goes beside its field."""
    given: list[Consent] = []
    with transaction.atomic():
        for form in forms:
            with refusals_shown(request, form):
                given += take(request.actor, form, party.region)
        if any(form.errors for form in forms):
            transaction.set_rollback(True)
            return []
    return given
