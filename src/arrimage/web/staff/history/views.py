"""The history of a record, as sentences; and putting a past value back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.restoring import Restoration
from arrimage.accounts.restoring import restore as restore_value
from arrimage.foundation.history import Change, Operation, changes_of
from arrimage.foundation.writing import write_date, write_number, write_time
from arrimage.privacy.journal.enums import What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.actors import actor_in_words
from arrimage.web.export import csv_response
from arrimage.web.journal import read
from arrimage.web.lists import build_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.history.filters import filter_for
from arrimage.web.staff.history.forms import RestoreForm
from arrimage.web.staff.history.kinds import KINDS, RIGHTS, Kind
from arrimage.web.staff.history.story import Story
from arrimage.web.staff.history.tables import ChangeTable, LineTable, lines_of
from arrimage.web.staff.history.words import Words, label_of

PRINT = "imprimer"


@allows(*sorted(RIGHTS))
@require_safe
def history(request: ActingRequest, kind: str, uid: UUID) -> HttpResponseBase:
    """Tell who changed what, when and why; whole for print (`?imprimer=1`), or as a file."""
    found, record = _found(request, kind, uid)
    printed, exported = PRINT in request.GET, request.GET.get("export") == "csv"
    _note(request, found, record, What.EXPORTED if exported else What.PRINTED if printed else None)
    return tell(request, Story(request.actor, found, record), _around(request, found, record))


def tell(request: ActingRequest, story: Story, around: dict[str, Any]) -> HttpResponseBase:
    """Answer with a story, as its address asks for it: a page of it, whole for print, or a file."""
    printed, exported = PRINT in request.GET, request.GET.get("export") == "csv"
    shown = build_list(
        request,
        ChangeTable,
        story.changes().order_by("-happened_at", "-pk"),
        filter_for(story),
        sentence=lambda count: (
            ngettext("%(count)s changement", "%(count)s changements", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Rien n’a encore changé depuis que l’historique est tenu.")),
        export_name="historique",
    )
    everything = shown.table.data.data
    if exported:
        return csv_response(LineTable(list(lines_of(story.moments(everything)))), "historique")
    rows = everything if printed else [row.record for row in shown.page.object_list]
    context = {
        **around,
        "title": _("Historique"),
        "list": shown,
        "moments": story.moments(rows),
        "printed": printed,
        "print_url": f"?{_with_print(request)}",
    }
    return render(request, "staff/history/history.html", context)


@allows(*sorted(RIGHTS))
@require_http_methods(["GET", "POST"])
def restore(request: ActingRequest, kind: str, uid: UUID, change: int, field: str) -> HttpResponse:
    """Show what a field is and would become again; put the past value back, with a reason."""
    found, record = _found(request, kind, uid)
    told = next((one for one in found.fields.values() if one.name == field), None)
    if told is None or found.restorable is None or not found.restored_by(request.actor, record, field):
        raise Http404
    past = get_object_or_404(
        changes_of(record).filter(operation=Operation.UPDATE, changed__has_key=told.column), pk=change
    )
    _note(request, found, record)
    changed: dict[str, list[Any]] = past.changed or {}
    kept = changed[str(told.column)][0]
    back = reverse("staff:history", args=[kind, uid])
    form = RestoreForm(request.POST or None, initial={"version": record.version})
    if form.is_valid():
        with refusals_shown(request, form):
            given = form.cleaned_data
            restore_value(
                request.actor, Restoration(record, field, kept, given["version"], given["reason"]), found.restorable
            )
            messages.success(request, _("La valeur est rétablie."))
            return redirect(back)
    if form.is_bound:  # refused: what somebody changed meanwhile is shown before it is confirmed again
        record.refresh_from_db()
        _read_again(form, record.version)
    now = _as_kept(record, told)
    words = Words(request.actor)
    words.gather([(told, kept), (told, now)])
    context = {
        **_around(request, found, record),
        "title": _("Rétablir une valeur"),
        "trail": [*_trail(request, found, record), (_("Historique"), back)],
        "form": form,
        "back": back,
        "label": label_of(told),
        "now": words.of(told, now),
        "becomes": words.of(told, kept),
        "past": _past(past),
    }
    return render(request, "staff/history/restore.html", context)


def _found(request: ActingRequest, slug: str, uid: UUID) -> tuple[Kind, Any]:
    """Return the kind and the record, or answer 404: unknown, hidden and absent are the same."""
    kind = KINDS.get(slug)
    if kind is None or not kind.rights:
        raise Http404
    return kind, get_object_or_404(kind.seen_by(request.actor), uid=uid)


def _note(request: ActingRequest, kind: Kind, record: Any, what: What | None = None) -> None:
    """Write in the read journal whose history was shown."""
    if kind.about is not None:
        read(request, kind.about(record), what, kind=kind.object_kind, uid=record.uid)


def _around(request: ActingRequest, kind: Kind, record: Any) -> dict[str, Any]:
    return {"lead": f"{label_of_kind(kind)} · {_name_of(kind, record)}", "trail": _trail(request, kind, record)}


def _name_of(kind: Kind, record: Any) -> str:
    name = kind.name(record)
    if kind.about is None:
        return name
    about = kind.about(record)
    person = str(getattr(about, "person", about))
    return name if person == name else f"{name} · {person}"


def label_of_kind(kind: Kind) -> str:
    return kind.label[:1].upper() + kind.label[1:]


def _trail(request: ActingRequest, kind: Kind, record: Any) -> list[tuple[str, str]]:
    page = kind.page(request.actor, record)
    return [(_name_of(kind, record), page)] if page else []


def _with_print(request: ActingRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query[PRINT] = "1"
    return query.urlencode()


def _as_kept(record: Any, told: Any) -> Any:
    """Return the value of today in the way the history keeps values: dates as text."""
    value = getattr(record, told.attname)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _past(change: Change) -> str:
    return _("Valeur d’avant le %(day)s à %(time)s, changée par %(name)s.") % {
        "day": write_date(change.happened_at),
        "time": write_time(change.happened_at),
        "name": actor_in_words(change.actor_id, change.actor_name),
    }


def _read_again(form: RestoreForm, version: int) -> None:
    """Let the form be sent again on the version now shown, the reason kept."""
    data = QueryDict(mutable=True)
    data.update({"reason": form.data.get("reason", ""), "version": str(version)})
    form.data = data
