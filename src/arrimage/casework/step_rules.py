"""Which step each need suggests, and why: data (`content/step_rules.json`), read once.

A rule speaks of the codes of the needs assessment; its title is in the languages of the platform, French first, with
the translations somebody read over under `reviewed`. `days` are working days, by priority (urgent, soon, later).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from arrimage.casework.enums import Priority, StepOwner
from arrimage.casework.models import Need
from arrimage.questionnaires.definition import Text
from arrimage.questionnaires.nodes import Node

USUAL = "usual"  # the code of what is proposed when no rule speaks of a need


@dataclass(frozen=True)
class StepRule:
    """A step for some needs: what, who, in how many working days by priority, why."""

    code: str
    needs: frozenset[str]
    title: Text
    owner: StepOwner
    days: tuple[int, int, int]
    why: Text


@dataclass(frozen=True)
class ProposedStep:
    """A step proposed for a need: what, who, within how many working days; by which rule, and why in French."""

    title: str
    owner: StepOwner
    working_days: int
    rule: str
    why: str


@cache
def _data() -> dict[str, Any]:
    text = (files("arrimage.casework") / "content" / "step_rules.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def step_rules() -> dict[str, StepRule]:
    """Return the rules, by code."""
    found = [
        StepRule(
            code=each["code"],
            needs=frozenset(each["needs"]),
            title=Node(each["title"], each["code"]).text(),
            owner=StepOwner(each["owner"]),
            days=tuple(each["days"]),
            why=Node(each["why"], each["code"]).text(),
        )
        for each in _data()["rules"]
    ]
    return {rule.code: rule for rule in found}


@cache
def _by_need() -> dict[str, StepRule]:
    return {need: rule for rule in step_rules().values() for need in rule.needs}


def propose_step(theme: str, label: str, priority: int, code: str = "") -> ProposedStep:
    """Return the step a need suggests: that of the rule about its code; else the need's own words, said as a thing to
    do, by whoever usually carries its theme. Sooner when it is pressing."""
    rule = _by_need().get(code)
    pressing = Priority(priority) - Priority.URGENT
    if rule is not None:
        return ProposedStep(rule.title.fr, rule.owner, rule.days[pressing], rule.code, str(rule.why))
    usual = _data()[USUAL]
    owner = StepOwner(usual["owners"].get(theme, StepOwner.PERSON))
    why = {
        StepOwner.PARTNER: _("Un organisme s’occupe d’habitude des besoins de ce thème."),
        StepOwner.AGENT: _("L’agente ou l’agent s’occupe d’habitude des besoins de ce thème."),
        StepOwner.PERSON: _("La personne peut faire cette démarche, avec l’aide de l’agente ou de l’agent."),
    }[owner]
    return ProposedStep(label, owner, usual["days"][pressing], USUAL, why)


def propose_for(need: Need) -> ProposedStep:
    return propose_step(need.theme.code, need.label, need.priority, need.code)


def title_of(rule: str, title: str) -> Text | None:
    """Return a step's title with its translations, while its words are still the rule's; None otherwise."""
    found = step_rules().get(rule)
    return found.title if found is not None and found.title.fr == title else None
