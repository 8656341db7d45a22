"""The consents of a file's person: reading, giving, showing, printing, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions.referrals import shared_with_partner
from arrimage.casework.models import File
from arrimage.casework.queries import needs_visible_to
from arrimage.casework.story import files_to_read
from arrimage.directory.queries import organisations_visible_to
from arrimage.privacy.consents import actions
from arrimage.privacy.consents.actions import NewRefusal
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.queries import consents_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import file_for, page
from arrimage.web.staff.casework.shown import shared_pairs
from arrimage.web.staff.consents.forms import RefuseForm, WithdrawForm
from arrimage.web.staff.consents.shown import (
    asked_first,
    consent_moments,
    consent_pairs,
    consents_of,
    reading_language,
    readings,
)
from arrimage.web.staff.consents.taking import asked_of, reading_choices, take, taking


def _to_consents(file: File) -> tuple[str, str]:
    return (_("Consentements"), reverse("staff:consents", args=[file.uid]))


def _consent_for(request: ActingRequest, uid: UUID) -> tuple[Consent, File]:
    """Return a consent and the file it is read from, or answer 404."""
    found = get_object_or_404(
        consents_visible_to(request.actor).select_related(
            "person", "guardian", "recipient", "text", "recorded_by", "scan"
        ),
        uid=uid,
    )
    files = files_to_read(request.actor).filter(person_id=found.person_id, region_id=found.region_id)
    file = files.order_by("status", "-opened_on").first() or get_object_or_404(files)
    read(request, file, kind=ObjectKind.DOCUMENT, uid=found.uid)
    return found, file


@allows(Right.ACCOMPANY)
@require_safe
def consents(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what a person consented to, to whom, until when; what they refuse; what they were not asked yet."""
    file = file_for(request, uid)
    given = consents_of(request.actor, file.person, file.region_id)
    return render(request, "staff/consents/consents.html", page(file, _("Consentements"), given=given))


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def give(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Read the texts to the person, in French and in their language, and record what they say."""
    file = file_for(request, uid)
    wanted = [purpose for purpose in asked_first(file.person) if purpose.value in request.GET.getlist("fin")]
    purposes = wanted or consents_of(request.actor, file.person, file.region_id).missing or asked_first(file.person)
    asked = taking(request, file.person, purposes)
    if asked.form.is_valid():
        with refusals_shown(request, asked.form):
            given = take(request.actor, asked.form, file.region)
            messages.success(
                request,
                ngettext("%(count)d consentement est noté.", "%(count)d consentements sont notés.", len(given))
                % {"count": len(given)},
            )
            return redirect("staff:consents", uid)
    context = page(
        file, _("Recueillir le consentement"), _to_consents(file), asked=asked_of(file.person), **asked.context()
    )
    return render(request, "staff/consents/give.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def paper(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the texts as a sheet to print and sign."""
    file = file_for(request, uid)
    language = reading_language(file.person, request.GET.get("langue", ""))
    context = page(
        file,
        _("Consentement à signer"),
        _to_consents(file),
        readings=readings(asked_first(file.person), language),
        languages=reading_choices(language),
        unwritten="",
        asked=asked_of(file.person),
    )
    return render(request, "staff/consents/paper.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def consent(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one consent: the very text, the signature, what happened since."""
    found, file = _consent_for(request, uid)
    need = needs_visible_to(request.actor).filter(file=file).select_related("theme", "file__person").first()
    shares = found.purpose in (Purpose.REFERRAL, Purpose.PLAN_REFERRALS)
    context = page(
        file,
        found.what,
        _to_consents(file),
        consent=found,
        paragraphs=found.text.words(found.recipient.name if found.recipient else "").split("\n\n"),
        pairs=consent_pairs(found),
        moments=consent_moments(found),
        shared=shared_pairs(shared_with_partner(need)) if need and shares else [],
    )
    return render(request, "staff/consents/consent.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what follows, then take the consent back."""
    found, file = _consent_for(request, uid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, form):
            actions.withdraw(request.actor, [found], why=form.cleaned_data["why"])
            messages.success(request, _("Le consentement est retiré. Ceux que cela concerne en sont avisés."))
            return redirect("staff:consents", file.uid)
    context = page(file, _("Retirer un consentement"), _to_consents(file), form=form, consent=found)
    return render(request, "staff/consents/withdraw.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def refuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Note an organisation the person does not want to be known to."""
    file = file_for(request, uid)
    organisations = organisations_visible_to(request.actor).filter(region_id=file.region_id)
    form = RefuseForm(request.POST or None, organisations=organisations)
    if form.is_valid():
        with refusals_shown(request, form):
            said = form.cleaned_data
            actions.refuse(
                request.actor, [NewRefusal(file.person, file.region_id, said["organisation"], why=said["why"])]
            )
            messages.success(request, _("Le refus est noté. Ceux que cela concerne en sont avisés."))
            return redirect("staff:consents", uid)
    context = page(file, _("Noter un refus"), _to_consents(file), form=form)
    return render(request, "staff/consents/refuse.html", context)
