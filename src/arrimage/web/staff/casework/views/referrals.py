"""Sending a person to a service, and following the referral until its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework import actions
from arrimage.casework.actions.referrals import Answer, NewReferral, shared_with_partner, sharing
from arrimage.casework.answers import answers_for, may_travel
from arrimage.casework.choosing import offers_of
from arrimage.casework.enums import (
    AFTER_ACCEPTANCE,
    AWAITING_ANSWER,
    OPEN_STEPS,
    REFERRAL_TRANSITIONS,
    WITH_PARTNER,
    ReferralStatus,
)
from arrimage.casework.models import Need, Referral, Step
from arrimage.casework.queries import delays_of, referrals_listed_for
from arrimage.casework.rules import answer_due
from arrimage.directory.choosing.record import components_kept
from arrimage.directory.choosing.words import said
from arrimage.directory.enums import HoldStatus
from arrimage.directory.places.priority import may_order
from arrimage.directory.places.queries import live_hold, standing_of_hold
from arrimage.directory.queries import services_visible_to
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writing import write_long_date, write_number
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.queries import covering
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_rows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.choosing import wished
from arrimage.web.staff.casework.exchanges import exchanges_of
from arrimage.web.staff.casework.filters import ReferralFilter
from arrimage.web.staff.casework.forms import AnswerForm, ReasonForm, SendForm
from arrimage.web.staff.casework.offers import AT_LOCATION, explained, picked_in, shown_in, with_hours
from arrimage.web.staff.casework.reading import address_of, need_for, page, referral_for
from arrimage.web.staff.casework.shown import referral_moments, shared_pairs
from arrimage.web.staff.casework.tables import ReferralTable
from arrimage.web.staff.consents.shown import refusals_of
from arrimage.web.staff.consents.taking import take, taking

ASK_FOR_ANSWERS = "reponses"  # in the address: the consent to communicate answers is asked too
ANSWERS = {
    ReferralStatus.ACCEPTED: actions.accept_referrals,
    ReferralStatus.DECLINED: actions.decline_referrals,
    ReferralStatus.SCHEDULED: actions.schedule_referrals,
    ReferralStatus.ATTENDED: actions.attend_referrals,
    ReferralStatus.NO_SHOW: actions.miss_referrals,
    ReferralStatus.STARTED: actions.start_referrals,
    ReferralStatus.COMPLETED: actions.complete_referrals,
    ReferralStatus.STOPPED: actions.stop_referrals,
}


@allows(Right.ACCOMPANY)
@require_safe
def referrals(request: ActingRequest) -> HttpResponseBase:
    """List the referrals of the region, the last sent first."""
    rows = referrals_listed_for(request.actor).select_related(
        "file__person", "file__agent", "need", "service", "organisation"
    )
    return render_list(
        request,
        ReferralTable,
        rows.defer("shared"),
        ReferralFilter,
        title=_("Orientations"),
        sentence=lambda count: (
            ngettext("%(count)s orientation", "%(count)s orientations", count) % {"count": write_number(count)}
        ),
        empty=Empty(
            _("Aucune orientation n’a encore été envoyée. Elles partent d’un besoin, dans le dossier d’une personne."),
            _("Voir les dossiers"),
            reverse("staff:files"),
        ),
        export_name="orientations",
        exported=lambda exported: read_rows(request, exported, What.EXPORTED, kind=ObjectKind.REFERRAL),
        template="staff/casework/referrals.html",
        context={
            "mine": "whose" in request.GET,
            "mine_url": f"{reverse('staff:referrals')}?whose=mine",
            "sets_practices": request.actor.may(Right.SET_PRACTICES),
        },
    )


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def send(request: ActingRequest, uid: UUID, service: UUID) -> HttpResponse:
    """Show exactly what the organisation will read, add a message, send."""
    need = need_for(request, uid)
    services = with_hours(services_visible_to(request.actor)).select_related("organisation")
    chosen = get_object_or_404(services, uid=service)
    consent = covering({sharing(need, chosen)}).get(sharing(need, chosen))
    answers = answers_for(need, chosen)
    may_share = bool(answers) and bool(may_travel({sharing(need, chosen)}))
    to_ask = [] if consent else [Purpose.REFERRAL]
    if answers and not may_share and ASK_FOR_ANSWERS in request.GET:
        to_ask.append(Purpose.ASSESSMENT_SHARING)
    asked = taking(request, need.file.person, to_ask, organisation=chosen.organisation) if to_ask else None
    offered = answers if may_share or Purpose.ASSESSMENT_SHARING in to_ask else []
    wishes = wished(request, need.file)
    offer = offers_of(request.actor, [(need, chosen)], wishes.wishes)[0]
    form = SendForm(request.POST or None, answers=offered, offer=offer, picked=request.GET.get(AT_LOCATION, ""))
    if request.method == "POST" and all([form.is_valid(), asked is None or asked.form.is_valid()]):
        with refusals_shown(request, asked.form if asked else form):
            if asked:
                taken = take(request.actor, asked.form, need.region, chosen.organisation)
                may_share = may_share or any(each.purpose == Purpose.ASSESSMENT_SHARING for each in taken)
            item = NewReferral(
                need,
                chosen,
                step=_step_of(need),
                message=form.cleaned_data["message"],
                answers=form.cleaned_data.get("answers", ()) if may_share else (),
                at=picked_in(form, offer),
                choice=shown_in(form, offer),
            )
            sent = actions.send_referrals(request.actor, [item])[0]
            messages.success(
                request,
                _("L’orientation est envoyée à %(organisation)s. Réponse attendue au plus tard le %(date)s.")
                % {"organisation": chosen.organisation.name, "date": write_long_date(sent.answer_due)},
            )
            return redirect(f"{address_of(need.file)}#orientations")
    context = page(
        need.file,
        _("Envoyer l’orientation"),
        (_("Orienter la personne"), reverse("staff:refer", args=[need.uid])),
        need=need,
        service=chosen,
        consent=consent,
        asked=asked,
        refusal=next(
            (each for each in refusals_of(request.actor, need.file) if each.organisation_id == chosen.organisation_id),
            None,
        ),
        shared=shared_pairs(shared_with_partner(need)),
        may_ask_for_answers=bool(answers) and not offered,
        offers_answers=bool(offered),
        asks_for_answers=Purpose.ASSESSMENT_SHARING in to_ask,
        ask_for_answers=ASK_FOR_ANSWERS,
        wishes=wishes,
        explained=explained(offer),
        answer_due=answer_due(clock.today(), delays_of([need.region_id])[need.region_id].expiry_days),
        **((asked.context() if asked else {}) | {"form": form}),
    )
    return render(request, "staff/casework/refer_to.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def referral(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a referral: where it is, what was shared, everything that happened to it."""
    found = referral_for(request, uid)
    hold = live_hold(found.uid)
    context = page(
        found.file,
        _("Orientation vers %(service)s") % {"service": found.service.name},
        referral=found,
        place=standing_of_hold(hold),
        hold=hold,
        may_order=hold is not None and hold.status == HoldStatus.WAITING and may_order(request.actor, hold),
        moments=referral_moments(found),
        shared=shared_pairs(found.shared),
        choice=found.proposed,
        reasons=[said(one) for one in components_kept(found.proposed) if one.facts],
        **exchanges_of(request.actor, found),
        can_expire=_is_past(found),
        can_answer=found.status in WITH_PARTNER,
        can_cancel=REFERRAL_TRANSITIONS.allow(found.status, ReferralStatus.CANCELLED),
        came_back=found.status not in WITH_PARTNER
        and found.status != ReferralStatus.COMPLETED
        and found.need.closed_on is None,
        to_settle=_to_settle(found),
        notice=found.notices.order_by("-pk").first() if found.consent_withdrawn_on else None,
        under_way=found.status in AFTER_ACCEPTANCE,
    )
    return render(request, "staff/casework/referral.html", context)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a referral back, and say why."""
    found = referral_for(request, uid)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            actions.cancel_referrals(request.actor, [Answer(found, note=form.cleaned_data["note"])])
            messages.success(request, _("L’orientation est annulée. Le besoin est de nouveau à traiter."))
            return redirect("staff:referral", uid=uid)
    context = page(found.file, _("Annuler l’orientation"), _to_referral(found), form=form, referral=found)
    extra = {"submit": _("Annuler l’orientation"), "danger": True, "subject": found.service.name}
    return render(request, "staff/casework/form.html", {**context, **extra})


@allows(Right.ACCOMPANY)
@require_POST
def expire(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record that nobody answered in time; the need comes back, with other services to choose from."""
    found = referral_for(request, uid)
    following = reverse("staff:referral", args=[uid])
    with refusals_shown(request):
        actions.expire_referrals(request.actor, [Answer(found)])
        messages.success(request, _("L’orientation est expirée. Voici d’autres services pour ce besoin."))
        following = reverse("staff:refer", args=[found.need.uid])
    return redirect(following)


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def answer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record what the organisation said by telephone or otherwise; the event names who wrote it down."""
    found = referral_for(request, uid)
    form = AnswerForm(request.POST or None, referral=found)
    if form.is_valid():
        with refusals_shown(request, form):
            given = form.cleaned_data
            status = ReferralStatus(given.pop("status"))
            if found.status not in WITH_PARTNER:
                raise Conflict(_("Cette orientation n’attend plus rien de l’organisme."))
            if status == ReferralStatus.DECLINED and not given.get("reason"):
                raise InvalidInput(_("Indiquez la raison du refus."), field="reason")
            ANSWERS[status](request.actor, [Answer(found, **given)])
            messages.success(request, _("La réponse est notée."))
            return redirect("staff:referral", uid=uid)
    context = page(found.file, _("Noter une réponse"), _to_referral(found), form=form, referral=found)
    extra = {"submit": _("Noter la réponse"), "subject": f"{found.service.name} ({found.organisation.name})"}
    return render(request, "staff/casework/form.html", {**context, **extra})


def _to_referral(found: Referral) -> tuple[str, str]:
    return (_("Orientation"), reverse("staff:referral", args=[found.uid]))


def _step_of(need: Need) -> Step | None:
    """Return the open step of the plan that carries the need, if any."""
    return need.steps.filter(status__in=OPEN_STEPS).order_by("due_on", "pk").first()


def _is_past(found: Referral) -> bool:
    return found.status in AWAITING_ANSWER and found.answer_due is not None and found.answer_due < clock.today()


def _to_settle(found: Referral) -> bool:
    """Say whether the result is in and its step (or its need) still open."""
    if found.status != ReferralStatus.COMPLETED:
        return False
    return found.step.status in OPEN_STEPS if found.step else found.need.closed_on is None
