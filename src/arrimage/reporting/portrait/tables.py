"""The portrait of immigration in a region: what public tables say, each with its source, vintage and rules.

Nothing here comes from the files of persons. Where no table goes down to the region, Québec's is given and named so.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.reporting.scope import region_for
from arrimage.statistics.datasets import TOTAL, DatasetCode
from arrimage.statistics.models import Series, Vintage
from arrimage.statistics.queries import YearFigure, figures_by, latest_vintage, years_of
from arrimage.statistics.words import ADMISSIONS, name_of
from arrimage.territory.models import Region

QUEBEC = "24"
# The metropolitan area that holds the region; it is wider than the region, and is named for what it is.
METROPOLITAN_AREAS = {"06": "462"}


@dataclass(frozen=True)
class Portrait:
    """The tables of a region, in order; those never imported are not there."""

    region: Region
    tables: tuple["Table", ...]


@dataclass(frozen=True)
class Table:
    """One table: as many values a row as columns. None where the source hides the figure."""

    code: str
    title: str
    source: str
    vintage: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()  # of a table by year, the names in its second column, in the order of publication


@dataclass(frozen=True)
class _Yearly:
    """A table by year: its code, and the names of the columns of what is told apart and of what is counted."""

    code: str
    dataset: DatasetCode
    told_apart: str
    counted: str


_YEARLY = (
    _Yearly("admissions_by_year_category", DatasetCode.ADMISSIONS, "category", "admissions"),
    _Yearly("tfwp_permit_holders_by_year_category", DatasetCode.TFWP, "category", "holders"),
    _Yearly("imp_permit_holders_by_year_category", DatasetCode.IMP, "category", "holders"),
    _Yearly("asylum_claims_by_year_office", DatasetCode.ASYLUM, "office", "claims"),
    _Yearly("study_permit_holders_by_year_level", DatasetCode.STUDY, "level", "holders"),
)


def portrait_for(actor: Actor, region_code: str | None) -> Portrait:
    """Return the portrait of a region (the actor's when None): at most three queries a table.

    Raises `InvalidInput` for an unknown region, `NotAllowed`.
    """
    return portrait_of(region_for(actor, Right.SEE_BILAN, region_code))


def portrait_of(region: Region) -> Portrait:
    """Return the portrait of a region, for anybody: the figures are published ones."""
    found = (table_of(region, code) for code in TABLES)
    return Portrait(region, tuple(table for table in found if table is not None))


def table_of(region: Region, code: str) -> Table | None:
    """Return one table of a region by its code, or None when it was never imported. Raises `KeyError`."""
    dataset, build = TABLES[code]
    vintage = latest_vintage(dataset)
    return build(vintage, region) if vintage is not None else None


def _areas(region: Region) -> list[str]:
    return [area for area in (METROPOLITAN_AREAS.get(region.code), QUEBEC) if area]


def _by_year(described: _Yearly, vintage: Vintage, region: Region) -> Table:
    figures = years_of(vintage)
    name = _unmistakable({figure.series for figure in figures})
    notes = [str(vintage.definition.rule), _("Un chiffre masqué par la source rend masquée l’année qui le contient.")]
    if vintage.definition.monthly:
        notes.append(_("Chaque année est la somme de ses mois, arrondis un à un."))
        notes += _partial_years(figures)
    return Table(
        described.code,
        _("%(title)s – Québec") % {"title": vintage.definition.title},
        str(vintage.definition.source),
        vintage.label,
        ("year", described.told_apart, described.counted, "label", "depth", "months", "partial"),
        tuple(
            (
                figure.year,
                name[figure.series.key],
                figure.value,
                name_of(figure.series),
                figure.series.depth,
                figure.months,
                figure.partial,
            )
            for figure in figures
        ),
        tuple(notes),
        tuple(name[each.key] for each in sorted({f.series for f in figures}, key=lambda s: (s.position, s.pk))),
    )


def _unmistakable(series: Iterable[Series]) -> dict[str, str]:
    """Return a name for each key: the source's, or the whole path where two lines of a table have the same name."""
    found = list(series)
    times = Counter(each.name for each in found)
    return {each.key: each.key if each.key == TOTAL or times[each.name] > 1 else each.name for each in found}


def _partial_years(figures: list[YearFigure]) -> Iterator[str]:
    months: dict[int, int] = {}
    for figure in figures:
        if figure.partial and figure.months is not None:
            months[figure.year] = max(figure.months, months.get(figure.year, 0))
    for year, known in sorted(months.items()):
        yield _("%(year)d est incomplète : %(months)d mois.") % {"year": year, "months": known}


def _by_birthplace(census: Vintage, region: Region) -> Table:
    areas = _areas(region)
    rows = [
        (
            each.series.area,
            str(census.definition.areas[each.series.area]),
            each.series.dimensions["birthplace"],
            name_of(each.series),
            each.series.depth,
            each.value,
        )
        for each in figures_by(census, areas, period=TOTAL, admission=TOTAL)
    ]
    columns = ("area_code", "area", "birthplace_code", "birthplace", "depth", "immigrants")
    return _census_table(BIRTHPLACES, _("Population immigrante, par lieu de naissance"), census,
                         columns, _in_order_of(areas, rows))  # fmt: skip


def _by_admission(census: Vintage, region: Region) -> Table:
    areas = _areas(region)
    rows = [
        (
            each.series.area,
            str(census.definition.areas[each.series.area]),
            each.series.dimensions["period"],
            each.series.dimensions["admission"],
            str(ADMISSIONS[each.series.dimensions["admission"]]),
            each.value,
        )
        for each in figures_by(census, areas, birthplace=TOTAL)
    ]
    columns = ("area_code", "area", "period", "admission", "label", "immigrants")
    title = _("Population immigrante, par période d’immigration et catégorie d’admission")
    return _census_table(ADMISSION_PERIODS, title, census, columns, _in_order_of(areas, rows))


def _in_order_of(areas: list[str], rows: list[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(sorted(rows, key=lambda row: areas.index(row[0])))


def _census_table(
    code: str, title: str, census: Vintage, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]
) -> Table:
    definition = census.definition
    return Table(code, title, str(definition.source), census.label, columns, rows, (str(definition.rule),))


BIRTHPLACES, ADMISSION_PERIODS = "immigrants_by_birthplace", "immigrants_by_period_admission"
# Every table by its code, in the order of the portrait: where its figures are, and what makes it of them.
TABLES: dict[str, tuple[DatasetCode, Callable[[Vintage, Region], Table]]] = {
    **{each.code: (each.dataset, partial(_by_year, each)) for each in _YEARLY},
    BIRTHPLACES: (DatasetCode.BIRTHPLACE, _by_birthplace),
    ADMISSION_PERIODS: (DatasetCode.BIRTHPLACE, _by_admission),
}
