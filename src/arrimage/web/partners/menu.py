from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.web.menu import MenuEntry

MENU: list[MenuEntry] = [
    MenuEntry(_("À faire"), "partners:home", Right.ANSWER_REFERRALS),
    MenuEntry(_("Orientations reçues"), "partners:referrals", Right.ANSWER_REFERRALS),
    MenuEntry(_("Charge par service"), "partners:workload", Right.ANSWER_REFERRALS),
    MenuEntry(_("Notre page"), "partners:organisation", Right.KEEP_OWN_ORGANISATION),
    MenuEntry(_("Notre équipe"), "partners:people", Right.MANAGE_OWN_WORKERS),
]
