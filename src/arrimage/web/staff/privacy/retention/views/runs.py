"""Destructions: prepared by one, approved by another, carried out by the owner of the database; their certificates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_date, write_number
from arrimage.privacy.retention.actions import approve_run, cancel_run, may_approve, prepare_run
from arrimage.privacy.retention.enums import Ending, RunStatus
from arrimage.privacy.retention.models import RetentionRun
from arrimage.privacy.retention.queries import certificates_visible_to, due_visible_to, runs_visible_to
from arrimage.privacy.retention.rules import CertificateLine
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.retention.forms import ApproveForm, CancelForm, PrepareForm
from arrimage.web.staff.privacy.retention.reading import (
    duration_in_words,
    figures_of,
    moments_of,
    nothing_due,
    region_in_words,
    statistics_of,
    tabs,
    trail,
)
from arrimage.web.staff.privacy.retention.tables import RUN_TONES, DueFilter, DueTable, RunTable
from arrimage.web.staff.records import form_page

SEES = (Right.MANAGE_PRIVACY, Right.APPROVE_DESTRUCTION)


@allows(*SEES)
@require_safe
def retention_runs(request: ActingRequest) -> HttpResponseBase:
    """List the destructions, the last first."""
    manages = request.actor.may(Right.MANAGE_PRIVACY)
    new = reverse("staff:retention_run_new")
    return render_list(
        request,
        RunTable,
        runs_visible_to(request.actor).select_related("region", "prepared_by", "approved_by"),
        title=_("Destructions"),
        sentence=lambda n: ngettext("%(n)s destruction", "%(n)s destructions", n) % {"n": write_number(n)},
        empty=Empty(
            _("Aucune destruction n’a encore été préparée."),
            *((_("Préparer une destruction"), new) if manages else ()),
        ),
        export_name="destructions",
        template="staff/shared/list.html",
        context={
            "tabs": tabs("retention_runs"),
            "primary": (_("Préparer une destruction"), new) if manages else None,
            "import_url": "",
            "trail": trail(),
        },
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: ActingRequest) -> HttpResponse:
    """Compute what is at the end of its time in a region, and list it; nothing is destroyed."""
    form = PrepareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            run = prepare_run(request.actor, form.cleaned_data["region"])
            messages.success(request, _("La liste est établie. Rien n’est détruit tant qu’elle n’est pas approuvée."))
            return redirect("staff:retention_run", run.uid)
    return form_page(
        request,
        form,
        title=_("Préparer une destruction"),
        lead=_("Le calcul dit exactement ce qui est au terme de sa durée. Rien n’est détruit à cette étape."),
        submit=_("Établir la liste"),
        cancel_url=reverse("staff:retention_runs"),
        trail=trail((_("Destructions"), reverse("staff:retention_runs"))),
    )


@allows(*SEES)
@require_safe
def retention_run(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a destruction: its figures, where it stands, what may be done."""
    run = _run(request, uid)
    open_still = run.status in (RunStatus.PREPARED, RunStatus.APPROVED)
    approves = may_approve(request.actor, run)
    context = {
        "title": _("Destruction du %(day)s") % {"day": write_date(run.as_of)},
        "lead": region_in_words(run),
        "trail": trail((_("Destructions"), reverse("staff:retention_runs"))),
        "run": run,
        "tone": RUN_TONES[RunStatus(run.status)],
        "figures": figures_of(run),
        "nothing_due": nothing_due(run),
        "moments": moments_of(run),
        "statistics": statistics_of(run),
        "approves": approves and run.status == RunStatus.PREPARED,
        "cancels": open_still and (approves or request.actor.may(Right.MANAGE_PRIVACY)),
        "waits_for_the_owner": run.status == RunStatus.APPROVED,
        "is_executed": run.status == RunStatus.EXECUTED,
        "is_listed": run.status not in (RunStatus.CANCELLED, RunStatus.EXECUTED),
        "left": due_visible_to(request.actor).filter(run=run, state="left").count() if run.status == "executed" else 0,
        "facts_pairs": [
            (_("Préparée par"), run.prepared_by.name),
            (_("Approuvée par"), run.approved_by.name if run.approved_by else _("Personne encore")),
            (_("Enregistrements"), write_number(run.total)),
            (_("Empreinte de la liste"), run.digest[:16]),
        ],
    }
    return render(request, "staff/privacy/retention/run.html", context)


@allows(*SEES)
@require_safe
def due(request: ActingRequest, uid: UUID) -> HttpResponseBase:
    """List the records of a destruction, without a name."""
    run = _run(request, uid)
    return render_list(
        request,
        DueTable,
        due_visible_to(request.actor).filter(run=run),
        DueFilter,
        title=_("Liste de la destruction"),
        sentence=lambda n: (
            ngettext("%(n)s enregistrement au terme de sa durée", "%(n)s enregistrements au terme de leur durée", n)
            % {"n": write_number(n)}
        ),
        empty=Empty(_("La liste est vide : ce qui y figurait est détruit.")),
        export_name="a-detruire",
        context={
            "lead": region_in_words(run),
            "trail": trail(
                (_("Destructions"), reverse("staff:retention_runs")),
                (write_date(run.as_of), reverse("staff:retention_run", args=[run.uid])),
            ),
        },
    )


@allows(Right.APPROVE_DESTRUCTION)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Approve the list as it is; the page does not exist for who may not approve this one."""
    run = _run(request, uid)
    if not may_approve(request.actor, run):
        raise Http404
    page = reverse("staff:retention_run", args=[uid])
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            approve_run(request.actor, run)
            messages.success(request, _("La destruction est approuvée. L’administration de la base peut l’exécuter."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("Approuver la destruction"),
        lead=region_in_words(run),
        submit=_("Approuver la destruction"),
        cancel_url=page,
        trail=trail((_("Destructions"), reverse("staff:retention_runs")), (write_date(run.as_of), page)),
        facts=[(figure.label, write_number(figure.count)) for figure in figures_of(run) if figure.count],
        danger=True,
    )


@allows(*SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a destruction up, and say why."""
    run = _run(request, uid)
    page = reverse("staff:retention_run", args=[uid])
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_shown(request, form):
            cancel_run(request.actor, run, note=form.cleaned_data["note"])
            messages.success(request, _("La destruction est abandonnée ; la liste est effacée."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("Abandonner la destruction"),
        submit=_("Abandonner la destruction"),
        cancel_url=page,
        trail=trail((_("Destructions"), reverse("staff:retention_runs")), (write_date(run.as_of), page)),
        danger=True,
    )


@allows(*SEES)
@require_safe
def certificate(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the certificate of a destruction, to be printed and kept."""
    found = get_object_or_404(certificates_visible_to(request.actor).select_related("region", "run"), run__uid=uid)
    lines = [CertificateLine.from_json(line) for line in found.lines]
    context = {
        "title": _("Attestation de destruction %(number)s") % {"number": found.number},
        "lead": region_in_words(found.run),
        "trail": trail(
            (_("Destructions"), reverse("staff:retention_runs")),
            (write_date(found.run.as_of), reverse("staff:retention_run", args=[uid])),
        ),
        "certificate": found,
        "lines": [(line, duration_in_words(line.months), Ending(line.ending).label) for line in lines],
    }
    return render(request, "staff/privacy/retention/certificate.html", context)


def _run(request: ActingRequest, uid: UUID) -> RetentionRun:
    runs = runs_visible_to(request.actor).select_related("region", "prepared_by", "approved_by")
    return get_object_or_404(runs, uid=uid)
