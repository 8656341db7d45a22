"""A file sent to another point of services or another region, and the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions.handovers import Move, hand_over
from arrimage.casework.actions.transfers import (
    accept_transfer,
    propose_transfer,
    refuse_transfer,
    see_answer,
    under_way,
    withdraw_transfer,
)
from arrimage.casework.agenda import household_files
from arrimage.casework.models import Transfer
from arrimage.casework.queries import files_visible_to
from arrimage.casework.team import transfers_visible_to
from arrimage.casework.transfer_enums import TransferStatus
from arrimage.foundation.writing import write_date, write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_transfers import RefuseForm, TransferForm
from arrimage.web.staff.casework.reading import address_of, file_for, page
from arrimage.web.staff.casework.tables_transfers import TransferTable


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def send(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Send a file, with its household: to a point of the region at once (a lead), to another region for its answer."""
    file = file_for(request, uid)
    around = household_files(file)[1:]
    household = list(
        files_visible_to(request.actor).filter(pk__in=[each.pk for each in around]).select_related("person")
    )
    leads = request.actor.may(Right.ASSIGN_FILES)
    form = TransferForm(request.POST or None, file=file, household=household, anywhere=leads)
    if form.is_valid():
        with refusals_shown(request, form):
            point = form.cleaned_data["to"]
            if point.region_id == file.region_id:
                moves = [Move(each, None, point) for each in form.chosen()]
                hand_over(request.actor, moves, form.cleaned_data["reason"][:240])
                messages.success(request, _("Le dossier est transféré à %(point)s.") % {"point": point})
                return redirect(address_of(file))
            made = propose_transfer(request.actor, form.chosen(), form.wanted())
            messages.success(request, _("Le transfert est proposé : le dossier reste chez vous jusqu’à la réponse."))
            return redirect("staff:transfer", uid=made.uid)
    referrals, appointments = under_way([file, *household])
    context = page(file, _("Transférer le dossier"), form=form, referrals=referrals, appointments=appointments)
    return render(request, "staff/casework/transfer_send.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def transfers(request: ActingRequest) -> HttpResponseBase:
    """List the transfers from and to the region."""
    return render_list(
        request,
        TransferTable,
        transfers_visible_to(request.actor).select_related("region", "to_region", "to_point"),
        title=_("Transferts"),
        sentence=lambda count: (
            ngettext("%(count)s transfert", "%(count)s transferts", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucun transfert : ils se proposent depuis un dossier.")),
    )


@allows(Right.ACCOMPANY)
@require_safe
def transfer(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a transfer and what may be done of it."""
    return _shown(request, _transfer(request, uid), RefuseForm())


@allows(Right.ASSIGN_FILES)
@require_POST
def accept(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _transfer(request, uid)
    target = reverse("staff:transfer", args=[uid])
    with refusals_shown(request):
        first, *_others = accept_transfer(request.actor, found)
        messages.success(request, _("Le transfert est accepté. Attribuez maintenant le dossier."))
        target = reverse("staff:file_assign", args=[first.uid])
    return redirect(target)


@allows(Right.ASSIGN_FILES)
@require_POST
def refuse(request: ActingRequest, uid: UUID) -> HttpResponse:
    found = _transfer(request, uid)
    form = RefuseForm(request.POST)
    if form.is_valid():
        with refusals_shown(request, form):
            refuse_transfer(request.actor, found, form.cleaned_data["answer"])
            messages.success(request, _("Le transfert est refusé : l’équipe qui l’a proposé en est avertie."))
            return redirect("staff:transfer", uid=uid)
    return _shown(request, found, form)


@allows(Right.ACCOMPANY)
@require_POST
def settle(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Withdraw a transfer that waits; say that one read a refusal."""
    found = _transfer(request, uid)
    with refusals_shown(request):
        if found.status == TransferStatus.REFUSED:
            see_answer(request.actor, found)
        else:
            withdraw_transfer(request.actor, found)
            messages.success(request, _("Le transfert est retiré."))
    return redirect("staff:transfer", uid=uid)


def _transfer(request: ActingRequest, uid: UUID) -> Transfer:
    related = ("region", "to_region", "to_point", "author", "answered_by")
    return get_object_or_404(transfers_visible_to(request.actor).select_related(*related), uid=uid)


def _files(request: ActingRequest, found: Transfer) -> list[tuple[str, str, str]]:
    """Return the number, the language and, of a file the actor may open, the address: the old one or the new one."""
    numbers = {row.file_id: each["number"] for row, each in zip(found.files.order_by("pk"), found.shown, strict=False)}
    rows = found.files.values_list("file_id", "new_file_id")
    numbers |= {new: numbers[old] for old, new in rows if new and old in numbers}
    seen = files_visible_to(request.actor).filter(pk__in=numbers)
    addresses = {numbers[file.pk]: address_of(file) for file in seen}
    return [(each["number"], each["language"], addresses.get(each["number"], "")) for each in found.shown]


def _facts(found: Transfer) -> list[tuple[str, str]]:
    proposed = " · ".join(filter(None, [write_date(found.proposed_on), str(found.author or "")]))
    answered = " · ".join(filter(None, [write_date(found.answered_on), str(found.answered_by or ""), found.answer]))
    return [
        (_("De"), str(found.region)),
        (_("Vers"), str(found.to_point)),
        (_("La personne"), found.get_ground_display()),
        (_("Proposé"), proposed),
        *([(_("Réponse"), answered)] if found.answered_on else []),
    ]


def _shown(request: ActingRequest, found: Transfer, form: RefuseForm) -> HttpResponse:
    actor, waits = request.actor, found.status == TransferStatus.PROPOSED
    ours = actor.covers_region(found.region_id)
    context = {
        "title": _("Transfert vers %(region)s") % {"region": found.to_region},
        "trail": [(_("Transferts"), reverse("staff:transfers"))],
        "transfer": found,
        "files": _files(request, found),
        "facts": _facts(found),
        "form": form,
        "answers": waits and actor.may(Right.ASSIGN_FILES) and actor.region_id == found.to_region_id,
        "withdraws": waits and ours,
        "reads": found.status == TransferStatus.REFUSED and found.seen_on is None and ours,
    }
    return render(request, "staff/casework/transfer.html", context)
