from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.web.menu import MenuEntry

MENU: list[MenuEntry] = [
    MenuEntry(_("Arrivées"), "reception:home", Right.RECEIVE_ARRIVALS),
    MenuEntry(_("Manifestes"), "reception:manifests", Right.IMPORT_ARRIVALS),
]
