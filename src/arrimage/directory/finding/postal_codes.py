"""Near a postal code: nobody else is asked and no national table is kept. The locations of the directory that bear it
say where it is."""

import re
from dataclasses import dataclass

from django.db.models import Avg, Value
from django.db.models.functions import Replace, Upper
from django.utils.translation import gettext as _

from arrimage.directory.enums import LocationType
from arrimage.directory.finding.criteria import Point
from arrimage.directory.models import Address
from arrimage.foundation.errors import InvalidInput

_CODE = re.compile(r"([A-Z][0-9][A-Z])([0-9][A-Z][0-9])?")
_BETWEEN = re.compile(r"[\s\u00a0-]")


@dataclass(frozen=True)
class Area:
    """A postal code, or its first three characters, and about where it is."""

    code: str
    middle: Point

    def __str__(self) -> str:
        return _("autour de %(code)s") % {"code": self.code}


def find_area(typed: str) -> Area:
    """Return where a Canadian postal code is, or its first three characters: the mean of the locations that bear it.

    A whole code that no location bears is looked for by its first three. Two queries at most. Raises `InvalidInput` for
    what is no code, and for a code where the directory has no location.
    """
    found = _CODE.fullmatch(_BETWEEN.sub("", typed).upper())
    if found is None:
        raise InvalidInput(_("Écrivez un code postal, comme H2X 1Y4, ou ses trois premiers caractères."))
    area, rest = found.groups()
    for code in filter(None, (rest and f"{area} {rest}", area)):
        if (middle := _middle(code)) is not None:
            return Area(code, middle)
    raise InvalidInput(
        _("Aucun lieu du répertoire n’a un code postal qui commence par %(area)s : choisissez plutôt une ville ou un "
          "arrondissement.")
        % {"area": area}
    )  # fmt: skip


def _middle(code: str) -> Point | None:
    """Return the mean of the locations whose postal code begins so, however it was written."""
    there = Address.objects.alias(plain=Upper(Replace("postal_code", Value(" "), Value("")))).filter(
        plain__startswith=code.replace(" ", ""),
        address_type=LocationType.PHYSICAL,
        location__latitude__isnull=False,
    )
    mean = there.order_by().aggregate(latitude=Avg("location__latitude"), longitude=Avg("location__longitude"))
    return None if mean["latitude"] is None else Point(**mean)
