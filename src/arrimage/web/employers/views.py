"""The portal of an employer: its facts, what it asked, and a new request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.employers.actions import NewRequest, request_accompaniments
from arrimage.employers.models import Employer
from arrimage.employers.queries import accompaniments_of, employers_visible_to
from arrimage.employers.rules import call_before
from arrimage.foundation.writing import write_number, write_phone
from arrimage.web.access import allows, refusals_shown
from arrimage.web.employers.forms import AskForm
from arrimage.web.employers.story import story_of
from arrimage.web.requests import ActingRequest


@allows(Right.SEE_OWN_EMPLOYER)
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Show the employer what the directorate knows of it, and where its requests stand."""
    employer = _own(request.actor)
    stories = [story_of(one, with_notes=False) for one in accompaniments_of(request.actor, employer)]
    context = {
        "title": employer.name,
        "lead": f"NEQ {employer.neq}",
        "stories": [(story, call_before(story.accompaniment.requested_on)) for story in stories],
        "facts_pairs": [
            (_("Personne à joindre"), employer.contact_name),
            (_("Courriel"), employer.email),
            (_("Téléphone"), write_phone(employer.phone) if employer.phone else ""),
            (_("Secteur d’activité"), employer.sector),
            (
                _("Nombre d’employés"),
                "" if employer.employee_count is None else write_number(employer.employee_count),
            ),
            (_("Adresse"), ", ".join(filter(None, (employer.address, employer.place.name if employer.place else "")))),
        ],
    }
    return render(request, "employers/home.html", context)


@allows(Right.SEE_OWN_EMPLOYER)
@require_http_methods(["GET", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """Ask for an accompaniment."""
    employer = _own(request.actor)
    form = AskForm(request.POST or None)
    if form.is_valid():
        with refusals_shown(request, form):
            request_accompaniments(request.actor, [NewRequest(employer, **form.cleaned_data)])
            messages.success(request, _("Votre demande est envoyée. Une conseillère ou un conseiller vous appellera."))
            return redirect("employers:home")
    context = {
        "title": _("Demander un accompagnement"),
        "form": form,
        "trail": [(employer.name, reverse("employers:home"))],
    }
    return render(request, "employers/ask.html", context)


def _own(actor: Actor) -> Employer:
    return get_object_or_404(employers_visible_to(actor).select_related("place"))
