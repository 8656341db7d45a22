"""What the clock asks of scheduling."""

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.scheduling.actions import end_unanswered_offers


@job(name="scheduling.end_unanswered_offers", every="*/10 * * * *", rights=frozenset({Right.ACCOMPANY}))
def follow_offers(actor: Actor) -> None:
    """Take back the times nobody answered for, and offer each to the next of the waiting list."""
    end_unanswered_offers(actor)
