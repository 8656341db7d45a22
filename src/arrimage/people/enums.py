"""The choices of the persons' room. Each has the word people read."""

from django.db.models import IntegerChoices, TextChoices
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


class BirthPrecision(TextChoices):
    """How much is known of a birth date."""

    DAY = "day", _("au jour près")
    MONTH = "month", _("mois et année")
    YEAR = "year", _("année seulement")
    AROUND = "around", _("année estimée")


class NameKind(TextChoices):
    OFFICIAL = "official", _("Nom officiel")
    BIRTH = "birth", _("Nom à la naissance")
    MARRIED = "married", _("Nom de mariage")
    USUAL = "usual", _("Nom d’usage")
    ALIAS = "alias", _("Autre nom, surnom")
    TRANSLITERATION = "transliteration", _("Autre transcription")


class Ability(IntegerChoices):
    """How well a language is spoken, read or written, in the person's own words."""

    NONE = 0, _("pas du tout")
    LITTLE = 1, _("un peu")
    WELL = 2, _("bien")
    FLUENTLY = 3, _("couramment")


class FrenchSource(TextChoices):
    """Where a level of French comes from."""

    DECLARED = "declared", _("Déclaré par la personne")
    AGENT = "agent", _("Estimé par l’agente ou l’agent")
    TEACHER = "teacher", _("Évalué en francisation")
    TEST = "test", _("Test reconnu")


class FrenchStage(TextChoices):
    """The three stages of the Échelle québécoise des niveaux de compétence en français."""

    BEGINNER = "beginner", _("débutant")
    INTERMEDIATE = "intermediate", _("intermédiaire")
    ADVANCED = "advanced", _("avancé")


class SchoolLevel(TextChoices):
    NONE = "none", _("Aucune scolarité")
    PRIMARY = "primary", _("Primaire")
    SECONDARY = "secondary", _("Secondaire")
    VOCATIONAL = "vocational", _("Formation professionnelle")
    COLLEGE = "college", _("Collégial ou technique")
    BACHELOR = "bachelor", _("Universitaire, premier cycle")
    MASTER = "master", _("Universitaire, deuxième cycle")
    DOCTORATE = "doctorate", _("Universitaire, troisième cycle")


class Recognition(TextChoices):
    """What became of a diploma here."""

    NOT_ASKED = "not_asked", _("Aucune démarche")
    ASKED = "asked", _("Évaluation demandée")
    EVALUATED = "evaluated", _("Évaluation comparative reçue")
    RECOGNISED = "recognised", _("Reconnu par l’ordre ou l’employeur")
    REFUSED = "refused", _("Non reconnu")


class OccupationKind(TextChoices):
    ABROAD = "abroad", _("Exercée avant l’arrivée")
    HERE = "here", _("Exercée ici")
    INTENDED = "intended", _("Recherchée")


class IdentifierKind(TextChoices):
    """Numbers by which governments know a person. Neither the SIN nor the RAMQ's: see `docs/decisions`."""

    UCI = "uci", _("Identifiant unique de client (IUC)")
    CSQ = "csq", _("Numéro de CSQ")
    APPLICATION = "application", _("Numéro de demande fédérale")


class LinkKind(TextChoices):
    """What a person is to another, who lives in another household."""

    SPOUSE = "spouse", _("Conjointe ou conjoint")
    PARENT = "parent", _("Mère, père ou parent")
    CHILD = "child", _("Enfant")
    SIBLING = "sibling", _("Sœur, frère")
    GRANDPARENT = "grandparent", _("Grand-parent")
    GRANDCHILD = "grandchild", _("Petit-enfant")
    OTHER = "other", _("Autre parenté")

    @property
    def inverse(self) -> "LinkKind":
        """What the other is to the person: the parent of a child."""
        return _INVERSES.get(self, self)


_INVERSES = {
    LinkKind.PARENT: LinkKind.CHILD,
    LinkKind.CHILD: LinkKind.PARENT,
    LinkKind.GRANDPARENT: LinkKind.GRANDCHILD,
    LinkKind.GRANDCHILD: LinkKind.GRANDPARENT,
}
