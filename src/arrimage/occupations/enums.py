"""What the first two digits of a code say.

Source: National Occupational Classification (NOC) 2021 Version 1.0, Statistics Canada and Employment and Social
Development Canada. In French: Classification nationale des professions (CNP), FEER.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class BroadCategory(TextChoices):
    """The first digit: the kind of work."""

    MANAGEMENT = "0", _("Membres des corps législatifs et cadres supérieurs")
    BUSINESS = "1", _("Affaires, finance et administration")
    SCIENCES = "2", _("Sciences naturelles et appliquées et domaines apparentés")
    HEALTH = "3", _("Secteur de la santé")
    EDUCATION_LAW_SOCIAL = "4", _("Enseignement, droit et services sociaux, communautaires et gouvernementaux")
    ARTS_SPORT = "5", _("Arts, culture, sports et loisirs")
    SALES_SERVICE = "6", _("Vente et services")
    TRADES_TRANSPORT = "7", _("Métiers, transport, machinerie et domaines apparentés")
    NATURAL_RESOURCES = "8", _("Ressources naturelles, agriculture et production connexe")
    MANUFACTURING = "9", _("Fabrication et services d’utilité publique")


class Teer(IntegerChoices):
    """The second digit: the training, education, experience and responsibilities that the work usually asks."""

    MANAGEMENT = 0, _("Gestion")
    UNIVERSITY = 1, _("Diplôme universitaire")
    COLLEGE_LONG = 2, _("Études collégiales ou apprentissage de deux ans ou plus, ou supervision")
    COLLEGE_SHORT = 3, _("Études collégiales ou apprentissage de moins de deux ans, ou formation de plus de six mois")
    SECONDARY = 4, _("Diplôme d’études secondaires, ou formation de plusieurs semaines")
    NONE = 5, _("Courte démonstration du travail, sans études exigées")
