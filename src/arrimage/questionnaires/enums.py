"""What questionnaires are for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Which work a questionnaire serves."""

    ASSESSMENT = "assessment", _("Évaluation des besoins")
    DIAGNOSIS = "diagnosis", _("Diagnostic")
    APPLICATION = "application", _("Demande")
    REPORT = "report", _("Rapport")
