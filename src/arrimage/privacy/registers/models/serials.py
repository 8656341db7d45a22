from django.db import models

from arrimage.privacy.registers.enums import Register


class RegisterSerial(models.Model):
    """The last serial number given in a register and year; the row is locked while numbers are given."""

    register = models.CharField(max_length=3, choices=Register.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="register_serial_once_a_year")]

    def __str__(self) -> str:
        return f"{self.register}-{self.year}: {self.last}"
