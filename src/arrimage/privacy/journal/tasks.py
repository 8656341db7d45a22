"""What the clock asks of the read journal."""

from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.privacy.journal.sealing import seal


@job(name="journal.seal", every="*/15 * * * *", retry=3)
def seal_journal(actor: Actor) -> None:
    """Seal what was read since the last time."""
    seal()
