"""The load of each agent and point of service, how it is worked out, and an agent's week."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions.profiles import set_profile
from arrimage.casework.caseload import Load, brought_to_a_full_week, loads, weights
from arrimage.casework.enums import CaseFactor
from arrimage.casework.models import AgentProfile
from arrimage.casework.team import absences_shown_to, handovers_shown_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.caseload.forms import ProfileForm
from arrimage.web.staff.casework.filters import agents_of

# What makes a file weigh, in a word for the head of a column.
COLUMNS = {
    CaseFactor.FIRST_MONTHS: _lazy("Récents"),
    CaseFactor.URGENT_NEED: _lazy("Urgents"),
    CaseFactor.INTERPRETER: _lazy("Autre langue"),
    CaseFactor.HOUSEHOLD: _lazy("Ménage de 4 ou plus"),
}


@dataclass
class Office:
    """A point of service and its agents."""

    name: str
    loads: list[Load] = field(default_factory=list)

    @property
    def hours(self) -> Decimal:
        return sum((load.hours for load in self.loads), Decimal(0))

    @property
    def files(self) -> int:
        return sum(load.files for load in self.loads)

    @property
    def weighted(self) -> Decimal:
        return sum((load.weighted for load in self.loads), Decimal(0))

    @property
    def full_week(self) -> Decimal:
        return brought_to_a_full_week(self.weighted, self.hours)


@allows(Right.ACCOMPANY)
@require_safe
def caseload(request: ActingRequest) -> HttpResponse:
    """Show who has what in hand; to an agent, theirs alone."""
    actor = request.actor
    offices: dict[str, Office] = {}
    for load in loads(actor):
        name = load.point.name if load.point else _("Sans point de services")
        offices.setdefault(name, Office(name)).loads.append(load)
    known = weights()
    leads = actor.may(Right.ASSIGN_FILES)
    context = {
        "title": _("Charge de l’équipe") if leads else _("Ma charge"),
        "offices": [offices[name] for name in sorted(offices)],
        "weights": [(factor.label, known[factor]) for factor in CaseFactor if factor in known],
        "columns": COLUMNS.items(),
        "absences": absences_shown_to(actor),
        "handovers": handovers_shown_to(actor),
        "leads": leads,
    }
    return render(request, "staff/caseload/caseload.html", context)


@allows(Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def profile(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Write the week of an agent."""
    agent = get_object_or_404(agents_of(request.actor), uid=uid)
    known = AgentProfile.objects.filter(Q(region=request.actor.region_id), user=agent).first()
    form = ProfileForm(request.POST or None, profile=known or AgentProfile(languages=["fr"]))
    if form.is_valid():
        with refusals_shown(request, form):
            set_profile(request.actor, agent, form.cleaned_data["version"], form.week())
            messages.success(request, _("Le profil de %(name)s est enregistré.") % {"name": agent.name})
            return redirect("staff:caseload")
    context = {
        "title": _("Profil de %(name)s") % {"name": agent.name},
        "trail": [(_("Charge"), reverse("staff:caseload"))],
        "form": form,
        "cancel_url": reverse("staff:caseload"),
    }
    return render(request, "staff/shared/form.html", context)
