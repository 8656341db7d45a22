"""What a proposal says, field by field: as it was, as it would be, as it is now when that moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from arrimage.directory import words
from arrimage.directory.models import CostOption, Proposal
from arrimage.directory.upkeep.proposals import has_changed_since, model_of, target_of
from arrimage.directory.upkeep.values import kept_values, revived


@dataclass(frozen=True)
class Line:
    """One field, or a whole part in a sentence. `now` is empty unless it is no longer as `before` says."""

    label: str
    before: str
    after: str
    now: str = ""


def title_of(proposal: Proposal) -> str:
    """Return « Retirer : coût », « Modifier : nom »."""
    operation = proposal.get_operation_display()
    return _("%(operation)s : %(what)s") % {"operation": operation, "what": ", ".join(_labels(proposal))}


def lines_of(proposal: Proposal) -> list[Line]:
    """Return what an advisor compares. One query or two."""
    target, model = target_of(proposal), model_of(proposal)
    moved = has_changed_since(proposal, target)
    now = kept_values(target, proposal.before) if target is not None and moved else {}
    if proposal.part_kind:
        gone = _("N’existe plus") if moved and target is None else ""
        before, after = _part(model, proposal.before), _part(model, proposal.after)
        return [Line(_labels(proposal)[0], before, after, _part(model, now) or gone)]
    return [
        Line(label, _written(proposal.before[name]), _written(after), _written(now.get(name)) if moved else "")
        for label, (name, after) in zip(_labels(proposal), _proposed(proposal).items(), strict=True)
    ]


def _labels(proposal: Proposal) -> list[str]:
    model = model_of(proposal)
    if proposal.part_kind:
        return [str(model._meta.verbose_name)]
    return [str(model._meta.get_field(name).verbose_name) for name in _proposed(proposal)]


def _proposed(proposal: Proposal) -> dict[str, Any]:
    """Return what would change of a record: fields proposed together may not all differ."""
    return {name: after for name, after in proposal.after.items() if after != proposal.before.get(name)}


def _part(model: type[Any], kept: Mapping[str, Any]) -> str:
    if not kept:
        return ""
    part = model(**revived(model, kept))
    if isinstance(part, CostOption):
        return words.cost(part)
    return " · ".join(filter(None, (words.rule(part), part.reason)))


def _written(value: Any) -> str:
    return "" if value is None else str(value)
