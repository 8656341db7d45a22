"""The markers of a text: `{employers_accompanied}` stands for the figure, written when the text is read.

Nobody types a figure into a report: a person writes the sentence, the records give the number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from arrimage.reporting.bilan import Bilan
from arrimage.reporting.indicators import INDICATORS, Indicator, Unit

_MARKER = re.compile(r"\{([^{}]*)\}")
SHORT, SHARE, WORDS = ".short", ".share", ".words"  # other ways to write one figure


@dataclass(frozen=True)
class Marker:
    """What is written between braces, what it stands for, and how it is written for a bilan."""

    code: str
    label: Callable[[], str]
    write: Callable[[Bilan], str]

    @property
    def written(self) -> str:
        return f"{{{self.code}}}"


@cache
def markers() -> dict[str, Marker]:
    """Return every marker by its code: where and when, then the figures in the order of the bilan."""
    around = (
        Marker("region", lambda: _("Nom de la région"), lambda bilan: bilan.region.name),
        Marker("period", lambda: _("Période, en toutes lettres"), lambda bilan: str(bilan.period)),
    )
    of_figures = (marker for indicator in INDICATORS.values() for marker in _of(indicator))
    return {marker.code: marker for marker in (*around, *of_figures)}


def unknown_in(texts: Iterable[str]) -> list[str]:
    """Return the markers of these texts that stand for nothing, as they are written, each once."""
    found = (name for text in texts for name in _MARKER.findall(text))
    return [f"{{{name}}}" for name in dict.fromkeys(found) if name.strip() not in markers()]


def fill(text: str, bilan: Bilan) -> str:
    """Return a text with the figures of a bilan in the place of its markers.

    One that is not known (of an indicator that is no more) stays as it is written: seen, and never a wrong figure.
    """

    def figure(found: re.Match[str]) -> str:
        marker = markers().get(found[1].strip())
        return marker.write(bilan) if marker else found[0]

    return _MARKER.sub(figure, text)


def _of(indicator: Indicator) -> Iterator[Marker]:
    code = indicator.code
    yield Marker(code, lambda: str(indicator.label), lambda bilan: bilan.figure(code).written)
    if indicator.unit == Unit.MONEY:
        yield Marker(
            code + SHORT,
            lambda: _("%(label)s, en millions") % {"label": indicator.label},
            lambda bilan: bilan.figure(code).short,
        )
    elif indicator.unit == Unit.PERCENT:
        yield Marker(
            code + SHARE,
            lambda: _("%(label)s, combien sur combien") % {"label": indicator.label},
            lambda bilan: bilan.figure(code).share or "—",
        )
    else:
        yield Marker(
            code + WORDS,
            lambda: _("%(label)s, avec les mots qui suivent le chiffre") % {"label": indicator.label},
            lambda bilan: indicator.write_count(bilan.figure(code).evidence_count),
        )
