"""The parts of a service, in words: hours, costs, rules, places."""

import re
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.directory.enums import CountedFrom, Frequency, Weekday
from arrimage.directory.models import (
    CostOption,
    EligibilityRule,
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
)
from arrimage.foundation.writing import write_date, write_money, write_time
from arrimage.people.enums import Category

_DAY = re.compile(r"([+-]?\d+)?([A-Z]{2})")


def hours(schedule: Schedule) -> str:
    """Return « lundi, mercredi : de 9 h à 16 h 30 », with its dates, its remarks; as the standard has it otherwise."""
    when = ", ".join(filter(None, (_days(schedule), _time(schedule))))
    during = _between(schedule.valid_from, schedule.valid_to)
    return " · ".join(filter(None, (when, during, schedule.description, schedule.notes)))


def hours_at(service: Service, at: ServiceAtLocation | None) -> list[str]:
    """Return the hours of a service somewhere, a line each: its own there, else its own, else those of the place."""
    schedules = list(at.schedules.all()) if at else []
    schedules = schedules or list(service.schedules.all())
    schedules = schedules or (list(at.location.schedules.all()) if at else [])
    return [hours(schedule) for schedule in schedules]


def location(one: Location) -> str:
    """Return « Carrefour, 1, rue A, Verdun »: what is known of its name, its address, its city or borough."""
    return ", ".join(filter(None, (one.name, one.address, one.place.name if one.place else ""))) or str(one)


def _days(schedule: Schedule) -> str:
    days = [_day(*found) for found in _DAY.findall(schedule.byday)]
    if not days and schedule.bymonthday:
        return _("le %(days)s du mois") % {"days": schedule.bymonthday.replace(",", ", ")}
    written = ", ".join(days)
    if schedule.freq == Frequency.MONTHLY and days:
        written = _("%(days)s du mois") % {"days": written}
    if schedule.interval and schedule.interval > 1:
        every = {"days": written, "interval": schedule.interval}
        if schedule.freq == Frequency.MONTHLY:
            return _("%(days)s, tous les %(interval)d mois") % every
        return _("%(days)s, toutes les %(interval)d semaines") % every
    return written


def _day(rank: str, code: str) -> str:
    name = str(Weekday(code).label)
    ranked = {
        "1": _("le premier %(day)s"), "2": _("le deuxième %(day)s"), "3": _("le troisième %(day)s"),
        "4": _("le quatrième %(day)s"), "5": _("le cinquième %(day)s"), "-1": _("le dernier %(day)s"),
    }.get(rank.lstrip("+"), "%(day)s")  # fmt: skip
    return ranked % {"day": name}


def _time(schedule: Schedule) -> str:
    if schedule.opens_at and schedule.closes_at:
        return _("de %(opens)s à %(closes)s") % {
            "opens": write_time(schedule.opens_at), "closes": write_time(schedule.closes_at),
        }  # fmt: skip
    return _("à partir de %(opens)s") % {"opens": write_time(schedule.opens_at)} if schedule.opens_at else ""


def _between(first: date | None, last: date | None) -> str:
    values = {"first": write_date(first), "last": write_date(last)}
    if first and last:
        return _("du %(first)s au %(last)s") % values
    if first:
        return _("à partir du %(first)s") % values
    return _("jusqu’au %(last)s") % values if last else ""


def cost(option: CostOption) -> str:
    """Return « Matériel : 12,50 $ (par session) »."""
    amount = ""
    if option.amount is not None:
        amount = _("Gratuit") if option.amount == 0 else write_money(option.amount)
        if option.currency not in ("", "CAD"):
            amount = f"{option.amount} {option.currency}"
    price = _("%(amount)s (%(details)s)") if amount and option.amount_description else "%(amount)s%(details)s"
    said = price % {"amount": amount, "details": option.amount_description}
    what = _("%(what)s : %(price)s") % {"what": option.option, "price": said} if option.option and said else ""
    return " · ".join(filter(None, (what or option.option or said, _between(option.valid_from, option.valid_to))))


def rule(one: EligibilityRule) -> str:
    """Return the conditions of a rule, one after the other."""
    since = {"what": str(CountedFrom(one.counted_from).label)}
    parts: list[str] = []
    if one.categories:
        parts.append(", ".join(str(Category(category).label) for category in one.categories))
    if one.months_at_least:
        parts.append(_("au moins %(n)d mois après %(what)s") % {**since, "n": one.months_at_least})
    if one.months_less_than:
        parts.append(_("moins de %(n)d mois après %(what)s") % {**since, "n": one.months_less_than})
    if dates := _between(one.from_on, one.to_on):
        parts.append(_("%(what)s : %(dates)s") % {**since, "dates": dates})
    parts.append(ages(one.minimum_age, one.maximum_age))
    if one.region:
        parts.append(_("habite la région %(region)s") % {"region": one.region.name})
    return " ; ".join(filter(None, parts)) or _("tout le monde")


def ages(minimum: int | None, maximum: int | None) -> str:
    if minimum is not None and maximum is not None:
        return _("de %(minimum)d à %(maximum)d ans") % {"minimum": minimum, "maximum": maximum}
    if minimum is not None:
        return _("à partir de %(minimum)d ans") % {"minimum": minimum}
    return _("jusqu’à %(maximum)d ans") % {"maximum": maximum} if maximum is not None else ""


class Places(Protocol):
    """Places somewhere: how many are free, and when some come free."""

    @property
    def free(self) -> int: ...
    @property
    def next_on(self) -> date | None: ...


def places(some: Places) -> str:
    """Return how many places are free, and when some come free when none is."""
    if some.free:
        return ngettext("%(free)d place libre", "%(free)d places libres", some.free) % {"free": some.free}
    if some.next_on:
        return _("Complet jusqu’au %(day)s") % {"day": write_date(some.next_on)}
    return _("Complet")
