"""What the clock asks of casework."""

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.deadlines import remind_and_expire
from arrimage.casework.appointment_messages import write_about_appointments


@job(name="casework.remind_and_expire", every="10 10,15 * * *", rights=frozenset({Right.ACCOMPANY}))
def follow_deadlines(actor: Actor) -> None:
    """Remind organisations and end what nobody answered, early each morning; again at noon, for what was missed."""
    remind_and_expire(actor)


@job(name="casework.write_about_appointments", every="*/10 * * * *", rights=frozenset({Right.ACCOMPANY}))
def follow_appointments(actor: Actor) -> None:
    """Remind people of their appointments, tell them of those moved, cancelled or offered."""
    write_about_appointments(actor)
