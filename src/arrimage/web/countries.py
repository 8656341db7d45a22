"""Countries by name, for a choice."""

import pycountry
from babel import Locale

from arrimage.foundation.writing import locale
from arrimage.people.rules import search_key


def countries() -> list[tuple[str, str]]:
    """Return two-letter codes and names in the language in use, by name."""
    names = Locale.parse(locale()).territories
    found = [(entry.alpha_2, names.get(entry.alpha_2, entry.name)) for entry in pycountry.countries]
    return sorted(found, key=lambda each: search_key(each[1]))
