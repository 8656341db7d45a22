"""What the clock asks of casework."""

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.deadlines import remind_and_expire


@job(name="casework.remind_and_expire", every="10 10,15 * * *", rights=frozenset({Right.ACCOMPANY}))
def follow_deadlines(actor: Actor) -> None:
    """Remind organisations and end what nobody answered, early each morning; again at noon, for what was missed."""
    remind_and_expire(actor)
