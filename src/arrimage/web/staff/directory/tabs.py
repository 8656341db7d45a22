"""The neighbouring pages of the directory."""

from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor


def tabs_of(actor: Actor, here: str) -> list[tuple[str, str, bool]]:
    """Return the pages around `here`, the name of one of them: those of its upkeep for who keeps the directory."""
    tabs = [(_("Services"), "services"), (_("Organismes"), "organisations")]
    if actor.may(Right.MANAGE_DIRECTORY):
        tabs += [
            (_("Places"), "places"),
            (_("Propositions"), "proposals"),
            (_("Confirmations"), "reviews"),
            (_("Qualité"), "quality"),
            (_("Doublons"), "service_duplicates"),
        ]
    return [(label, reverse(f"staff:{name}"), name == here) for label, name in tabs]
