"""Verifying the journal against its seals and what is kept of them outside, and saying in words what is wrong."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.foundation.writing import write_date, write_time
from arrimage.privacy.journal.anchors import Anchor, anchor_file, read_anchors
from arrimage.privacy.journal.digests import MARK, row_digest, rows_between, seal_digest
from arrimage.privacy.journal.models import Seal
from arrimage.privacy.journal.sealing import anchor_of, unsealed

NAMED = 10  # rows named in one sentence


@dataclass
class Verification:
    """What was verified, what waits for its seal, and the sentences of what is wrong."""

    seals: int = 0
    rows: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    problems: list[str] = field(default_factory=list)


def verify(now: datetime | None = None) -> Verification:
    """Recompute every digest and compare it with the seals, and the seals with their anchors. Reads the whole journal.

    In a context that may read the whole journal (`accounts.context`).
    """
    found = Verification()
    anchors, unreadable = read_anchors()
    kept = _by_number(anchors, found)
    if unreadable:
        found.problems.append(
            _("%(count)d lignes du fichier des ancres (%(path)s) sont illisibles : le fichier a été modifié.")
            % {"count": unreadable, "path": anchor_file()}
        )
    previous: Seal | None = None
    for made in Seal.objects.order_by("number").iterator(chunk_size=20):
        found.seals += 1
        found.rows += made.count
        _verify_chain(made, previous, found)
        _verify_rows(made, found)
        _verify_anchor(made, kept.pop(made.number, None), found)
        previous = made
    for number in sorted(kept):
        found.problems.append(
            _("le scellé no %(number)d, gardé hors de la base, n’y est plus : la fin du journal a été retranchée")
            % {"number": number}
        )
    _verify_rest(now or timezone.now(), found)
    return found


def _by_number(anchors: list[Anchor], found: Verification) -> dict[int, Anchor]:
    kept: dict[int, Anchor] = {}
    for anchor in anchors:
        if anchor.number in kept and kept[anchor.number] != anchor:
            found.problems.append(
                _("le scellé no %(number)d a deux ancres différentes dans %(path)s")
                % {"number": anchor.number, "path": anchor_file()}
            )
        kept.setdefault(anchor.number, anchor)  # the first written is the witness
    return kept


def _verify_chain(made: Seal, previous: Seal | None, found: Verification) -> None:
    following = previous.number + 1 if previous else 1
    if made.number != following:
        found.problems.append(
            _("les scellés no %(first)d à %(last)d manquent") % {"first": following, "last": made.number - 1}
            if made.number - 1 > following
            else _("le scellé no %(number)d manque") % {"number": following}
        )
    elif made.previous != (previous.digest if previous else ""):
        found.problems.append(
            _("le scellé no %(number)d ne suit pas le scellé no %(previous)d : l’un des deux a été remplacé")
            % {"number": made.number, "previous": made.number - 1}
        )


def _verify_rows(made: Seal, found: Verification) -> None:
    """Compare a seal with the rows of its ids: removed, added under the same number, altered."""
    if sum(last - first + 1 for first, last in made.spans) != made.count:
        found.problems.append(_of(made) + _("le scellé lui-même a été modifié ou refait"))
        return
    wanted = [each for first, last in made.spans for each in range(first, last + 1)]
    marks = bytes(made.marks)
    held = set(wanted)
    digests: dict[int, bytes] = {}
    doubled: list[int] = []
    for row in rows_between(made.first_id, made.last_id):
        if row[0] not in held:
            continue  # another seal's, or found by `_verify_rest`
        if row[0] in digests:
            doubled.append(row[0])
        else:
            digests[row[0]] = row_digest(row)
    removed = [each for each in wanted if each not in digests]
    altered = [
        each
        for place, each in enumerate(wanted)
        if each in digests and marks[place * MARK : (place + 1) * MARK] != digests[each][:MARK]
    ]
    for ids, sentence in (
        (removed, _("lignes retirées : %(ids)s")),
        (doubled, _("lignes ajoutées sous un numéro déjà scellé : %(ids)s")),
        (altered, _("lignes modifiées : %(ids)s")),
    ):
        if ids:
            found.problems.append(_of(made) + sentence % {"ids": _named(ids)})
    if not (removed or doubled or altered):
        ordered = [digests[each] for each in wanted]
        if seal_digest(made, ordered) != made.digest:
            found.problems.append(_of(made) + _("le scellé lui-même a été modifié ou refait"))


def _verify_anchor(made: Seal, anchor: Anchor | None, found: Verification) -> None:
    if anchor is None:
        found.problems.append(_of(made) + _("rien n’en est gardé hors de la base (%(path)s)") % {"path": anchor_file()})
    elif anchor != anchor_of(made):
        found.problems.append(
            _of(made) + _("il diffère de ce qui est gardé hors de la base : le journal et ses scellés ont été refaits")
        )


def _verify_rest(now: datetime, found: Verification) -> None:
    rest = unsealed(now)
    found.waiting, found.waiting_since = rest.rows, rest.since
    if rest.behind:
        found.problems.append(
            _("lignes ajoutées après coup parmi des lignes déjà scellées : %(ids)s") % {"ids": _named(rest.behind)}
        )


def _of(made: Seal) -> str:
    return _("scellé no %(number)d (%(date)s, %(time)s) : ") % {
        "number": made.number,
        "date": write_date(made.sealed_at),
        "time": write_time(made.sealed_at),
    }


def _named(ids: list[int]) -> str:
    """Return the numbers of rows in words: the first, and how many others."""
    shown = ", ".join(str(each) for each in ids[:NAMED])
    others = len(ids) - NAMED
    if others <= 0:
        return shown
    return shown + ngettext(" et %(count)d autre", " et %(count)d autres", others) % {"count": others}
