"""The forms of a draft: a question, a section, a need."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unidecode import unidecode

from arrimage.casework.enums import Priority
from arrimage.foundation.writing import write_language
from arrimage.questionnaires.definition import DEFAULT_TEXT_LENGTH, LANGUAGES, Definition, Kind
from arrimage.questionnaires.editing import text_json
from arrimage.questionnaires.words import KIND_LABELS
from arrimage.web.forms import Fieldset, Group, ShellForm, form_groups

EMPTY_ROWS = 3
LONGEST_KEY = 40
OTHERS = LANGUAGES[1:]


def new_key(label: str, taken: Collection[str]) -> str:
    """Return a key made of a label's first words, that nothing has or had: answers are kept under it for ever."""
    words = re.sub(r"[^a-z0-9]+", "_", unidecode(label).lower()).strip("_")[:LONGEST_KEY].strip("_")
    base = words if words[:1].isalpha() else f"q_{words}".rstrip("_")
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


class InLanguages(ShellForm):
    """A form with texts in the languages of the platform, French first."""

    def add_text(self, name: str, label: str, text: Mapping[str, Any] | None, *, required: bool, longest: int) -> None:
        """Add the fields of one text, with what it says already."""
        for language in LANGUAGES:
            short = {"ar": {"dir": "rtl", "lang": "ar"}}.get(language, {"lang": language})
            self.fields[f"{name}-{language}"] = forms.CharField(
                label=label if language == "fr" else f"{label} ({write_language(language)})",
                required=required and language == "fr",
                max_length=longest,
                initial=(text or {}).get(language, ""),
                widget=forms.Textarea(attrs={"rows": 2, **short}) if longest > 240 else forms.TextInput(attrs=short),
            )

    def text(self, name: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
        return text_json({each: self.cleaned_data.get(f"{name}-{each}") or "" for each in LANGUAGES}, before)


class QuestionForm(InLanguages):
    """One question; `before` is it as it is in the draft, `taken` every key that is or was in use."""

    section = forms.ChoiceField(label=gettext_lazy("Section"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Genre de réponse"), choices=[(kind.value, words) for kind, words in KIND_LABELS.items()]
    )
    required = forms.BooleanField(label=gettext_lazy("Il faut y répondre"), required=False)
    sensitive = forms.BooleanField(
        label=gettext_lazy("Question délicate : on peut préférer ne pas répondre"), required=False
    )
    minimum = forms.IntegerField(label=gettext_lazy("Nombre : au moins"), required=False)
    maximum = forms.IntegerField(label=gettext_lazy("Nombre : au plus"), required=False)
    max_length = forms.IntegerField(
        label=gettext_lazy("Texte : caractères au plus"), required=False, min_value=1, max_value=DEFAULT_TEXT_LENGTH * 5
    )

    def __init__(
        self, *args: Any, definition: Definition, before: dict[str, Any], taken: Collection[str], **kwargs: Any
    ) -> None:
        initial = {name: before[name] for name in before.keys() & self.base_fields.keys()}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.before, self.taken = before, taken
        sections = [(section.key, section.title.fr) for section in definition.sections]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.add_text("label", _("Question"), before.get("label"), required=True, longest=300)
        self.add_text("help", _("Aide"), before.get("help"), required=False, longest=500)
        self.options = [*before.get("options", []), *({} for _each in range(EMPTY_ROWS))]
        points = before.get("scores", {})
        for index, option in enumerate(self.options):
            words = _("Choix %(number)d") % {"number": index + 1}
            self.add_text(f"option-{index}", words, option.get("label"), required=False, longest=200)
            self._add_points(f"option-{index}-points", words, points.get(option.get("key")))
        for answer, words in (("yes", _("Oui")), ("no", _("Non"))):
            self._add_points(f"{answer}-points", words, points.get(answer))

    def _add_points(self, name: str, of: str, points: int | None) -> None:
        self.fields[name] = forms.IntegerField(
            label=_("Points, %(answer)s") % {"answer": of}, required=False, initial=points
        )

    def groups(self) -> list[Group]:
        """Return the parts of the form, which depend on how many choices the question has."""
        return form_groups(self, self._parts())

    def _parts(self) -> tuple[Fieldset, ...]:
        french = ("label-fr", "help-fr", "section", "kind", "required", "sensitive")
        others = tuple(f"{name}-{language}" for language in OTHERS for name in ("label", "help"))
        choices = [
            Fieldset(
                _("Choix %(number)d") % {"number": index + 1},
                (*(f"option-{index}-{language}" for language in LANGUAGES), f"option-{index}-points"),
                help=_("Videz le français pour retirer ce choix.") if self.options[index] else "",
            )
            for index in range(len(self.options))
        ]
        return (
            Fieldset(_("La question"), french),
            Fieldset(_("Dans les autres langues"), others),
            *choices,
            Fieldset(
                _("Limites et points"),
                ("minimum", "maximum", "max_length", "yes-points", "no-points"),
                help=_("Selon le genre de réponse ; les points, s’il en faut un total."),
            ),
        )

    def question(self) -> dict[str, Any]:
        """Return the question as the definition writes it; its condition and its needs are edited apart."""
        given = self.cleaned_data
        kept = {name: self.before[name] for name in ("show_if", "raises") if name in self.before}
        question: dict[str, Any] = {
            "key": self.before.get("key") or new_key(given["label-fr"], self.taken),
            "kind": given["kind"],
            "label": self.text("label", self.before.get("label")),
        }
        if given["help-fr"]:
            question["help"] = self.text("help", self.before.get("help"))
        scores: dict[str, int] = {}
        if given["kind"] in (Kind.CHOICE, Kind.SEVERAL):
            question["options"] = self._options(scores)
        elif given["kind"] == Kind.YES_NO:
            scores = {each: given[f"{each}-points"] for each in ("yes", "no") if given[f"{each}-points"] is not None}
        elif given["kind"] == self.before.get("kind"):
            scores = self.before.get("scores", {})  # of a level: twelve figures, kept as they came
        limits = {Kind.NUMBER: ("minimum", "maximum"), Kind.TEXT: ("max_length",), Kind.NEEDS: ("max_length",)}
        question |= {name: given[name] for name in limits.get(Kind(given["kind"]), ()) if given[name] is not None}
        question |= {name: True for name in ("required", "sensitive") if given[name]}
        return question | kept | ({"scores": scores} if scores else {})

    def _options(self, scores: dict[str, int]) -> list[dict[str, Any]]:
        """Return the choices that have a French label, in order; their points go in `scores`."""
        options: list[dict[str, Any]] = []
        taken = {option["key"] for option in self.options if option}
        for index, before in enumerate(self.options):
            label = self.text(f"option-{index}", before.get("label"))
            if "fr" not in label:
                continue
            key = before.get("key") or new_key(label["fr"], taken)
            taken.add(key)
            options.append({"key": key, "label": label})
            points = self.cleaned_data[f"option-{index}-points"]
            if points is not None:
                scores[key] = points
        return options


class SectionForm(InLanguages):
    """One section, and its theme where its needs have one."""

    theme = forms.ChoiceField(label=gettext_lazy("Thème des besoins"), required=False)

    def __init__(self, *args: Any, definition: Definition, before: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={"theme": before.get("theme", "")}, **kwargs)
        self.before = before
        themes = [(theme.code, theme.label.fr) for theme in definition.themes]
        self.fields["theme"].choices = [("", _("Aucun en particulier")), *themes]  # type: ignore[attr-defined]
        self.add_text("title", _("Titre"), before.get("title"), required=True, longest=120)
        self.add_text("intro", _("Introduction"), before.get("intro"), required=False, longest=500)

    def section(self, key: str) -> dict[str, Any]:
        given = self.cleaned_data
        changed = {**self.before, "key": key, "title": self.text("title", self.before.get("title"))}
        for name in ("theme", "intro"):
            changed.pop(name, None)
        if given["theme"]:
            changed["theme"] = given["theme"]
        if given["intro-fr"]:
            changed["intro"] = self.text("intro", self.before.get("intro"))
        return changed


class NeedRuleForm(InLanguages):
    """A need a question raises; rules of one code are one need, whose most pressing rule wins."""

    theme = forms.ChoiceField(label=gettext_lazy("Thème"))
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priorité"), choices=Priority.choices, coerce=int, initial=Priority.SOON
    )
    code = forms.ChoiceField(
        label=gettext_lazy("Est-ce un besoin que d’autres réponses soulèvent aussi ?"),
        required=False,
        help_text=gettext_lazy("Plusieurs règles du même besoin n’en font qu’un : la plus pressante l’emporte."),
    )

    def __init__(self, *args: Any, definition: Definition, before: dict[str, Any], theme: str, **kwargs: Any) -> None:
        initial: dict[str, Any] = {key: before[key] for key in ("priority", "code") if key in before}
        initial["theme"] = before.get("theme", theme)
        super().__init__(*args, initial=initial, **kwargs)
        self.before = before
        self.add_text("label", _("Le besoin"), before.get("label"), required=True, longest=240)
        self.fields["theme"].choices = [(each.code, each.label.fr) for each in definition.themes]  # type: ignore[attr-defined]
        codes = {rule.code: rule.label.fr for question in definition.questions() for rule in question.raises}
        self.known = set(codes)
        self.fields["code"].choices = [("", _("Non, c’est un besoin à part")), *codes.items()]  # type: ignore[attr-defined]
        self.order_fields(["label-fr", "theme", "priority", "code"])

    def rule(self, when: Any) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "code": given["code"] or new_key(given["label-fr"], self.known),
            "when": when,
            "theme": given["theme"],
            "priority": given["priority"],
            "label": self.text("label", self.before.get("label")),
        }
