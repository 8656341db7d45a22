"""The region's interpreters, and what is asked of them; invented, deterministic.

Past appointments that needed one had one; the minutes of the last days are still to be noted. Of those to come, most
are asked for, and every other one asked has said yes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice

from arrimage.accounts.rights import Actor
from arrimage.demo.accounts import actor_for
from arrimage.demo.tables.staff import DOMAIN
from arrimage.directory.models import Organisation
from arrimage.foundation import clock
from arrimage.scheduling.enums import AppointmentStatus, InterpretationStatus, Mode
from arrimage.scheduling.interpreter_queries import free_interpreters
from arrimage.scheduling.interpreter_rates import NewRate, add_rate
from arrimage.scheduling.interpreters import InterpreterDetails, add_interpreter
from arrimage.scheduling.interpreting import ask_interpreter, confirm_interpretations, finish_interpretation
from arrimage.scheduling.models import Appointment, Interpretation, Interpreter
from arrimage.territory.models import Region

PAST = 40  # appointments that had an interpreter
UNNOTED = 4  # the last of them, whose minutes are still to be noted
TO_COME = 12
LEFT_OUT = 4  # of those to come, every so many has nobody asked yet
ROUNDED = 15  # minutes
HOURLY = Decimal("55.50")  # dollars, and one more from one interpreter to the next
RATED_SINCE = timedelta(days=400)
# Name, languages, modes, cost code; whether they have an address; whether they work for an organisation.
BANK: list[tuple[str, tuple[str, ...], tuple[Mode, ...], str, bool, bool]] = [
    ("Interprète Exemple-Un", ("ar", "ht"), (Mode.ON_SITE, Mode.PHONE, Mode.VIDEO), "DEMO-100", True, False),
    ("Interprète Exemple-Deux", ("es", "pt"), (Mode.ON_SITE, Mode.PHONE), "DEMO-100", True, False),
    ("Interprète Exemple-Trois", ("uk", "ru"), (Mode.PHONE, Mode.VIDEO, Mode.ON_SITE), "DEMO-200", True, False),
    ("Interprète Exemple-Quatre", ("fa", "prs", "ps"), (Mode.ON_SITE, Mode.PHONE), "DEMO-200", False, False),
    ("Interprète Exemple-Cinq", ("zh", "vi", "hi"), (Mode.ON_SITE, Mode.VIDEO), "DEMO-300", True, True),
    ("Interprète Exemple-Six", ("es", "ar"), (Mode.ON_SITE, Mode.PHONE), "DEMO-300", True, True),
]


def book_interpreters(today: date) -> None:
    """Write the bank of a lead's region; book it for the last appointments that needed it, and for those to come."""
    lead = actor_for("equipe1")
    bank = list(_bank(lead))
    needing = Appointment.objects.filter(region_id=lead.region_id or 0).exclude(interpreter_language="")
    past = needing.filter(status=AppointmentStatus.KEPT, starts_at__lt=clock.at(today, 0)).order_by("-starts_at", "pk")
    _interpret(lead, bank, past)
    coming = needing.filter(status=AppointmentStatus.BOOKED, starts_at__gt=clock.now()).order_by("starts_at", "pk")
    for rank, appointment in enumerate(coming[:TO_COME]):
        if rank % LEFT_OUT:
            _ask(lead, appointment, agrees=rank % 2 == 0)


def _bank(lead: Actor) -> Iterator[Interpreter]:
    region = Region.objects.get(pk=lead.region_id or 0)
    organisation = Organisation.objects.filter(region=region).order_by("name").first()
    for rank, (name, languages, modes, cost_code, has_address, works_for) in enumerate(BANK, start=1):
        details = InterpreterDetails(
            name,
            languages,
            modes,
            organisation=organisation if works_for else None,
            email=f"interprete{rank}@{DOMAIN}" if has_address else "",
            phone=f"514555018{rank}",
            cost_code=cost_code,
        )
        interpreter = add_interpreter(lead, region, details)
        add_rate(lead, interpreter, NewRate(HOURLY + rank, clock.today() - RATED_SINCE))
        yield interpreter


def _interpret(lead: Actor, bank: list[Interpreter], past: Iterable[Appointment]) -> None:
    """Give past appointments, the last first, an interpreter who was free; note the minutes of all but the last."""
    taken: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)

    def is_free(interpreter: Interpreter, one: Appointment) -> bool:
        return all(one.starts_at >= ends or one.ends_at <= starts for starts, ends in taken[interpreter.pk])

    def bookings() -> Iterator[Interpretation]:
        for one in past:
            fit = [each for each in bank if one.interpreter_language in each.languages and one.mode in each.modes]
            interpreter = next((each for each in fit if is_free(each, one)), None)
            if interpreter is not None:
                taken[interpreter.pk].append((one.starts_at, one.ends_at))
                yield _confirmed(one, interpreter)

    made = Interpretation.objects.bulk_create(islice(bookings(), PAST))
    for booking in made[UNNOTED:]:
        lasted = (booking.ends_at or clock.now()) - (booking.starts_at or clock.now())
        minutes = -(-lasted // timedelta(minutes=ROUNDED)) * ROUNDED
        finish_interpretation(lead, booking, minutes=minutes, cost_code=booking.cost_code)


def _confirmed(one: Appointment, interpreter: Interpreter) -> Interpretation:
    return Interpretation(
        region_id=one.region_id,
        interpreter=interpreter,
        appointment=one,
        language=one.interpreter_language,
        mode=one.mode,
        status=InterpretationStatus.CONFIRMED,
        cost_code=interpreter.cost_code,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


def _ask(lead: Actor, appointment: Appointment, *, agrees: bool) -> None:
    """Ask the first who is free; nobody when none is."""
    first = free_interpreters(
        appointment.region_id,
        appointment.interpreter_language,
        appointment.mode,
        appointment.starts_at,
        appointment.ends_at,
    ).first()
    if first is None:
        return
    booking = ask_interpreter(lead, appointment, first, appointment.mode)
    if agrees:
        confirm_interpretations(lead, [booking])
