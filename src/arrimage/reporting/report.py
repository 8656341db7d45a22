"""The bilan as people read it: the figures, and the text somebody wrote around them."""

from dataclasses import dataclass
from datetime import date

from arrimage.accounts.rights import Actor
from arrimage.reporting.bilan import Bilan, bilan_for
from arrimage.reporting.queries import text_of
from arrimage.reporting.texts import WrittenText, write_text


@dataclass(frozen=True)
class Report:
    """`text` is None when nobody wrote one for this very period."""

    bilan: Bilan
    text: WrittenText | None = None


def report_for(actor: Actor, region_code: str | None, first: date, last: date) -> Report:
    """Return the figures of a region (the actor's when None) with their text: one query more than `bilan_for`.

    Raises what `bilan_for` does.
    """
    bilan = bilan_for(actor, region_code, first, last)
    text = text_of(actor, bilan.region, bilan.period)
    return Report(bilan, write_text(text, bilan) if text else None)
