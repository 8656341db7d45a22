"""The pages about times, under one entry of the menu, side by side."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.web.menu import MenuEntry

PAGES = [
    MenuEntry(_("Rendez-vous"), "staff:appointments", Right.ACCOMPANY),
    MenuEntry(_("Calendrier"), "staff:calendar", Right.ACCOMPANY),
    MenuEntry(_("Liste d’attente"), "staff:waiting_list", Right.ACCOMPANY),
    MenuEntry(_("Premiers rendez-vous"), "staff:first_appointments", Right.ACCOMPANY),
    MenuEntry(_("Séances de groupe"), "staff:sessions", Right.ACCOMPANY),
    MenuEntry(_("Interprètes"), "staff:interpreters", Right.ACCOMPANY),
    MenuEntry(_("Horaires"), "staff:hours", Right.MANAGE_SCHEDULES),
    MenuEntry(_("Capacité"), "staff:capacity", Right.MANAGE_SCHEDULES),
]


def tabs(actor: Actor, current: str) -> list[tuple[str, str, bool]]:
    """Return the pages `actor` may open (label, address, is it this one), `current` by the name of its address."""
    return [
        (str(page.label), reverse(page.url_name), page.url_name == current) for page in PAGES if page.shown_to(actor)
    ]
