"""A person's documents: those they gave, those that were shared with them; giving one, from a phone."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.attachments.content import ACCEPT, largest
from arrimage.casework.actions import add_document
from arrimage.casework.actions.documents import NewDocument
from arrimage.casework.enums import DocumentKind, FileStatus
from arrimage.casework.models import File
from arrimage.casework.queries import documents_visible_to, files_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.documents import shown_document
from arrimage.web.forms import ShellForm
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest

KINDS = [
    (DocumentKind.IDENTITY.value, _("Pièce d’identité, passeport")),
    (DocumentKind.IMMIGRATION.value, _("Papier d’immigration")),
    (DocumentKind.DIPLOMA.value, _("Diplôme ou notes")),
    (DocumentKind.WORK.value, _("Travail : CV, contrat, lettre")),
    (DocumentKind.HOUSING.value, _("Logement : bail, avis")),
    (DocumentKind.HEALTH.value, _("Santé")),
    (DocumentKind.LETTER.value, _("Lettre ou formulaire reçu")),
    (DocumentKind.OTHER.value, _("Autre document")),
]


class GiveForm(ShellForm):
    """A document to give, and what it is."""

    upload = forms.FileField(
        label=_("Choisir un fichier ou prendre une photo"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    kind = forms.ChoiceField(label=_("Qu’est-ce que c’est ?"), choices=[("", _("Choisissez")), *KINDS])
    title = forms.CharField(label=_("Un titre, en quelques mots"), max_length=150, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = gettext("Un PDF, ou une image JPEG ou PNG. %(limit)s au plus.") % {
            "limit": largest(settings.ATTACHMENT_MAX_BYTES)
        }


@allows(Right.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: ActingRequest) -> HttpResponse:
    """Show the person's documents, and take a new one while a file of theirs is open."""
    file = files_visible_to(request.actor).order_by("-opened_on", "-pk").filter(status=FileStatus.ACTIVE).first()
    form = GiveForm(request.POST, request.FILES) if request.method == "POST" else GiveForm()
    if file is not None and form.is_bound and form.is_valid():
        with refusals_shown(request, form):
            document = add_document(request.actor, NewDocument(file=file, **form.cleaned_data))
            messages.success(
                request,
                gettext("« %(title)s » est envoyé. Votre agente ou agent peut le lire.") % {"title": document.title},
            )
            return redirect("newcomers:documents")
    _write_down(request, file)
    rows = documents_visible_to(request.actor).select_related("attachment", "author")
    shown = [shown_document(row) for row in rows]
    kinds = {value: str(label) for value, label in KINDS}
    context = {
        "title": gettext("Mes documents"),
        "given": [(one, kinds[one.document.kind]) for one in shown if one.document.from_person],
        "received": [(one, kinds[one.document.kind]) for one in shown if not one.document.from_person],
        "form": form,
        "can_give": file is not None,
    }
    return render(request, "newcomers/documents.html", context)


def _write_down(request: ActingRequest, file: File | None) -> None:
    if file is not None:
        read(request, file, kind=ObjectKind.DOCUMENT)
