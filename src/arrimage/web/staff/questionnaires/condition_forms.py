"""The form of one test of a condition."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from arrimage.questionnaires.definition import Definition, Kind, Question
from arrimage.web.forms import ShellForm


class TestForm(ShellForm):
    """One test on an answer or a fact, with the operators and the values its kind allows.

    `subject` is `(about, key)`; `options` its values with their words.
    """

    __test__ = False  # not a test of pytest's

    def __init__(
        self, *args: Any, subject: tuple[str, str], kind: str, options: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.kind = subject, kind
        self.fields["operator"] = forms.ChoiceField(
            label=_("La réponse"), choices=_operators(kind), widget=forms.RadioSelect, initial=_operators(kind)[0][0]
        )
        if kind in (Kind.CHOICE, Kind.SEVERAL):
            self.fields["value"] = forms.MultipleChoiceField(
                label=_("Une de ces réponses"), choices=options, required=False, widget=forms.CheckboxSelectMultiple
            )
        elif kind in (Kind.NUMBER, Kind.LEVEL):
            self.fields["value"] = forms.IntegerField(label=_("Nombre"), required=False)
        elif kind == Kind.DATE:
            self.fields["value"] = forms.DateField(label=_("Jour"), required=False, widget=forms.DateInput())
            self.fields["value"].widget.input_type = "date"
        self.fields["negate"] = forms.BooleanField(label=_("Sauf dans ce cas"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("operator") in ("in", "equals", "at_least", "at_most") and given.get("value") in (None, [], ""):
            self.add_error("value", _("Dites avec quoi comparer."))
        return given

    def test(self) -> dict[str, Any]:
        """Return the test as the definition writes it."""
        given = self.cleaned_data
        about, key = self.subject
        operator = given["operator"]
        fixed: dict[str, tuple[str, Any]] = {
            "yes": ("equals", True),
            "no": ("equals", False),
            "answered": ("answered", True),
            "missing": ("answered", False),
        }
        name, value = fixed.get(operator, (operator, given.get("value")))
        if operator == "in" and self.kind == Kind.CHOICE and len(value) == 1:
            name, value = "equals", value[0]
        test = {about: key, name: value.isoformat() if hasattr(value, "isoformat") else value}
        return {"not": test} if given["negate"] else test


def _operators(kind: str) -> list[tuple[str, str]]:
    either = [("answered", _("a une réponse")), ("missing", _("n’a pas de réponse"))]
    match kind:
        case Kind.YES_NO:
            return [("yes", _("est oui")), ("no", _("est non")), *either]
        case Kind.CHOICE | Kind.SEVERAL:
            return [("in", _("est parmi celles cochées ci-dessous")), *either]
        case Kind.NUMBER | Kind.LEVEL:
            return [
                ("at_least", _("est au moins")),
                ("at_most", _("est au plus")),
                ("equals", _("est égale à")),
                *either,
            ]
        case Kind.DATE:
            return [("at_least", _("est ce jour ou après")), ("at_most", _("est ce jour ou avant")), *either]
        case _:
            return either


def form_of_test(definition: Definition, subject: str, data: Any = None) -> TestForm | None:
    """Return the form of a test on `question.KEY` or `fact.KEY`; None when there is no such thing."""
    about, _dot, key = subject.partition(".")
    if about == "fact":
        fact = next((each for each in definition.facts if each.key == key), None)
        if fact is None:
            return None
        options = [(value, fact.labels.get(value, value)) for value in fact.values]
        return TestForm(data, subject=(about, key), kind=fact.kind.value, options=options)
    question: Question | None = next((each for each in definition.questions() if each.key == key), None)
    if about != "question" or question is None:
        return None
    options = [(option.key, option.label.fr) for option in question.options]
    return TestForm(data, subject=(about, key), kind=question.kind.value, options=options)
