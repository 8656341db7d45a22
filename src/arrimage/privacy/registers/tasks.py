"""What the clock asks of the registers."""

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.privacy.registers import actions


@job(name="registers.erase_expired_copies", every="35 7 * * *", rights=frozenset({Right.MANAGE_PRIVACY}))
def erase_expired_copies(actor: Actor) -> None:
    """Erase the content of the copies whose thirty days are over."""
    actions.erase_expired_copies(actor)
