from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import STAFF_ROLES, Right
from arrimage.accounts.rights import ROLE_RIGHTS
from arrimage.web.menu import MenuEntry

EVERY_STAFF_RIGHT = tuple(sorted({right for role in STAFF_ROLES for right in ROLE_RIGHTS[role]}))

# Who protects personal information may consult the directory, and has seven other entries.
WORKS_WITH_SERVICES = (
    Right.RECEIVE_ARRIVALS,
    Right.ACCOMPANY,
    Right.SEE_AGREEMENTS,
    Right.SEE_EMPLOYERS,
    Right.SEE_BILAN,
)

# A team lead reaches the staff from the page of the load: seven entries are enough.
SEES_THE_WHOLE_STAFF = (Right.MANAGE_ACCOUNTS, Right.APPROVE_DESTRUCTION)

# Pages of `scheduling.tabs` whose addresses do not begin by that of the appointments.
ABOUT_TIMES = ("staff:calendar", "staff:sessions", "staff:interpreters")

# Pages reached from a file, whose addresses are those of what they show.
OF_A_FILE = (
    "staff:refer",
    "staff:step_edit",
    "staff:goal_remove",
    "staff:assessment_read",
    "staff:note",
    "staff:contact_change",
    "staff:consent",
    "staff:person",
    "staff:household",
    "staff:transfers",
    "staff:note_templates",
    "staff:duplicates",
)

MENU: list[MenuEntry] = [
    MenuEntry(_("À faire"), "staff:home", EVERY_STAFF_RIGHT),
    MenuEntry(_("Dossiers"), "staff:files", Right.ACCOMPANY, also=OF_A_FILE),
    MenuEntry(_("Rendez-vous"), "staff:appointments", Right.ACCOMPANY, also=ABOUT_TIMES),
    MenuEntry(_("Orientations"), "staff:referrals", Right.ACCOMPANY),
    MenuEntry(_("Ententes"), "staff:agreements", Right.SEE_AGREEMENTS),
    MenuEntry(_("Actions locales"), "staff:local_actions", Right.SEE_AGREEMENTS),
    MenuEntry(_("Employeurs"), "staff:employers", Right.SEE_EMPLOYERS),
    MenuEntry(_("Demandes"), "staff:requests", Right.MANAGE_PRIVACY),
    MenuEntry(_("Incidents"), "staff:incidents", Right.MANAGE_PRIVACY),
    MenuEntry(_("Communications"), "staff:communications", Right.MANAGE_PRIVACY),
    MenuEntry(_("Consultations"), "staff:readings", Right.MANAGE_PRIVACY),
    MenuEntry(_("Conservation"), "staff:retention_rules", Right.MANAGE_PRIVACY),
    MenuEntry(_("Répertoire"), "staff:services", WORKS_WITH_SERVICES),
    MenuEntry(_("Bilan"), "staff:bilan", Right.SEE_BILAN),
    MenuEntry(_("Charge"), "staff:caseload", Right.ACCOMPANY),
    MenuEntry(_("Questionnaires"), "staff:questionnaires", Right.EDIT_QUESTIONNAIRES),
    MenuEntry(_("Personnel"), "staff:personnel", SEES_THE_WHOLE_STAFF),
    MenuEntry(_("Comptes"), "staff:accounts", Right.MANAGE_ACCOUNTS),
]
