"""A version as whoever fills it will see it, for a situation one chooses; nothing is kept."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.casework.enums import Priority
from arrimage.foundation.writing import write_language
from arrimage.questionnaires.definition import LANGUAGES, Definition, FactKind
from arrimage.questionnaires.forms import build_form
from arrimage.questionnaires.rules import needs_raised, total_score
from arrimage.web.access import allows
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.answers import mark_fields
from arrimage.web.staff.questionnaires.reading import page, version_for


class SituationForm(ShellForm):
    """What the file would say: the facts of the questionnaire, and the language to read it in."""

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields["langue"] = forms.ChoiceField(
            label=_("Langue"), required=False, choices=[(code, write_language(code)) for code in LANGUAGES]
        )
        for fact in definition.facts:
            self.fields[fact.key] = _fact_field(
                fact.kind, fact.meaning, [(v, fact.labels.get(v, v)) for v in fact.values]
            )

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data if self.is_valid() else {}
        return {fact.key: given.get(fact.key) for fact in self.definition.facts}

    def language(self) -> str:
        return str(self.cleaned_data.get("langue") or "fr") if self.is_valid() else "fr"


def _fact_field(kind: FactKind, label: str, values: list[tuple[str, str]]) -> forms.Field:
    if kind is FactKind.CHOICE:
        return forms.ChoiceField(label=label, required=False, choices=[("", _("Inconnu")), *values])
    if kind is FactKind.NUMBER:
        return forms.IntegerField(label=label, required=False)
    return forms.BooleanField(label=label, required=False)


@allows(Right.EDIT_QUESTIONNAIRES)
@require_http_methods(["GET", "POST"])
def try_out(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the form for a situation (in the address); « Voir les besoins » works them out without keeping anything."""
    found = version_for(uid)
    situation = SituationForm(request.GET or None, definition=found.content)
    facts, language = situation.facts(), situation.language()
    sent = request.POST if request.method == "POST" else None
    form = build_form(found.content, facts, language, data=sent, complete=True)
    mark_fields(form)
    context = page(found, _("Essayer le questionnaire"), situation=situation, form=form, language=language)
    if sent is not None:
        form.is_valid()
        raised = needs_raised(found.content, form.answers, facts)
        context["needs"] = [(need, Priority(need.priority).label) for need in raised]
        context["score"] = total_score(found.content, form.answers, facts)
        context["scored"] = any(question.scores for question in found.content.questions())
    return render(
        request, "staff/questionnaires/try.html", {**context, "sections": form.sections, "tried": sent is not None}
    )
