"""The rules of retention an installation begins with; people change them afterwards."""

from typing import Any

from arrimage.privacy.retention import kinds
from arrimage.privacy.retention.models import RetentionRule


def load_reference(**_: Any) -> None:
    """Write the rule of each kind that has none; those people changed are left alone."""
    known = set(RetentionRule.objects.values_list("kind", flat=True))
    RetentionRule.objects.bulk_create(
        RetentionRule(kind=kind.code, months=kind.months, ending=kind.ending, basis=str(kind.basis))
        for kind in kinds.kinds()
        if kind.code not in known
    )
