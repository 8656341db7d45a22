"""Answering one referral by the link of a letter. Opening changes nothing; no person is named before the code."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.link_codes import half_hidden
from arrimage.casework.actions.answers import review_answers
from arrimage.casework.actions.links import note_answer, open_with_code, send_code
from arrimage.casework.answers import answers_shown
from arrimage.casework.letters import contact_of
from arrimage.casework.links import link_of, token_of
from arrimage.casework.models import Referral, ReferralLink
from arrimage.casework.queries import referrals_visible_to
from arrimage.directory.models import Theme
from arrimage.foundation.errors import DomainError
from arrimage.web.access import open_to_all, refusals_shown
from arrimage.web.answering.forms import CodeForm
from arrimage.web.answering.opened import forget, held, is_open, remember
from arrimage.web.journal import read_referral
from arrimage.web.partners.exchange_forms import ReviewForm
from arrimage.web.partners.shown import facts_of
from arrimage.web.partners.steps import BY_NAME

P = ParamSpec("P")


def of_a_live_link(
    view: Callable[Concatenate[HttpRequest, ReferralLink, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Give the view the link its address names; say plainly why it is worth nothing, when it is."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        link = link_of(token)
        if link is None:
            return render(request, "answering/worthless.html", {"title": _("Ce lien n’est pas valable")}, status=404)
        if not link.referral.is_awaiting_answer:
            context = {"title": _("Ce lien ne sert plus"), "referral": link.referral}
            return render(request, "answering/over.html", context, status=410)
        return view(request, link, *args, **kwargs)

    return opened


@open_to_all
@never_cache
@require_safe
@of_a_live_link
def entrance(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    """Say which service is asked and until when; ask for the code. No person is named."""
    if is_open(request, link):
        return redirect("referral_link_open", token_of(link))
    context = {
        **_page(link, _("Répondre à une orientation")),
        "contact": half_hidden(contact_of(link.referral)),
    }
    return render(request, "answering/entrance.html", context)


@open_to_all
@never_cache
@require_http_methods(["POST"])
@of_a_live_link
def code(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    """Send a code when none is given yet; take the one that is."""
    given = "code" in request.POST
    form = CodeForm(request.POST if given else None)
    token = token_of(link)
    contact = half_hidden(contact_of(link.referral))
    if not given:
        try:
            contact = send_code(link, address=_address(request))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("referral_link", token)
    elif form.is_valid():
        if open_with_code(link, form.cleaned_data["code"], address=_address(request)):
            remember(request, link)
            return redirect("referral_link_open", token)
        form.add_error("code", _("Ce code n’est pas le bon, ou il ne vaut plus. Vous pouvez en demander un autre."))
    context = {**_page(link, _("Le code reçu par courriel")), "form": form, "contact": contact}
    context["code_url"] = reverse("referral_link_code", args=[token])
    return render(request, "answering/code.html", context)


@open_to_all
@never_cache
@require_safe
@of_a_live_link
def referral(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    """Show the least the organisation needs to answer, and the two answers."""
    if not is_open(request, link):
        return redirect("referral_link", token_of(link))
    found, facts = _read(request, link)
    theme = Theme.objects.filter(code=found.shared.get("theme", "")).first()
    with held(request, link, _address(request)) as holder:
        answers = answers_shown(holder, found)
    shown = {"facts": facts, "theme": theme, "found": found, "answers": [(each, None) for each in answers]}
    context = {**_page(link, found.shared.get("name", "")), **shown}
    return render(request, "answering/referral.html", context)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_live_link
def accept(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    return _answer(request, link, "accept")


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_live_link
def decline(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    return _answer(request, link, "decline")


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_live_link
def review(request: HttpRequest, link: ReferralLink) -> HttpResponse:
    """Confirm or correct the answers the person has already given, before answering."""
    if not is_open(request, link):
        return redirect("referral_link", token_of(link))
    found, _facts = _read(request, link)
    with held(request, link, _address(request)) as holder:
        shown = answers_shown(holder, found)
    if not shown:
        return redirect("referral_link_open", token_of(link))
    form = ReviewForm(request.POST if request.method == "POST" else None, answers=shown, said={})
    if form.is_valid():
        with refusals_shown(request, form), held(request, link, _address(request)) as holder:
            review_answers(holder, found, form.reviewed())
        if form.is_valid():  # nothing was refused meanwhile
            messages.success(request, _("C’est noté. L’agente ou l’agent verra les corrections avec la personne."))
            return redirect("referral_link_open", token_of(link))
    context = {**_page(link, _("Ce que la personne a déjà répondu")), "form": form}
    return render(request, "answering/answers.html", context)


def _answer(request: HttpRequest, link: ReferralLink, name: str) -> HttpResponse:
    """Take one of the two answers: the same steps, forms and actions as the portal's."""
    if not is_open(request, link):
        return redirect("referral_link", token_of(link))
    step = BY_NAME[name]
    found, facts = _read(request, link)
    form = step.form(request.POST if request.method == "POST" else None, referral=found)
    if form.is_valid():
        with refusals_shown(request, form), held(request, link, _address(request)) as holder:
            step.act(holder, [form.answer()])
            note_answer(holder, link, address=_address(request))
        if form.is_valid():  # nothing was refused meanwhile
            forget(request)
            context = {"title": _("Merci : votre réponse est transmise"), "accepted": name == "accept", "facts": facts}
            return render(request, "answering/done.html", context)
    return render(request, "answering/answer.html", {**_page(link, str(step.title)), "step": step, "form": form})


def _read(request: HttpRequest, link: ReferralLink) -> tuple[Referral, list[tuple[str, str]]]:
    """Return the referral as its holder sees it; the read journal says so."""
    with held(request, link, _address(request)) as holder:
        found = referrals_visible_to(holder).select_related("service").get()
        read_referral(request, found)
    return found, facts_of(found)


def _page(link: ReferralLink, title: str) -> dict[str, object]:
    return {
        "title": title,
        "token": token_of(link),
        "service": link.referral.service,
        "organisation": link.referral.organisation,
        "sent_on": link.referral.sent_on,
        "answer_due": link.referral.answer_due,
    }


def _address(request: HttpRequest) -> str:
    return get_adapter(request).get_client_ip(request)
