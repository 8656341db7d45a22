"""The rules of retention: shown, changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.foundation.writing import write_number
from arrimage.privacy.retention.actions import change_rules
from arrimage.privacy.retention.queries import rules_visible_to
from arrimage.web.access import allows, refusals_shown
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.privacy.retention.forms import RuleForm
from arrimage.web.staff.privacy.retention.reading import kind_label, since_label, tabs, trail
from arrimage.web.staff.privacy.retention.tables import RuleTable
from arrimage.web.staff.records import form_page


@allows(Right.MANAGE_PRIVACY, Right.APPROVE_DESTRUCTION)
@require_safe
def retention_rules(request: ActingRequest) -> HttpResponseBase:
    """List the rules: each kind of record, how long it is kept, what becomes of it."""
    manages = request.actor.may(Right.MANAGE_PRIVACY)
    return render_list(
        request,
        RuleTable,
        rules_visible_to(request.actor),
        title=_("Conservation des renseignements"),
        sentence=lambda n: (
            ngettext("%(n)s règle de conservation", "%(n)s règles de conservation", n) % {"n": write_number(n)}
        ),
        empty=Empty(_("Aucune règle n’est encore écrite.")),
        export_name="regles-de-conservation",
        template="staff/shared/list.html",
        context={
            "tabs": tabs("retention_rules"),
            "primary": (_("Préparer une destruction"), reverse("staff:retention_run_new")) if manages else None,
            "import_url": "",
        },
        table_kwargs={"manages": manages},
    )


@allows(Right.MANAGE_PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change one rule."""
    rule = get_object_or_404(rules_visible_to(request.actor), uid=uid)
    form = RuleForm(request.POST if request.method == "POST" else None, rule=rule)
    if form.is_valid():
        with refusals_shown(request, form):
            change_rules(request.actor, [form.change()])
            messages.success(
                request, _("La règle est enregistrée. Les destructions déjà préparées gardent l’ancienne.")
            )
            return redirect("staff:retention_rules")
    return form_page(
        request,
        form,
        title=kind_label(rule.kind),
        submit=_("Enregistrer la règle"),
        cancel_url=reverse("staff:retention_rules"),
        trail=trail(),
        facts=[(_("La durée commence avec"), since_label(rule.kind))],
    )
