"""Whose attachments are whose: each kind of record that owns some says, when Django starts, who sees them.

    register("consents", scans_visible_to, about=person_of_scan)

An attachment nobody's record shows to an actor does not exist for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from arrimage.accounts.rights import Actor
from arrimage.attachments.models import Attachment

Visible = Callable[[Actor], "QuerySet[Any, Any]"]
About = Callable[[Attachment], Any]


@dataclass(frozen=True)
class Owner:
    """A kind of record that owns attachments.

    `visible(actor)` returns a queryset of the keys of those the actor sees, and only of those; `about(attachment)` the
    file or the person that the read journal names when one is opened, None when it is about nobody.
    """

    visible: Visible
    about: About


_owners: dict[str, Owner] = {}


def register(name: str, visible: Visible, *, about: About) -> None:
    """Say who sees the attachments of a kind of record, and whom they are about."""
    _owners[name] = Owner(visible, about)


def owners() -> list[Owner]:
    return list(_owners.values())
