"""What the clock asks of names."""

from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.people import search


@job(name="people.forget_words", every="40 7 * * *")
def forget_words(actor: Actor) -> None:
    """Forget the words of names that nobody bears any more."""
    search.forget_words()
