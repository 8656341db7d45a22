from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.web.menu import MenuEntry

MENU: list[MenuEntry] = [
    MenuEntry(_("Mon entreprise"), "employers:home", Right.SEE_OWN_EMPLOYER),
    MenuEntry(_("Demander un accompagnement"), "employers:ask", Right.SEE_OWN_EMPLOYER),
]
