"""What people were written about their appointments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import MessageChannel, MessageReason
from arrimage.foundation.models import Record
from arrimage.people.models import Person
from arrimage.scheduling.models import Appointment


class AppointmentMessage(Record):
    """One message to one person about an appointment as it stood, `starts_at` included; the address holds its signed
    `uid`. No word of it, nor where it went: a letter is written when it leaves (`accounts.letters`)."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="messages", verbose_name=_("rendez-vous")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointment_messages", verbose_name=_("personne")
    )
    channel = models.CharField(_("par"), max_length=8, choices=MessageChannel.choices)
    reason = models.CharField(_("objet"), max_length=12, choices=MessageReason.choices)
    starts_at = models.DateTimeField(_("heure annoncée"))

    class Meta(Record.Meta):
        verbose_name = _("message sur un rendez-vous")
        verbose_name_plural = _("messages sur des rendez-vous")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "person", "channel", "reason", "starts_at"], name="appointment_message_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.get_channel_display()}"
