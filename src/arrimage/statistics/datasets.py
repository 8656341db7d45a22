"""The public tables Arrimage knows: whose they are, what they count, how they are rounded and what they hide.

A table is known by the program, not typed in: its reader, its rounding and its rule for hidden cells go together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEPARATOR = " > "  # between the names of a series' key, from the widest to the narrowest
TOTAL = "total"  # the key of the series that counts everything


class DatasetCode(TextChoices):
    ADMISSIONS = "ircc_admissions", _("Admissions de résidents permanents, par catégorie d’immigration")
    TFWP = "ircc_tfwp", _("Titulaires de permis de travail au 31 décembre, travailleurs étrangers temporaires")
    IMP = "ircc_imp", _("Titulaires de permis de travail au 31 décembre, mobilité internationale")
    ASYLUM = "ircc_asylum", _("Demandes d’asile, par type de bureau")
    STUDY = "ircc_study", _("Titulaires de permis d’études, par niveau d’études")
    BIRTHPLACE = "census_2016_birthplace", _("Population immigrante, par lieu de naissance et catégorie d’admission")


@dataclass(frozen=True)
class Source:
    """Who publishes, and under which licence the figures are shown."""

    publisher: Promise
    licence: Promise

    def __str__(self) -> str:
        return f"{self.publisher} ({self.licence})"


@dataclass(frozen=True)
class Dataset:
    """One table. `dimensions` names the parts of a series' key; a single one is a hierarchy, of any depth.

    `rounding`: every figure shown is a multiple of it. `vintage` is fixed for a table published once; otherwise a
    vintage is named after its last period (« 2025-07 »), so that a later one stands beside it.
    """

    code: DatasetCode
    source: Source
    rule: Promise
    dimensions: tuple[str, ...]
    areas: Mapping[str, Promise]
    monthly: bool = False
    rounding: int = 5
    vintage: str = ""

    @property
    def title(self) -> str:
        return str(self.code.label)

    def dimensions_of(self, key: str) -> dict[str, str]:
        """Return the parts of a series' key by dimension."""
        if len(self.dimensions) == 1:
            return {self.dimensions[0]: key}
        return dict(zip(self.dimensions, key.split(SEPARATOR), strict=True))


_IRCC = Source(
    _("Immigration, Réfugiés et Citoyenneté Canada"), _("Licence du gouvernement ouvert – Canada")
)  # fmt: skip
_STATCAN = Source(_("Statistique Canada, Recensement de 2016"), _("Licence ouverte de Statistique Canada"))
_QUEBEC = {"24": _("Québec")}
_HIDDEN = _("Chiffres arrondis à 5 près ; de 0 à 5, le chiffre peut être masqué par la source.")
_REPLACED = _(
    "Chiffres arrondis à 5 près ; les petits chiffres masqués (« -- » à la source) le restent, même là où un fichier "
    "intermédiaire a écrit 2 à leur place."
)

DATASETS: dict[str, Dataset] = {
    dataset.code.value: dataset
    for dataset in (
        Dataset(DatasetCode.ADMISSIONS, _IRCC, _HIDDEN, ("category",), _QUEBEC, monthly=True),
        Dataset(DatasetCode.TFWP, _IRCC, _REPLACED, ("category",), _QUEBEC),
        Dataset(DatasetCode.IMP, _IRCC, _REPLACED, ("category",), _QUEBEC),
        Dataset(DatasetCode.ASYLUM, _IRCC, _REPLACED, ("office",), _QUEBEC, monthly=True),
        Dataset(DatasetCode.STUDY, _IRCC, _REPLACED, ("level",), _QUEBEC, monthly=True),
        Dataset(
            DatasetCode.BIRTHPLACE,
            _STATCAN,
            _("Chiffres arrondis au hasard à un multiple de 5 : un total n’est pas toujours la somme de ses parties."),
            ("period", "birthplace", "admission"),
            {"24": _("Québec"), "462": _("Région métropolitaine de recensement de Montréal")},
            vintage="2016",
        ),
    )
}
