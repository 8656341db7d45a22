from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Right
from arrimage.web.menu import MenuEntry

MENU: list[MenuEntry] = [
    MenuEntry(_("Mon dossier"), "newcomers:home", Right.SEE_OWN_FILE),
    MenuEntry(_("Mon plan"), "newcomers:plan", Right.SEE_OWN_FILE),
    MenuEntry(_("Mes services"), "newcomers:referrals", Right.SEE_OWN_FILE),
    MenuEntry(_("Mes rendez-vous"), "newcomers:appointments", Right.SEE_OWN_FILE),
    MenuEntry(_("Mes consentements"), "newcomers:consents", Right.SEE_OWN_FILE),
    MenuEntry(_("Qui a consulté mon dossier"), "newcomers:readings", Right.SEE_OWN_FILE),
    MenuEntry(_("Mes demandes"), "newcomers:requests", Right.SEE_OWN_FILE),
]
