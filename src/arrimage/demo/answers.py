"""Plausible answers to the needs assessment: most things are well, a few are not."""

from collections.abc import Iterator
from random import Random
from typing import Any

from arrimage.questionnaires.models import QuestionnaireVersion

A_NEED = 0.1


class Respondent:
    """Answers every question of a version; the rules drop the answers to questions a person would not be asked.

    `need` is the chance (0 to 1) that a question finds one.
    """

    def __init__(self, version: QuestionnaireVersion, need: float = A_NEED) -> None:
        self.need = need
        self.questions = [question for section in version.definition["sections"] for question in section["questions"]]
        self.needy = {question["key"]: set(_values(question.get("raises", []))) for question in self.questions}

    def answers(self, random: Random) -> dict[str, Any]:
        """Return one person's answers, always with at least one need: everybody wants to know the country."""
        answers: dict[str, Any] = {}
        for question in self.questions:
            key, kind = question["key"], question["kind"]
            needs = self.needy[key]
            options = [option["key"] for option in question.get("options", [])]
            in_need = random.random() < self.need
            if kind == "choice":
                preferred = [option for option in options if (option in needs) == in_need]
                answers[key] = random.choice(preferred or options)
            elif kind == "yes_no":
                answers[key] = in_need if True in needs else not (in_need and False in needs)
            elif kind == "several" and in_need:
                answers[key] = random.sample(options, 1)
            elif kind == "level":
                answers[key] = random.randrange(1, 9)
        answers["objectif_integration"] = "wanted"
        return answers


def _values(node: Any) -> Iterator[Any]:
    """Yield every value a question's own rules compare its answer with."""
    if isinstance(node, list):
        for each in node:
            yield from _values(each)
    elif isinstance(node, dict) and not {"question", "fact"} & node.keys():
        for key, value in node.items():
            if key == "equals":
                yield value
            elif key == "in":
                yield from value
            elif key in ("when", "all", "any", "not"):
                yield from _values(value)
