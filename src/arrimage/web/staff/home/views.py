"""The first page of each role of the staff."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.agreements.queries import needing_action as agreements_needing_action
from arrimage.casework.team import transfers_needing_action
from arrimage.directory.upkeep.proposals import needing_action as proposals_needing_action
from arrimage.employers.queries import needing_action as employers_needing_action
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.privacy.journal.queries import needing_action as accesses_needing_action
from arrimage.privacy.registers.todo import needing_action as privacy_needing_action
from arrimage.privacy.retention.todo import needing_action as destructions_needing_action
from arrimage.web.access import allows
from arrimage.web.menu import menu_of
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.home.casework import casework_groups
from arrimage.web.staff.home.direction import direction
from arrimage.web.staff.home.tasks import task_groups
from arrimage.web.staff.menu import EVERY_STAFF_RIGHT


@allows(*EVERY_STAFF_RIGHT)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Show what needs the person now, in the role they act in."""
    actor = request.actor
    context = {"title": _title(actor), "lead": write_date(clock.today(), "EEEE d MMMM y"), **_content(actor)}
    if not context["groups"] and "bilan" not in context:
        context["links"] = [link for link in menu_of(actor, request.path) if not link.active]
    return render(request, "staff/home/home.html", context)


def _title(actor: Actor) -> str:
    match actor.role:
        case Role.TEAM_LEAD:
            return _("À faire dans l’équipe")
        case Role.REGIONAL_DIRECTOR:
            return _("La région en ce moment")
        case _:
            return _("À faire")


def _content(actor: Actor) -> dict[str, Any]:
    if actor.role == Role.REGIONAL_DIRECTOR:
        return direction(actor)
    if actor.may(Right.ACCOMPANY):
        groups = [*task_groups(transfers_needing_action(actor)), *casework_groups(actor)]
        return {"groups": groups, "urgent_url": reverse("staff:urgent")}
    tasks = [
        *proposals_needing_action(actor),
        *agreements_needing_action(actor),
        *employers_needing_action(actor),
        *privacy_needing_action(actor),
        *destructions_needing_action(actor),
        *accesses_needing_action(actor),
    ]
    return {"groups": task_groups(tasks)}
