"""What a partner does: see what needs an answer, read what was shared, take the next step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.enums import AWAITING_ANSWER, TO_SCHEDULE, WITH_PARTNER
from arrimage.casework.models import Referral
from arrimage.casework.queries import (
    dates_to_decide,
    messages_visible_to,
    notes_visible_to,
    received_referral,
    referrals_visible_to,
)
from arrimage.directory.models import Organisation, Theme
from arrimage.directory.places.queries import standing_of
from arrimage.foundation.writing import write_number
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_referral, read_rows
from arrimage.web.lists import render_list
from arrimage.web.partners.consents import notices_to_confirm
from arrimage.web.partners.shown import facts_of, moments, shown_answers, todo_groups
from arrimage.web.partners.steps import BY_NAME, Step, proposed
from arrimage.web.partners.tables import ReferralFilter, ReferralTable, most_pressing
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest


def _organisation_name(request: ActingRequest) -> str:
    scope = request.actor.scope_id or 0
    return Organisation.objects.filter(pk=scope).values_list("name", flat=True).first() or ""


@allows(Right.ANSWER_REFERRALS)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Show what needs the organisation, what waits for an answer first."""
    context = {
        "title": _("À faire"),
        "lead": _organisation_name(request),
        "notices": notices_to_confirm(request.actor),
        "groups": todo_groups(referrals_visible_to(request.actor)),
        "empty": Empty(
            _("Aucune orientation ne vous attend. Celles que la direction régionale vous envoie arrivent ici."),
        ),
    }
    return render(request, "partners/home.html", context)


@allows(Right.ANSWER_REFERRALS)
@require_safe
def referrals(request: ActingRequest) -> HttpResponseBase:
    """List the referrals the organisation holds, until their end."""
    return render_list(
        request,
        ReferralTable,
        most_pressing(referrals_visible_to(request.actor)).select_related("service", "worker"),
        ReferralFilter,
        title=_("Orientations reçues"),
        sentence=lambda n: (
            ngettext("%(n)s orientation en cours", "%(n)s orientations en cours", n) % {"n": write_number(n)}
        ),
        empty=Empty(_("Aucune orientation n’est en cours. Une orientation terminée ou refusée quitte cette liste.")),
        export_name="orientations",
        exported=lambda exported: read_rows(request, exported, What.EXPORTED, kind=ObjectKind.REFERRAL),
        context={"lead": _organisation_name(request)},
    )


@allows(Right.ANSWER_REFERRALS)
@require_safe
def referral(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show what was shared of a person, for which need, and the next step."""
    found = get_object_or_404(referrals_visible_to(request.actor).select_related("service", "worker"), uid=uid)
    read_referral(request, found)
    steps = proposed(found.status)
    thread = list(messages_visible_to(request.actor).filter(referral=found))
    answers = shown_answers(request.actor, found)
    theme = Theme.objects.filter(code=found.shared.get("theme", "")).first()
    context = {
        "title": found.shared.get("name", ""),
        "lead": found.service.name,
        "referral": found,
        "place": standing_of(found.uid),
        "theme": theme,
        "facts": facts_of(found),
        "answers": answers,
        "answers_withdrawn": bool(found.shared.get("answers")) and not answers,
        "answers_left": sum(review is None for _answer, review in answers),
        "thread": thread,
        "to_read": any(each.settled_at is None and not each.from_partner for each in thread),
        "dates": list(dates_to_decide(request.actor).filter(referral=found)),
        "can_propose": found.status in TO_SCHEDULE,
        "is_mine": found.worker_id == request.actor.user_id,
        "can_hand": request.actor.may(Right.MANAGE_OWN_WORKERS),
        "next": steps[0] if steps else None,
        "others": steps[1:],
        "moments": moments(found),
        "notes": notes_visible_to(request.actor).filter(referral=found).prefetch_related("additions"),
        "awaits_answer": found.status in AWAITING_ANSWER,
        "trail": [(_("Orientations reçues"), reverse("partners:referrals"))],
    }
    return render(request, "partners/referral.html", context)


@allows(Right.ANSWER_REFERRALS)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActingRequest, uid: UUID, name: str) -> HttpResponse:
    """Take one step. Sent twice, the second changes nothing and says where the referral is."""
    chosen = BY_NAME[name]
    found = received_referral(request.actor, uid)
    if found is None:
        raise Http404
    if found.status == chosen.to:
        return _already(request, found, chosen)
    if found.status not in WITH_PARTNER:
        raise Http404
    if not chosen.may_follow(found.status):
        messages.info(request, _("Cette orientation a changé d’état entre-temps. Voici où elle en est."))
        return redirect("partners:referral", uid)
    read_referral(request, found)
    form = chosen.form(request.POST if request.method == "POST" else None, referral=found)
    if form.is_valid():
        person = found.shared.get("name", "")
        with refusals_shown(request, form):
            chosen.act(request.actor, [form.answer()])
            messages.success(request, chosen.done % {"name": person})
            return redirect("partners:home") if chosen.ends else redirect("partners:referral", uid)
    context = {
        "title": chosen.title,
        "lead": f"{found.shared.get('name', '')} · {found.service.name}",
        "step": chosen,
        "form": form,
        "referral": found,
        "back": reverse("partners:referral", args=[uid]),
        "trail": [
            (_("Orientations reçues"), reverse("partners:referrals")),
            (found.shared.get("name", ""), reverse("partners:referral", args=[uid])),
        ],
    }
    return render(request, "partners/step.html", context)


def _already(request: ActingRequest, found: Referral, chosen: Step) -> HttpResponse:
    messages.info(
        request,
        _("C’est déjà enregistré : « %(state)s ».") % {"state": found.get_status_display()},
    )
    return redirect("partners:home") if chosen.ends else redirect("partners:referral", found.uid)
