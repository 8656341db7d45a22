from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    WOMAN = "woman", _("Femme")
    MAN = "man", _("Homme")
    OTHER = "other", _("Autre")
    UNKNOWN = "unknown", _("Non précisé")


class Relation(TextChoices):
    PRINCIPAL = "principal", _("Personne principale")
    SPOUSE = "spouse", _("Conjointe ou conjoint")
    CHILD = "child", _("Enfant")
    OTHER = "other", _("Autre membre")


class Category(TextChoices):
    """Immigration categories, as the ministry groups them."""

    SKILLED_WORKER = "skilled_worker", _("Travailleuse ou travailleur qualifié")
    BUSINESS = "business", _("Gens d’affaires")
    FAMILY = "family", _("Regroupement familial")
    STATE_SUPPORTED_REFUGEE = "state_supported_refugee", _("Personne réfugiée prise en charge par l’État")
    SPONSORED_REFUGEE = "sponsored_refugee", _("Personne réfugiée parrainée")
    REFUGEE_RECOGNISED_HERE = "refugee_recognised_here", _("Personne réfugiée reconnue sur place")
    OTHER_PERMANENT = "other_permanent", _("Autre immigration permanente")
    TEMPORARY_WORKER = "temporary_worker", _("Travailleuse ou travailleur temporaire")
    STUDENT = "student", _("Étudiante ou étudiant")
    ASYLUM_SEEKER = "asylum_seeker", _("Personne demandant l’asile")
    SPECIAL_MEASURE = "special_measure", _("Mesure spéciale")
