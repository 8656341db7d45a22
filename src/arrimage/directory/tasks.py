"""What the clock asks of the directory."""

from arrimage.accounts.jobs import job
from arrimage.accounts.rights import Actor
from arrimage.directory.saved_searches import tell_new_services


@job(name="directory.tell_new_services", every="40 6 * * *")
def tell_what_is_new(actor: Actor) -> None:
    """Tell people, each morning, the services that newly answer their saved searches."""
    tell_new_services(actor)
