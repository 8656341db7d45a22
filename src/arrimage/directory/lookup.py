"""Organisations as people name them in a table: by name (accents and case forgiven), NEQ or identifier."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from arrimage.directory.models import Organisation
from arrimage.foundation.imports.forgiving import forgive, shorten


class OrganisationIndex:
    """The organisations of some regions. One query."""

    def __init__(self, region_ids: Iterable[int]) -> None:
        self._keys: dict[tuple[int, str], set[int]] = {}
        self._written: dict[tuple[int, str], int] = {}  # exactly as on record: decides between two forgiven namesakes
        rows = Organisation.objects.filter(region__in=set(region_ids))
        for key, region_id, name, neq, uid in rows.values_list("pk", "region_id", "name", "neq", "uid"):
            self._written[region_id, name] = key
            for writing in filter(None, (name, neq, str(uid))):
                self._keys.setdefault((region_id, forgive(writing)), set()).add(key)

    def find(self, region_id: int, written: str) -> int | None:
        """Return the key of the organisation, or None when there is none or when several bear that name."""
        if (exact := self._written.get((region_id, written))) is not None:
            return exact
        keys = self._keys.get((region_id, forgive(written)), set())
        return next(iter(keys)) if len(keys) == 1 else None

    def why_not(self, region_id: int, written: str) -> str:
        """Return the sentence for a name that `find` does not resolve."""
        if self._keys.get((region_id, forgive(written))):
            return _("« %(value)s » désigne plusieurs organismes : écrivez l’identifiant de celui qui convient.") % {
                "value": shorten(written)
            }
        return _("« %(value)s » n’est pas un organisme du répertoire de la région : ajoutez-le d’abord.") % {
            "value": shorten(written)
        }
