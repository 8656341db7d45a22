"""Files that change hands: proposals to balance, a choice of one's own, the way back."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.casework.actions.handovers import Move, hand_over, see_move, undo_handover
from arrimage.casework.balancing import WORTH_IT, Proposal, proposals
from arrimage.casework.enums import FileStatus
from arrimage.casework.models import File
from arrimage.casework.queries import files_listed_for
from arrimage.casework.team import handovers_visible_to, moves_to
from arrimage.foundation.errors import Conflict
from arrimage.foundation.writing import write_language, write_number
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.caseload.forms import ReassignForm
from arrimage.web.staff.casework.filters import agents_of


@allows(Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def balance(request: ActingRequest) -> HttpResponse:
    """Propose what would balance the load; apply what the lead picks, all in one go."""
    if request.method == "POST":
        target = "staff:balance"
        with refusals_shown(request):
            moves = [move for picked in request.POST.getlist("pick") for move in _picked(request, picked)]
            hand_over(request.actor, moves, _("Équilibrer la charge"))
            messages.success(request, _given(len(moves)))
            target = "staff:caseload"
        return redirect(target)
    context = {
        "title": _("Équilibrer la charge"),
        "trail": [(_("Charge"), reverse("staff:caseload"))],
        "proposals": [(each, _in_words(each), _key(each)) for each in proposals(request.actor)],
        "worth_it": int(WORTH_IT * 100),
    }
    return render(request, "staff/caseload/balance.html", context)


def _key(proposal: Proposal) -> str:
    return f"{proposal.giver.agent.uid}:{proposal.receiver.agent.uid}"


def _picked(request: ActingRequest, picked: str) -> list[Move]:
    """Return the moves of a proposal as it was read: `giver:receiver`, its files beside."""
    agents = {str(agent.uid): agent for agent in agents_of(request.actor)}
    giver, receiver = (agents.get(uid) for uid in (*picked.split(":"), "", "")[:2])
    uids = request.POST.getlist(f"files:{picked}")
    if giver is None or receiver is None or not uids:
        raise Conflict(_("Cette proposition n’est plus possible. Relisez celles qui suivent."))
    files = list(_files_of(request, giver).filter(uid__in=uids))
    if len(files) != len(set(uids)):
        raise Conflict(_("Des dossiers ont changé de mains entre-temps. Relisez les propositions."))
    return [Move(file, receiver) for file in files]


def _in_words(proposal: Proposal) -> str:
    """Return « 14 dossiers de A vers B : B parle espagnol (9 dossiers), a 30 % de charge en moins »."""
    count = len(proposal.files)
    reasons = [
        _("parle %(language)s (%(count)s)") % {"language": write_language(language).lower(), "count": _files(spoken)}
        for language, spoken in sorted(proposal.spoken.items(), key=lambda each: -each[1])
    ]
    reasons.append(_("a %(share)s %% de charge en moins") % {"share": proposal.lighter_by})
    return _("%(files)s de %(giver)s vers %(receiver)s : %(receiver)s %(reasons)s.") % {
        "files": _files(count),
        "giver": proposal.giver.agent.name,
        "receiver": proposal.receiver.agent.name,
        "reasons": ", ".join(reasons),
    }


def _files(count: int) -> str:
    return ngettext("%(count)s dossier", "%(count)s dossiers", count) % {"count": write_number(count)}


@allows(Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def reassign(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give files of one agent to another, for good."""
    giver = get_object_or_404(agents_of(request.actor), uid=uid)
    files = _files_of(request, giver).select_related("person").order_by("person__search_key", "pk")
    form = ReassignForm(request.POST or None, actor=request.actor, giver=giver, files=files)
    if form.is_valid():
        with refusals_shown(request, form):
            given = form.cleaned_data
            hand_over(request.actor, [Move(file, given["to"]) for file in given["chosen"]], given["reason"])
            messages.success(request, _given(len(given["chosen"])))
            return redirect("staff:caseload")
    context = {
        "title": _("Réattribuer les dossiers de %(name)s") % {"name": giver.name},
        "trail": [(_("Charge"), reverse("staff:caseload"))],
        "form": form,
        "submit": _("Réattribuer"),
        "cancel_url": reverse("staff:caseload"),
    }
    return render(request, "staff/shared/form.html", context)


def _files_of(request: ActingRequest, agent: User) -> QuerySet[File]:
    return files_listed_for(request.actor).filter(agent=agent, status=FileStatus.ACTIVE)


def _given(count: int) -> str:
    return ngettext(
        "%(count)s dossier change de mains. Vous pouvez annuler cette réattribution ci-dessous.",
        "%(count)s dossiers changent de mains. Vous pouvez annuler cette réattribution ci-dessous.",
        count,
    ) % {"count": write_number(count)}


@allows(Right.ASSIGN_FILES)
@require_POST
def undo(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give the files of a handover back."""
    handover = get_object_or_404(handovers_visible_to(request.actor), uid=uid)
    with refusals_shown(request):
        staying = undo_handover(request.actor, handover)
        messages.success(request, _("La réattribution est annulée : les dossiers sont revenus."))
        if staying:
            numbers = ", ".join(file.number for file in staying)
            messages.warning(request, _("Ceux-ci ont changé depuis et restent : %(numbers)s.") % {"numbers": numbers})
    return redirect("staff:caseload")


@allows(Right.ACCOMPANY)
@require_POST
def seen(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say that one knows of a file that came."""
    move = get_object_or_404(moves_to(request.actor).select_related("file"), uid=uid)
    see_move(request.actor, move)
    return redirect("staff:file", uid=move.file.uid)
