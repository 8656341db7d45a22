"""What the clock asks of the directory."""

from arrimage.accounts.enums import Right
from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.directory.saved_searches import tell_new_services
from arrimage.directory.upkeep.closures import follow_closures
from arrimage.directory.upkeep.reckoning import reckon
from arrimage.directory.upkeep.reviews import follow_reviews


@job(name="directory.tell_new_services", every="40 6 * * *")
def tell_what_is_new(actor: Actor) -> None:
    """Tell people, each morning, the services that newly answer their saved searches."""
    tell_new_services(actor)


@job(name="directory.keep_up", every="5 4,5,10,15 * * *", rights=frozenset({Right.MANAGE_DIRECTORY}))
def keep_up(actor: Actor) -> None:
    """Follow closures right after midnight in Québec (summer or winter), and reviews; later, what was missed."""
    follow_closures(actor)
    follow_reviews(actor)


@job(name="directory.reckon_quality", every="25 5 * * *", rights=frozenset({Right.MANAGE_DIRECTORY}))
def reckon_quality(actor: Actor) -> None:
    """Reckon each night how well services are described, for the advisors' list."""
    reckon(actor)
