from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.attachments.content import ACCEPT_OFFICE, largest
from arrimage.casework.enums import DocumentKind
from arrimage.web.forms import ShellForm


class DocumentForm(ShellForm):
    """A document to add to a file. What the file is worth is judged by its content, by the action."""

    upload = forms.FileField(
        label=_("Fichier"), allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ACCEPT_OFFICE})
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=[("", _("Choisissez")), *DocumentKind.choices])
    title = forms.CharField(
        label=_("Titre"), max_length=150, required=False, help_text=_("Le nom du fichier, si vous ne dites rien.")
    )
    shared = forms.BooleanField(
        label=_("Montrer ce document à la personne"),
        required=False,
        help_text=_("Elle le trouve dans son espace, avec ce titre."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = gettext(
            "PDF, image JPEG ou PNG ; DOCX ou ODT si le document n’est pas partagé. %(limit)s au plus."
        ) % {"limit": largest(settings.ATTACHMENT_MAX_BYTES)}


class RemoveForm(ShellForm):
    reason = forms.CharField(
        label=_("Pourquoi le retirer ?"),
        max_length=300,
        help_text=_("Par exemple : déposé dans le mauvais dossier. Cette raison reste dans la liste."),
    )
