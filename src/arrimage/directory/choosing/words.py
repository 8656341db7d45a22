"""The parts of the score in sentences: for the agent (`said`), and for the person (`plain`)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.directory.choosing.components import Component, Fact
from arrimage.directory.choosing.enums import Kind
from arrimage.directory.enums import Mode
from arrimage.foundation.writing import write_date, write_language, write_number


def said(component: Component) -> str:
    """Return the sentence the agent reads; what is not known is said."""
    return {
        Kind.LANGUAGE: _language,
        Kind.DELAY: _delay,
        Kind.DISTANCE: _distance,
        Kind.COMPLETION: _completion,
        Kind.PREFERENCE: _preference,
    }[component.kind](component.facts)


def plain(component: Component) -> str:
    """Return the sentence the person reads: what speaks for the service or what to expect; else an empty text."""
    facts = component.facts
    match component.kind:
        case Kind.LANGUAGE if facts.get("how") in ("offered", "other"):
            return _("On y parle %(language)s.") % {"language": write_language(str(facts["language"]))}
        case Kind.LANGUAGE if facts:
            return _("Un interprète peut vous aider : demandez-le à votre agente ou agent.")
        case Kind.DELAY if "free" in facts:
            return _("Il y avait de la place.")
        case Kind.DELAY if "on" in facts:
            return _("Une place pouvait se libérer à partir du %(day)s.") % {"day": _day(facts)}
        case Kind.DELAY if "days" in facts:
            return _delay(facts)
        case Kind.DISTANCE if facts.get("travels") is False:
            return _("Vous n’avez pas à vous déplacer.")
        case Kind.DISTANCE if "place" in facts:
            return _("C’est dans le même secteur : %(place)s.") % {"place": facts["place"]}
        case Kind.DISTANCE if "km" in facts:
            return _distance(facts)
        case Kind.COMPLETION if int(facts.get("of_ten", 0)) > 5:
            return _("La plupart des personnes dirigées vers ce service vont jusqu’au bout.")
        case Kind.PREFERENCE if facts.get("met"):
            return _("C’est la façon que vous préférez : %(mode)s.") % {"mode": _mode(facts)}
    return ""


def _language(facts: Mapping[str, Fact]) -> str:
    if not facts:
        return _("Langues du service inconnues : à vérifier.")
    name = {"language": write_language(str(facts["language"]))}
    return {
        "offered": _("Offert en %(language)s."),
        "other": _("Offert en %(language)s, que la personne parle bien."),
        "interpreter": _("N’est pas offert en %(language)s, mais un interprète est disponible."),
        "not_offered": _("N’est pas offert en %(language)s : prévoyez un interprète."),
    }[str(facts["how"])] % name


def _delay(facts: Mapping[str, Fact]) -> str:
    if "free" in facts:
        free = int(facts["free"])
        return ngettext("%(free)d place libre.", "%(free)d places libres.", free) % {"free": free}
    if "on" in facts:
        return _("Aucune place avant le %(day)s.") % {"day": _day(facts)}
    if "full" in facts:
        return _("Complet, sans date connue.")
    if "days" in facts:
        days = int(facts["days"])
        return ngettext("Délai habituel : %(days)d jour.", "Délai habituel : %(days)d jours.", days) % {"days": days}
    return _("Délai inconnu.")


def _distance(facts: Mapping[str, Fact]) -> str:
    if facts.get("travels") is False:
        return _("À distance ou à domicile : aucun déplacement.")
    if "place" in facts:
        return _("Dans le même secteur : %(place)s.") % {"place": facts["place"]}
    if "km" in facts:
        km = round(float(facts["km"]))
        values = {"km": write_number(km), "from": facts["from"]}
        return _("À environ %(km)s km de : %(from)s.") % values if km else _("À moins de 1 km de : %(from)s.") % values
    if "region" in facts:
        return _("Dans une autre région : %(region)s.") % {"region": facts["region"]}
    return _("Distance inconnue.")


def _completion(facts: Mapping[str, Fact]) -> str:
    if "of_ten" in facts:
        share = int(facts["of_ten"])
        return ngettext(
            "Environ %(share)d personne sur 10 dirigée ici va jusqu’au bout.",
            "Environ %(share)d personnes sur 10 dirigées ici vont jusqu’au bout.",
            share,
        ) % {"share": share}
    return _("Suites : trop peu de cas pour le dire.")


def _preference(facts: Mapping[str, Fact]) -> str:
    if not facts:
        return _("Façon préférée : rien à comparer.")
    wish = {"mode": _mode(facts)}
    return (_("Comme la personne préfère : %(mode)s.") if facts["met"] else _("N’est pas offert : %(mode)s.")) % wish


def _day(facts: Mapping[str, Fact]) -> str:
    return write_date(date.fromisoformat(str(facts["on"])))


def _mode(facts: Mapping[str, Fact]) -> str:
    return str(Mode(str(facts["mode"])).label).lower()
