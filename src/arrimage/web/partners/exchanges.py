"""What a partner says of a referral besides its steps: the answers given, a question, dates, who follows it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.casework.actions.answers import Reviewed, review_answers
from arrimage.casework.actions.dates import propose_dates
from arrimage.casework.actions.messages import NewMessage, read_messages, write_messages
from arrimage.casework.actions.workers import hand_referrals, take_referrals
from arrimage.casework.answers import answers_shown
from arrimage.casework.enums import TO_SCHEDULE, Verdict
from arrimage.casework.models import Referral
from arrimage.casework.queries import referrals_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_referral
from arrimage.web.partners.exchange_forms import DatesForm, HandForm, MessageForm, ReviewForm
from arrimage.web.partners.organisation import colleagues
from arrimage.web.partners.shown import reviews_of
from arrimage.web.requests import ActingRequest


def _found(request: ActingRequest, uid: UUID) -> Referral:
    """Return a referral the organisation holds; the read journal says that it was shown."""
    referral = get_object_or_404(referrals_visible_to(request.actor).select_related("service"), uid=uid)
    read_referral(request, referral)
    return referral


def _page(referral: Referral, title: str, **context: Any) -> dict[str, Any]:
    name, back = referral.shared.get("name", ""), reverse("partners:referral", args=[referral.uid])
    return {
        "title": title,
        "lead": f"{name} · {referral.service.name}",
        "referral": referral,
        "back": back,
        "trail": [(_("Orientations reçues"), reverse("partners:referrals")), (name, back)],
        "help": "",
        **context,
    }


@allows(Right.ANSWER_REFERRALS)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Confirm or correct the answers the person has already given, one by one or all at once."""
    referral = _found(request, uid)
    shown = answers_shown(request.actor, referral)
    if not shown:
        raise Http404
    said = reviews_of(request.actor, referral)
    form = ReviewForm(request.POST if request.method == "POST" else None, answers=shown, said=said)
    if request.method == "POST" and "all" in request.POST:
        form = ReviewForm(None, answers=shown, said=said)
        left = [Reviewed(Verdict.CONFIRMED, each["key"]) for each in shown if each["key"] not in said]
        with refusals_shown(request):
            review_answers(request.actor, referral, left)
            messages.success(request, _("C’est noté : ces réponses sont exactes."))
        return redirect("partners:referral", uid)
    if form.is_valid():
        with refusals_shown(request, form):
            review_answers(request.actor, referral, form.reviewed())
            messages.success(request, _("C’est noté. L’agente ou l’agent verra les corrections avec la personne."))
            return redirect("partners:referral", uid)
    return render(request, "partners/answers.html", _page(referral, _("Ce que la personne a déjà répondu"), form=form))


@allows(Right.ANSWER_REFERRALS)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask the agent something, or answer them."""
    referral = _found(request, uid)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            write_messages(request.actor, [NewMessage(referral, form.cleaned_data["text"])])
            messages.success(request, _("Votre message attend l’agente ou l’agent."))
            return redirect("partners:referral", uid)
    context = _page(
        referral,
        _("Écrire à l’agente ou à l’agent"),
        form=form,
        submit=_("Envoyer le message"),
        help=_("Votre message reste avec l’orientation. Le courriel qui l’annonce ne dit rien de la personne."),
    )
    return render(request, "partners/form.html", context)


@allows(Right.ANSWER_REFERRALS)
@require_POST
def messages_read(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say that the agent's answer is read."""
    referral = _found(request, uid)
    with refusals_shown(request):
        read_messages(request.actor, [referral])
        messages.success(request, _("C’est noté."))
    return redirect("partners:referral", uid)


@allows(Right.ANSWER_REFERRALS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Propose dates, among which the person or their agent chooses."""
    referral = _found(request, uid)
    if referral.status not in TO_SCHEDULE:
        raise Http404
    form = DatesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            propose_dates(request.actor, referral, form.dates())
            messages.success(request, _("Les dates sont proposées. Celle qui est choisie sera fixée d’elle-même."))
            return redirect("partners:referral", uid)
    context = _page(
        referral,
        _("Proposer des dates"),
        form=form,
        submit=_("Proposer ces dates"),
        help=_("La personne, ou son agente ou agent, en choisit une. Elles remplacent celles déjà proposées."),
    )
    return render(request, "partners/form.html", context)


@allows(Right.ANSWER_REFERRALS)
@require_POST
def take(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say that one follows this referral oneself."""
    referral = _found(request, uid)
    with refusals_shown(request):
        take_referrals(request.actor, [referral])
        messages.success(request, _("Vous vous occupez de cette orientation."))
    return redirect("partners:referral", uid)


@allows(Right.MANAGE_OWN_WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a referral to somebody of the organisation."""
    referral = _found(request, uid)
    form = HandForm(
        request.POST if request.method == "POST" else None,
        workers=colleagues(request.actor),
        initial={"worker": referral.worker_id},
    )
    if form.is_valid():
        with refusals_shown(request, form):
            hand_referrals(request.actor, [referral], form.cleaned_data["worker"])
            messages.success(request, _("C’est noté."))
            return redirect("partners:referral", uid)
    context = _page(referral, _("Confier l’orientation"), form=form, submit=_("Confier l’orientation"))
    return render(request, "partners/form.html", context)
