"""The first page of each role of the staff."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import STAFF_ROLES, Right, Role
from arrimage.accounts.rights import ROLE_RIGHTS
from arrimage.foundation import clock
from arrimage.foundation.writing import write_date
from arrimage.web.access import allows
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.home.casework import casework_groups

EVERY_STAFF_RIGHT = tuple({right for role in STAFF_ROLES for right in ROLE_RIGHTS[role]})


@allows(*EVERY_STAFF_RIGHT)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Show what needs the person now, in the role they act in."""
    actor = request.actor
    context = {
        "title": _("À faire dans l’équipe") if actor.role == Role.TEAM_LEAD else _("À faire"),
        "lead": write_date(clock.today(), "EEEE d MMMM y"),
        "groups": casework_groups(actor) if actor.may(Right.ACCOMPANY) else [],
    }
    return render(request, "staff/home/home.html", context)
