"""What an agent does with what an organisation says of a referral: answers it, settles dates and corrections."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions.answers import settle_amendments
from arrimage.casework.actions.dates import accept_date, refuse_dates
from arrimage.casework.actions.deadlines import remind_referrals
from arrimage.casework.actions.messages import NewMessage, read_messages, write_messages
from arrimage.casework.actions.referrals import Answer
from arrimage.casework.enums import Settlement
from arrimage.casework.models import DateProposal
from arrimage.casework.queries import proposals_visible_to, reviews_visible_to
from arrimage.foundation.writing import write_long_date
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms import MessageForm
from arrimage.web.staff.casework.reading import page, referral_for

SETTLED = {"retenir": Settlement.ACCEPTED, "ecarter": Settlement.IGNORED}


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Answer an organisation, or write to it first."""
    found = referral_for(request, uid)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            write_messages(request.actor, [NewMessage(found, form.cleaned_data["text"])])
            messages.success(request, _("Votre message attend l’organisme."))
            return redirect("staff:referral", uid)
    trail = (_("Orientation"), reverse("staff:referral", args=[uid]))
    context = page(found.file, _("Écrire à l’organisme"), trail, form=form, referral=found)
    extra = {"submit": _("Envoyer le message"), "subject": f"{found.service.name} ({found.organisation.name})"}
    return render(request, "staff/casework/form.html", {**context, **extra})


@allows(Right.ACCOMPANY)
@require_POST
def messages_read(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say that what the organisation wrote is read, and asks for no answer."""
    found = referral_for(request, uid)
    with refusals_shown(request):
        read_messages(request.actor, [found])
        messages.success(request, _("C’est noté."))
    return redirect("staff:referral", uid)


@allows(Right.ACCOMPANY)
@require_POST
def remind(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Remind the organisation now, without waiting for the morning."""
    found = referral_for(request, uid)
    with refusals_shown(request):
        remind_referrals(request.actor, [Answer(found, note=_("Rappel envoyé par l’agente ou l’agent."))])
        messages.success(request, _("Le rappel part, avec un nouveau lien."))
    return redirect("staff:referral", uid)


@allows(Right.ACCOMPANY)
@require_POST
def date_accept(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Fix the date the person chose."""
    proposal = _proposal(request, uid)
    with refusals_shown(request):
        accept_date(request.actor, proposal)
        messages.success(request, _("La date est fixée : %(day)s.") % {"day": write_long_date(proposal.day)})
    return redirect("staff:referral", proposal.referral.uid)


@allows(Right.ACCOMPANY)
@require_POST
def dates_refuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    """None of the dates suits the person: the organisation is asked for others."""
    proposal = _proposal(request, uid)
    with refusals_shown(request):
        refuse_dates(request.actor, proposal)
        messages.success(request, _("L’organisme est prévenu : il proposera d’autres dates."))
    return redirect("staff:referral", proposal.referral.uid)


@allows(Right.ACCOMPANY)
@require_POST
def correction(request: ActingRequest, uid: UUID, decision: str) -> HttpResponse:
    """Keep in mind, or set aside, what an organisation corrected; the person's record is not changed by it."""
    if decision not in SETTLED:
        raise Http404
    review = get_object_or_404(reviews_visible_to(request.actor).select_related("referral"), uid=uid)
    found = referral_for(request, review.referral.uid)
    with refusals_shown(request):
        settle_amendments(request.actor, [review], SETTLED[decision])
        messages.success(request, _("C’est noté."))
    return redirect("staff:referral", found.uid)


def _proposal(request: ActingRequest, uid: UUID) -> DateProposal:
    proposal = get_object_or_404(proposals_visible_to(request.actor).select_related("referral"), uid=uid)
    referral_for(request, proposal.referral.uid)
    return proposal
