"""Writing the text of a bilan."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.foundation.changes import Change, apply_changes, copy_with
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.reporting.markers import unknown_in
from arrimage.reporting.models import BilanText
from arrimage.reporting.period import Period

_is_address = URLValidator(schemes=["https", "http"])


@action
def write_texts(actor: Actor, texts: Sequence[BilanText]) -> list[BilanText]:
    """Save new texts. Raises `Conflict` when one of these regions and periods has its text already, `InvalidInput`."""
    _require(actor, texts)
    for text in texts:
        check_text(text)
    try:
        with transaction.atomic():
            return BilanText.objects.bulk_create(texts)
    except IntegrityError as error:
        raise Conflict(_("Quelqu’un vient d’écrire le texte de cette période. Ouvrez-le pour le modifier.")) from error


@action
def edit_texts(actor: Actor, changes: Sequence[Change[BilanText]]) -> list[BilanText]:
    """Change texts and return those that became different. Their region and period never change.

    Raises `Conflict` when a text is no longer at the version that was read, `InvalidInput`.
    """
    _require(actor, [change.record for change in changes])
    for change in changes:
        if change.values.keys() & {"region", "first_on", "last_on"}:
            raise InvalidInput(_("Un texte garde sa région et sa période : écrivez-en un autre."))
        check_text(copy_with(change.record, change.values))
    return apply_changes(BilanText, changes)


def _require(actor: Actor, texts: Iterable[BilanText]) -> None:
    for region_id in {text.region_id for text in texts}:
        require(actor, Right.WRITE_BILAN, region_id=region_id)


def check_text(text: BilanText) -> None:
    """Raise `InvalidInput` for what would not read well: an unknown marker above all. A preview asks too."""
    Period(text.first_on, text.last_on)
    if not text.title.strip():
        raise InvalidInput(_("Donnez un titre à ce texte."), field="title")
    if text.quotation and not (text.quoted_name and text.quoted_title):
        raise InvalidInput(_("Dites qui est cité, et à quel titre."), field="quoted_name")
    for section in text.sections:
        if not section["text"].strip() or (not section["heading"].strip() and section is not text.sections[0]):
            raise InvalidInput(
                _("Donnez à chaque partie un intertitre et un texte ; la première peut n’avoir qu’un texte.")
            )
    _check_markers("quotation", [text.quotation])
    _check_markers(None, [text.title, *(part for section in text.sections for part in section.values())])
    for link in text.links:
        _check_link(link["label"], link["address"])


def _check_markers(field: str | None, texts: Iterable[str]) -> None:
    unknown = unknown_in(texts)
    if unknown:
        message = _("%(markers)s ne désigne aucun chiffre. Choisissez un repère de la liste, ou retirez les accolades.")
        raise InvalidInput(message % {"markers": ", ".join(unknown)}, field=field)


def _check_link(label: str, address: str) -> None:
    try:
        _is_address(address)
    except ValidationError:
        message = _("« %(address)s » n’est pas une adresse du Web : elle commence par https://.")
        raise InvalidInput(message % {"address": address}) from None
    if not label.strip():
        raise InvalidInput(_("Dites où mène le lien %(address)s.") % {"address": address})
