"""What an organisation says of a referral besides its steps: the answers it was given, a question, dates, a name."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.casework.actions.answers import Reviewed
from arrimage.casework.actions.dates import MOST_PROPOSED, ProposedDate
from arrimage.casework.enums import Verdict
from arrimage.casework.models import SharedAnswerReview
from arrimage.web.forms import ShellForm

SAID_OF_AN_ANSWER = (Verdict.CONFIRMED, Verdict.AMENDED, Verdict.ASKED_AGAIN)


@dataclass(frozen=True)
class AnswerRow:
    """One answer that was communicated, and the fields that speak of it."""

    key: str
    question: str
    answer: str
    verdict: BoundField
    more: tuple[BoundField, ...]


class ReviewForm(ShellForm):
    """What the organisation says of each answer communicated, and one question it had to ask besides."""

    added = forms.CharField(
        label=_("Question posée en plus"),
        max_length=400,
        required=False,
        help_text=_("Une question qui manquait : elle nous aide à mieux préparer les prochaines orientations."),
    )
    added_value = forms.CharField(label=_("Réponse de la personne"), max_length=1000, required=False)

    def __init__(
        self, *args: Any, answers: list[dict[str, str]], said: dict[str, SharedAnswerReview], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        for answer in answers:
            key, before = answer["key"], said.get(answer["key"])
            self.fields[f"verdict_{key}"] = forms.ChoiceField(
                label=answer["question"],
                choices=[(each.value, each.label) for each in SAID_OF_AN_ANSWER],
                widget=forms.RadioSelect,
                required=False,
                initial=before.verdict if before else None,
            )
            self.fields[f"value_{key}"] = forms.CharField(
                label=gettext("Réponse corrigée"),
                max_length=1000,
                required=False,
                initial=before.value if before else "",
            )
            self.fields[f"note_{key}"] = forms.CharField(
                label=gettext("Précisions"), max_length=1000, required=False, initial=before.note if before else ""
            )

    def rows(self) -> list[AnswerRow]:
        """Return the answers with their fields, in the order they were sent."""
        return [
            AnswerRow(
                key=(key := answer["key"]),
                question=answer["question"],
                answer=answer["answer"],
                verdict=self[f"verdict_{key}"],
                more=(self[f"value_{key}"], self[f"note_{key}"]),
            )
            for answer in self.answers
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for answer in self.answers:
            key = answer["key"]
            if said.get(f"verdict_{key}") == Verdict.AMENDED and not said.get(f"value_{key}", "").strip():
                self.add_error(f"value_{key}", gettext("Écrivez la réponse corrigée."))
        if said.get("added_value") and not said.get("added"):
            self.add_error("added", gettext("Écrivez la question que vous avez dû poser."))
        return said

    def reviewed(self) -> list[Reviewed]:
        """Return what is said, for the action: an answer nothing is said of is left out."""
        said, found = self.cleaned_data, []
        for answer in self.answers:
            key = answer["key"]
            if verdict := said[f"verdict_{key}"]:
                amended = verdict == Verdict.AMENDED
                value, note = (said[f"value_{key}"], said[f"note_{key}"]) if amended else ("", "")
                found.append(Reviewed(Verdict(verdict), key, value=value, note=note))
        if said["added"]:
            found.append(Reviewed(Verdict.ADDED, question=said["added"], value=said["added_value"]))
        return found


class MessageForm(ShellForm):
    text = forms.CharField(label=_("Votre message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class DatesForm(ShellForm):
    """Up to three dates, each with its hour and place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_PROPOSED + 1):
            label = gettext("Date %(n)s") % {"n": n}
            self.fields[f"day_{n}"] = forms.DateField(label=label, required=n == 1)
            self.fields[f"hour_{n}"] = forms.TimeField(label=gettext("Heure"), required=False)
        self.fields["place"] = forms.CharField(label=gettext("Lieu, à savoir"), max_length=300, required=False)

    def dates(self) -> list[ProposedDate]:
        said = self.cleaned_data
        return [
            ProposedDate(said[f"day_{n}"], said[f"hour_{n}"], said["place"])
            for n in range(1, MOST_PROPOSED + 1)
            if said[f"day_{n}"]
        ]


class HandForm(ShellForm):
    worker = forms.ModelChoiceField(
        label=_("Qui s’en occupe ?"), queryset=User.objects.none(), required=False, empty_label=_("Personne encore")
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]
