"""Writing the text of a bilan: words typed, figures inserted by their markers, a preview before it is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.foundation.changes import Change
from arrimage.reporting.actions import check_text, edit_texts, write_texts
from arrimage.reporting.bilan import Bilan, bilan_for
from arrimage.reporting.markers import markers
from arrimage.reporting.models import BilanText
from arrimage.reporting.queries import text_of
from arrimage.reporting.texts import WrittenText, write_text
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.bilan.forms import ScopeForm
from arrimage.web.staff.bilan.text_forms import ADD, LinkForm, SectionForm, TextForm, filled, part_forms

SECTIONS, LINKS, PREVIEW = "parties", "liens", "apercu"


@allows(Right.WRITE_BILAN)
@require_http_methods(["GET", "POST"])
def write(request: ActingRequest) -> HttpResponse:
    """Write the text of a period, or change it. When somebody changed it meanwhile, what they wrote is shown too."""
    scope = ScopeForm(request.actor, request.GET)
    back = f"{reverse('staff:bilan')}?{request.GET.urlencode()}"
    if not scope.is_valid():
        return redirect(back)
    bilan = bilan_for(request.actor, scope.region_code, scope.period.first, scope.period.last)
    kept = text_of(request.actor, bilan.region, bilan.period)
    text = kept or BilanText(region=bilan.region, first_on=bilan.period.first, last_on=bilan.period.last)
    data = request.POST if request.method == "POST" else None
    form = TextForm(data, instance=text)
    sections = part_forms(SectionForm, SECTIONS, text.sections, data)
    links = part_forms(LinkForm, LINKS, text.links, data)
    preview: WrittenText | None = None
    if all([form.is_valid(), sections.is_valid(), links.is_valid()]) and ADD not in request.POST:
        values = {**form.values(), "sections": filled(sections), "links": filled(links)}
        with refusals_shown(request, form):
            if PREVIEW in request.POST:
                preview = _preview(bilan, values)
            else:
                _save(request, kept, text, values, form.cleaned_data["version"])
                messages.success(request, _("Le texte est enregistré."))
                return redirect(back)
    context = {
        "title": _("Texte du bilan"),
        "lead": f"{bilan.region.name}, {bilan.period}",
        "trail": [(_("Bilan"), back)],
        "form": form,
        "parts": sections,
        "links": links,
        "preview": preview,
        "theirs": _theirs(request, form, bilan),
        "markers": [(marker.written, marker.label(), marker.write(bilan)) for marker in markers().values()],
        "back": back,
        "names": {"add": ADD, "sections": SECTIONS, "links": LINKS, "preview": PREVIEW},
        "draft": f"bilan-{bilan.region.code}-{bilan.period.first}-{bilan.period.last}",
    }
    return render(request, "staff/bilan/text.html", context)


def _save(
    request: ActingRequest, kept: BilanText | None, text: BilanText, values: dict[str, Any], version: int | None
) -> None:
    if kept is None:
        for name, value in values.items():
            setattr(text, name, value)
        write_texts(request.actor, [text])
    else:
        edit_texts(request.actor, [Change(kept, values, version=version or 0)])


def _preview(bilan: Bilan, values: dict[str, Any]) -> WrittenText:
    """Return the text as it would be read, nothing saved. Raises `InvalidInput` as saving it would."""
    text = BilanText(region=bilan.region, first_on=bilan.period.first, last_on=bilan.period.last, **values)
    check_text(text)
    return write_text(text, bilan)


def _theirs(request: ActingRequest, form: TextForm, bilan: Bilan) -> WrittenText | None:
    """Return what somebody else saved since this form was opened; saving again, having read it, writes over it."""
    current = text_of(request.actor, bilan.region, bilan.period) if form.is_bound else None
    if current is None or form.data.get("version") == str(current.version):
        return None
    data = request.POST.copy()
    data["version"] = str(current.version)
    form.data = data
    return write_text(current, bilan)
