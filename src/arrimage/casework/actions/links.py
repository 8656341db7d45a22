"""Links by which an organisation answers without an account: made, opened by a code, used once."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from arrimage.accounts import letters
from arrimage.accounts.context import acting_as, action, elevated
from arrimage.accounts.link_codes import CODES_A_DAY, give_code, half_hidden, minutes_it_lives, take_code
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.rights import Actor, system_actor
from arrimage.casework.enums import LinkStep
from arrimage.casework.letters import contact_of
from arrimage.casework.links import SALT
from arrimage.casework.models import LinkEvent, Referral, ReferralLink
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput


def send_links(actor: Actor, referrals: Sequence[Referral], kind: str) -> list[ReferralLink]:
    """Make a link to each referral whose service has an address, and promise the letter that carries it."""
    if letters.are_muted():
        return []
    with elevated():  # nobody but the mail reaches the links
        reachable = Referral.objects.filter(pk__in=[each.pk for each in referrals])
        written = [
            ReferralLink(referral=referral)
            for referral in reachable.select_related("service", "organisation")
            if contact_of(referral)
        ]
        links = ReferralLink.objects.bulk_create(written, batch_size=1000)
    letters.post(actor, kind, *(link.uid for link in links))
    return links


def send_code(link: ReferralLink, *, address: str) -> str:
    """Send a fresh code to the contact recorded for the service; return that contact, half hidden.

    Raises `Conflict` when the referral waits for no answer any more, `InvalidInput` when too many were asked for today.
    """
    with acting_as(system_actor("lien"), address=address):
        locked = _locked(link)
        contact = contact_of(locked.referral)
        today = clock.now() - timedelta(days=1)
        if locked.events.filter(step=LinkStep.CODE_SENT, happened_at__gte=today).count() >= CODES_A_DAY:
            raise InvalidInput(_("Trop de codes ont été demandés. Réessayez demain, ou ouvrez une séance."))
        if not contact:
            raise InvalidInput(_("Aucune adresse n’est inscrite pour ce service : communiquez avec la direction."))
        code = give_code(locked, SALT)
        _note(locked, LinkStep.CODE_SENT, address)
        context = {"code": code, "minutes": minutes_it_lives(), "service": locked.referral.service.name}
        send_on_commit("link_code", contact, "fr", context)
    return half_hidden(contact)


def open_with_code(link: ReferralLink, code: str, *, address: str) -> bool:
    """Say whether `code` is the one that was sent, still good and not tried too often. A good one serves once.

    Raises `Conflict` when the referral waits for no answer any more.
    """
    with acting_as(system_actor("lien"), address=address):
        locked = _locked(link)
        right = take_code(locked, code, SALT)
        _note(locked, LinkStep.OPENED if right else LinkStep.CODE_WRONG, address)
    return right


@action
def note_answer(actor: Actor, link: ReferralLink, *, address: str) -> None:
    """Note that an answer came by this link: the referral's own event says which."""
    with elevated():
        _note(link, LinkStep.ANSWERED, address)


def _locked(link: ReferralLink) -> ReferralLink:
    locked = (
        ReferralLink.objects.select_for_update(of=("self",))
        .select_related("referral__service", "referral__organisation")
        .get(pk=link.pk)
    )
    if not locked.referral.is_awaiting_answer:
        raise Conflict(_("Cette orientation n’attend plus de réponse."))
    return locked


def _note(link: ReferralLink, step: LinkStep, address: str) -> None:
    LinkEvent.objects.create(link=link, step=step, address=address)
