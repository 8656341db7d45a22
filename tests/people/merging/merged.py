"""Merging two records as the page does."""

from arrimage.people.merging.actions import merge_persons
from arrimage.people.models import PersonMerge


def merge(actor, kept, gone, chosen=None, **fields) -> PersonMerge:
    given = {"versions": (kept.version, gone.version), "chosen": chosen or {}, "reason": "Même permis.", **fields}
    return merge_persons(actor, kept, gone, **given)
