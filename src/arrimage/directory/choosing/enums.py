"""The parts of the score."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """In the order in which they are read."""

    LANGUAGE = "language", _("Langue")
    DELAY = "delay", _("Délai")
    DISTANCE = "distance", _("Distance")
    COMPLETION = "completion", _("Suites")
    PREFERENCE = "preference", _("Préférence")
