"""The form field of one question. Fields convert; whether an answer is right is for `cleaning` and `rules`."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from arrimage.questionnaires.definition import HIGHEST_LEVEL, Definition, Kind, Question

NEED_CELLS = ("label", "theme", "priority")
MOST_RADIOS = 8
LONG_TEXT = 200
YES_NO = {"yes": True, "no": False}

Choices = list[tuple[str, str]]


def shown_value(answer: Any) -> Any:
    """Return a stored answer as its widget shows it."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer


def field_for(question: Question, language: str) -> forms.Field:
    """Return the field of a question; its label and help are in `language`, which the caller has made active.

    No field is compulsory for Django: the rules say what is missing, since they know what shows.
    """
    field = _field(question, _options(question, language))
    field.required = False
    field.label = question.label.in_language(language)
    field.help_text = question.help.in_language(language) if question.help else ""
    if question.required and not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        field.widget.attrs["aria-required"] = "true"
    return field


def need_fields(definition: Definition, question: Question, index: int, language: str) -> dict[str, forms.Field]:
    """Return the three fields of one row of a list of needs."""
    number = {"number": index + 1}
    themes = [
        ("", _("Choisissez un thème")),
        *((each.code, each.label.in_language(language)) for each in definition.themes),
    ]
    priorities = [
        ("1", _("Urgent")),
        ("2", _("Bientôt")),
        ("3", _("Plus tard")),
    ]
    name = f"{question.key}-{index}"
    return {
        f"{name}-label": forms.CharField(
            label=_("Besoin %(number)d") % number, required=False, max_length=question.max_length
        ),
        f"{name}-theme": forms.ChoiceField(
            label=_("Thème du besoin %(number)d") % number, required=False, choices=themes
        ),
        f"{name}-priority": forms.TypedChoiceField(
            label=_("Priorité du besoin %(number)d") % number,
            required=False,
            choices=priorities,
            coerce=int,
            empty_value=None,
            initial="2",
        ),
    }


def _field(question: Question, options: Choices) -> forms.Field:
    match question.kind:
        case Kind.YES_NO:
            choices = [("yes", _("Oui")), ("no", _("Non")), *_silence(question)]
            return forms.TypedChoiceField(
                choices=choices, coerce=YES_NO.__getitem__, empty_value=None, widget=forms.RadioSelect
            )
        case Kind.CHOICE if len(options) <= MOST_RADIOS:
            return forms.ChoiceField(choices=[*options, *_silence(question)], widget=forms.RadioSelect)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[("", _("Choisissez")), *options])
        case Kind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        case Kind.LEVEL:
            return forms.TypedChoiceField(choices=_levels(), coerce=int, empty_value=None)
        case Kind.NUMBER:
            return forms.IntegerField(min_value=question.minimum, max_value=question.maximum)
        case Kind.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        case _:
            long = question.max_length > LONG_TEXT
            return forms.CharField(
                max_length=question.max_length,
                widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
            )


def _options(question: Question, language: str) -> Choices:
    return [(option.key, option.label.in_language(language)) for option in question.options]


def _silence(question: Question) -> Choices:
    """Return the choice by which one takes an answer back, or does not give it."""
    if question.required:
        return []
    return [("", _("Je préfère ne pas répondre") if question.sensitive else _("Sans réponse"))]


def _levels() -> Choices:
    stages = [_("débutant"), _("intermédiaire"), _("avancé")]
    width = HIGHEST_LEVEL // len(stages)
    levels = range(1, HIGHEST_LEVEL + 1)
    return [("", _("Pas encore évalué")), *((str(each), f"{each} ({stages[(each - 1) // width]})") for each in levels)]
