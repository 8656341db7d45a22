from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    COMMUNITY = "community", _("Organisme communautaire")
    MUNICIPALITY = "municipality", _("Municipalité")
    SCHOOL = "school", _("Établissement d’enseignement")
    PUBLIC = "public", _("Organisme public")
    OTHER = "other", _("Autre organisation")
