"""The bilan and its evidence for machines; shapes are fixed (`arrimage bilan --format json`)."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from arrimage.reporting.bilan import Bilan
from arrimage.reporting.evidence import Evidence
from arrimage.reporting.indicators import Figure


def to_json(bilan: Bilan) -> str:
    """Return `{"region", "from", "to", "generated_at", "indicators": […]}`."""
    return _dumps(
        {
            "region": bilan.region.code,
            "from": bilan.period.first,
            "to": bilan.period.last,
            "generated_at": timezone.localtime(bilan.generated_at).isoformat(timespec="seconds"),
            "indicators": [figure_as_data(figure) for figure in bilan.figures],
        }
    )


def evidence_to_json(evidence: Evidence) -> str:
    """Return `{"code", "value", "records": [{"kind", "uid", "label", "date"}]}`."""
    return _dumps(
        {
            "code": evidence.indicator.code,
            "value": number(evidence.figure.value),
            "records": evidence.records(),
        }
    )


def figure_as_data(figure: Figure) -> dict[str, Any]:
    """Return one figure; `numerator` and `denominator` are null unless it is a share."""
    return {
        "code": figure.indicator.code,
        "label": str(figure.indicator.label),
        "definition": str(figure.indicator.definition),
        "value": number(figure.value),
        "unit": figure.indicator.unit.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "evidence_count": figure.evidence_count,
    }


def number(value: Decimal | int | None) -> int | float | None:
    """Return a value as JSON writes it: an integer when it is whole, else its exact decimals.

    A double keeps every decimal of a number of 15 digits or fewer (10 000 milliards with cents), and Python writes
    the shortest text that means it: 86012345.67 stays 86012345.67.
    """
    if value is None or value != int(value):
        return None if value is None else float(value)
    return int(value)


def _dumps(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
