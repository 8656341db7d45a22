"""Numbers of the registers: `INC-2026-0003`."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from arrimage.privacy.registers.enums import Register
from arrimage.privacy.registers.models import Communication, Incident, PersonRequest, RegisterSerial

Numbered = Incident | Communication | PersonRequest


def number(register: Register, records: Sequence[Numbered], days: Sequence[date]) -> None:
    """Give each record the next number of its register in the year of its day; concurrent writers wait in turn."""
    following: dict[int, int] = {}
    for year, count in sorted(Counter(day.year for day in days).items()):
        RegisterSerial.objects.get_or_create(register=register, year=year)
        serial = RegisterSerial.objects.select_for_update().get(register=register, year=year)
        following[year] = serial.last + 1
        serial.last += count
        serial.save(update_fields=["last"])
    for record, day in zip(records, days, strict=True):
        record.number = f"{register.value}-{day.year}-{following[day.year]:04}"
        following[day.year] += 1
