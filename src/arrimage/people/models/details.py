"""What is known of a person besides who they are: names, languages, French, schooling, occupations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arrimage.foundation.models import Record
from arrimage.foundation.writing import write_date, write_language
from arrimage.occupations.models import Occupation
from arrimage.people.enums import (
    Ability,
    FrenchSource,
    NameKind,
    OccupationKind,
    Recognition,
    SchoolLevel,
)
from arrimage.people.models.persons import Person
from arrimage.people.rules import FRENCH_LEVELS

FRENCH_SKILLS = ("listening", "speaking", "reading", "writing")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class PersonName(Record):
    """Another name of a person than the one in use. One of the two parts may be empty, or both for a script form."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names", verbose_name=_("personne"))
    kind = models.CharField(_("sorte de nom"), max_length=15, choices=NameKind.choices, default=NameKind.BIRTH)
    given_name = models.CharField(_("prénom"), max_length=120, blank=True)
    family_name = models.CharField(_("nom de famille"), max_length=120, blank=True)
    original_name = models.CharField(_("nom dans l’écriture d’origine"), max_length=240, blank=True)
    starts_on = models.DateField(_("depuis le"), null=True, blank=True)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("autre nom")
        verbose_name_plural = _("autres noms")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_name_says_something",
                condition=~Q(given_name="", family_name="", original_name=""),
                violation_error_message=_("Écrivez au moins une partie du nom."),
            ),
            models.CheckConstraint(
                name="person_name_dates_in_order",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas être avant le début."),
            ),
            models.UniqueConstraint(
                fields=["person", "given_name", "family_name", "original_name"],
                name="person_name_once",
                violation_error_message=_("Ce nom est déjà inscrit."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.original_name


class PersonLanguage(Record):
    """A language of a person (ISO 639), French aside: its four skills are `FrenchLevel`s."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="languages", verbose_name=_("personne"))
    language = models.CharField(_("langue"), max_length=3)
    is_mother_tongue = models.BooleanField(_("langue maternelle"), default=False)
    speaks = models.PositiveSmallIntegerField(_("parle"), choices=Ability.choices, null=True, blank=True)
    reads = models.PositiveSmallIntegerField(_("lit"), choices=Ability.choices, null=True, blank=True)
    writes = models.PositiveSmallIntegerField(_("écrit"), choices=Ability.choices, null=True, blank=True)
    needs_interpreter = models.BooleanField(_("interprète à prévoir dans cette langue"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("langue")
        verbose_name_plural = _("langues")
        ordering = ["-is_mother_tongue", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"],
                name="person_language_once",
                violation_error_message=_("Cette langue est déjà inscrite : modifiez-la."),
            ),
            models.CheckConstraint(name="person_language_is_iso_639", condition=Q(language__regex=r"^[a-z]{2,3}$")),
            *(
                models.CheckConstraint(
                    name=f"person_language_{skill}_known",
                    condition=Q(**{f"{skill}__isnull": True}) | Q(**{f"{skill}__in": Ability.values}),
                )
                for skill in ("speaks", "reads", "writes")
            ),
        ]

    def __str__(self) -> str:
        return write_language(self.language)


class FrenchLevel(Record):
    """Levels of French on a day, by skill, on the twelve of the Échelle québécoise; those not known are empty.

    A later assessment is another row: the history is the progress.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="french_levels", verbose_name=_("personne")
    )
    assessed_on = models.DateField(_("en date du"))
    source = models.CharField(_("provenance"), max_length=10, choices=FrenchSource.choices)
    source_name = models.CharField(_("test ou établissement"), max_length=120, blank=True)
    listening = models.PositiveSmallIntegerField(_("compréhension orale"), null=True, blank=True)
    speaking = models.PositiveSmallIntegerField(_("production orale"), null=True, blank=True)
    reading = models.PositiveSmallIntegerField(_("compréhension écrite"), null=True, blank=True)
    writing = models.PositiveSmallIntegerField(_("production écrite"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("niveau de français")
        verbose_name_plural = _("niveaux de français")
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="french_level_says_something",
                condition=~Q(**{f"{skill}__isnull": True for skill in FRENCH_SKILLS}),
                violation_error_message=_("Indiquez le niveau d’au moins une compétence."),
            ),
            *(
                models.CheckConstraint(
                    name=f"french_level_{skill}_of_twelve",
                    condition=Q(**{f"{skill}__isnull": True})
                    | Q(**{f"{skill}__range": (FRENCH_LEVELS[0], FRENCH_LEVELS[-1])}),
                )
                for skill in FRENCH_SKILLS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} · {write_date(self.assessed_on)}"

    @property
    def levels(self) -> dict[str, int | None]:
        """The level of each skill, oral before written."""
        return {skill: getattr(self, skill) for skill in FRENCH_SKILLS}


class Schooling(Record):
    """Studies: what, where, until when, and what became of the diploma here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="schoolings", verbose_name=_("personne"))
    level = models.CharField(_("niveau d’études"), max_length=12, choices=SchoolLevel.choices)
    field = models.CharField(_("domaine"), max_length=150, blank=True)
    country = models.CharField(_("pays des études"), max_length=2, blank=True)
    ended_year = models.PositiveSmallIntegerField(_("année de fin"), null=True, blank=True)
    recognition = models.CharField(
        _("reconnaissance ici"), max_length=12, choices=Recognition.choices, default=Recognition.NOT_ASKED
    )

    class Meta(Record.Meta):
        verbose_name = _("scolarité")
        verbose_name_plural = _("scolarités")
        ordering = ["-ended_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="schooling_year_possible",
                condition=Q(ended_year__isnull=True) | Q(ended_year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message=_("Cette année n’est pas possible."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} · {self.field}" if self.field else self.get_level_display()


class PersonOccupation(Record):
    """An occupation, in the person's own words, in the national classification, or both."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="occupations", verbose_name=_("personne"))
    kind = models.CharField(_("quand"), max_length=10, choices=OccupationKind.choices)
    words = models.CharField(_("dans ses mots"), max_length=150, blank=True)
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("profession")
    )
    years = models.PositiveSmallIntegerField(_("années d’expérience"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("expérience de travail")
        verbose_name_plural = _("expériences de travail")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_occupation_says_something",
                condition=~Q(words="", occupation__isnull=True),
                violation_error_message=_("Décrivez le métier, ou choisissez une profession."),
            ),
            models.CheckConstraint(
                name="person_occupation_years_possible", condition=Q(years__isnull=True) | Q(years__lte=80)
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.occupation)
