"""Editing in place: a small form in the row it changes, « enregistré », and the change undone right there."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.web.access import allows, refusals_shown
from arrimage.web.conflicts import VersionedForm, as_typed, in_words, value_of
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.in_place import KINDS, InPlace
from arrimage.web.staff.casework.reading import address_of, page


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, kind: str, uid: UUID) -> HttpResponse:
    """Show the form of a record's fields; save what changed, field by field, and offer to undo it.

    An undoing is a change like another: it puts the former values back unless somebody changed them since.
    """
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Http404
    target = chosen.find(request, uid)
    form = chosen.form(request.POST or None, record=target.record)
    if form.is_valid() and (values := form.merged()) is not None:
        before = {name: value_of(target.record, name) for name in form.fields}
        with refusals_shown(request, form):
            chosen.write(request.actor, target, values)
            return _saved(request, chosen, uid, {name: before[name] for name in values if before[name] != values[name]})
    return _answer(request, "form", target.file, chosen, {"form": form})


def _saved(request: ActingRequest, chosen: InPlace, uid: UUID, changed: dict[str, object]) -> HttpResponse:
    """Show the record as it is now; `changed` are the former values of what this saving changed."""
    target = chosen.find(request, uid)
    form: VersionedForm = chosen.form(record=target.record)
    facts = [(bound.label, in_words(bound, value_of(target.record, bound.name))) for bound in form]
    context = {"facts": facts, "undo": as_typed(form, changed) if changed else [], "was_undone": "undo" in request.POST}
    return _answer(request, "saved", target.file, chosen, context)


def _answer(
    request: ActingRequest, part: str, file: object, chosen: InPlace, context: dict[str, object]
) -> HttpResponse:
    """Answer with the part alone to a script, within a page to everybody else."""
    shown = {
        **page(file, str(chosen.title)),  # type: ignore[arg-type]
        "part": f"staff/casework/in_place_{part}.html",
        "in_place": request.path if request.headers.get("HX-Request") else "",
        "submit": _("Enregistrer"),
        **context,
    }
    shown["cancel_url"] = f"{address_of(file)}#{chosen.anchor}"  # type: ignore[arg-type]
    name = shown["part"] if shown["in_place"] else "staff/casework/in_place.html"
    return render(request, name, shown)
