"""What a proposal says, field by field: as it was, as it would be, as it is now when that moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from arrimage.directory import words
from arrimage.directory.enums import Mode
from arrimage.directory.models import CostOption, Location, Proposal, Service
from arrimage.directory.upkeep.moderated import NEW_SERVICE_FIELDS
from arrimage.directory.upkeep.new_services import LOCATION, THEMES, location_of, themes_of
from arrimage.directory.upkeep.targets import has_changed_since, model_of, target_of
from arrimage.directory.upkeep.values import kept_values, revived
from arrimage.foundation.writing import write_language


@dataclass(frozen=True)
class Line:
    """One field, or a whole part in a sentence. `now` is empty unless it is no longer as `before` says."""

    label: str
    before: str
    after: str
    now: str = ""


def title_of(proposal: Proposal) -> str:
    """Return « Retirer : coût », « Modifier : nom », « Nouveau service »."""
    if proposal.is_new_service:
        return _("Nouveau service")
    operation = proposal.get_operation_display()
    return _("%(operation)s : %(what)s") % {"operation": operation, "what": ", ".join(_labels(proposal))}


def lines_of(proposal: Proposal) -> list[Line]:
    """Return what an advisor compares. Three queries at most."""
    if proposal.is_new_service:
        return _new_service(proposal)
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


def _new_service(proposal: Proposal) -> list[Line]:
    """Return what is said of a service that is proposed, field by field; not what is left empty."""
    location = location_of(proposal)
    written = {
        "languages": ", ".join(write_language(code) for code in proposal.after["languages"]),
        "modes": ", ".join(str(Mode(mode).label) for mode in proposal.after["modes"]),
        THEMES: ", ".join(theme.label for theme in themes_of(proposal)),
        LOCATION: str(location or (_("N’existe plus") if proposal.after[LOCATION] else "")),
    }
    labels = {name: _label(Service, name) for name in (*NEW_SERVICE_FIELDS, THEMES)}
    labels[LOCATION] = str(Location._meta.verbose_name)
    values = {name: written.get(name, _written(value)) for name, value in proposal.after.items()}
    return [Line(label, "", values[name]) for name, label in labels.items() if values[name]]


def _labels(proposal: Proposal) -> list[str]:
    model = model_of(proposal)
    if proposal.part_kind:
        return [str(model._meta.verbose_name)]
    return [_label(model, name) for name in _proposed(proposal)]


def _label(model: type[Any], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


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
