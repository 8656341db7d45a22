"""Invitations: a link by e-mail, signed, used once and for some days, by which somebody chooses their own password.

The link names the account and the moment it was made. A newer one, a chosen password or a closed account ends it.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from arrimage.accounts.context import acting_as, action
from arrimage.accounts.enums import Right
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.models import User
from arrimage.accounts.queries import users_visible_to
from arrimage.accounts.rights import Actor, require
from arrimage.accounts.sign_in import account_by_key
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, DomainError
from arrimage.foundation.writes import update_rows

SALT = "arrimage.accounts.invitation"


class InvitationNotValid(DomainError):
    """The link is forged, used, replaced or too old; which of these is not said."""


@action
def invite(actor: Actor, users: Sequence[User], *, link: Callable[[str], str]) -> None:
    """Send each of `users` a link to choose their password; a former link ends. `link` makes an address of a token.

    Raises `Conflict` for a closed account and for somebody who has a password already.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    keys = [user.pk for user in users]
    locked = users_visible_to(actor).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    send_invitations(actor, list(locked), link)


def send_invitations(actor: Actor, users: Sequence[User], link: Callable[[str], str]) -> None:
    """Send the links, for an action that has checked whom its actor may invite and locked the accounts."""
    for user in users:
        if not user.is_active:
            raise Conflict(_("Le compte de %(name)s est fermé : rouvrez-le d’abord.") % {"name": user.name})
        if user.has_usable_password():
            raise Conflict(_("%(name)s a déjà choisi son mot de passe.") % {"name": user.name})
        user.invited_at = clock.now()
    update_rows(User, users, ["invited_at"])
    for user in users:
        context = {"name": user.name, "who": actor.name, "link": link(token_of(user)), "days": settings.INVITATION_DAYS}
        send_on_commit("invitation", user.email, user.language, context)


def token_of(user: User) -> str:
    """Return what proves an invitation."""
    assert user.invited_at is not None, "only somebody invited has a token"
    return signing.dumps([user.pk, user.invited_at.isoformat()], salt=SALT)


def invited(token: str) -> User:
    """Return the account a link invites. Raises `InvitationNotValid`."""
    try:
        key, moment = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise InvitationNotValid(_refusal()) from None
    user = account_by_key(key)
    _check(user, moment)
    assert user is not None
    return user


def choose_password(token: str, password: str) -> User:
    """Give the invited account its first password, once. Raises `InvitationNotValid`."""
    user = invited(token)
    with acting_as(Actor(user_id=user.pk, name=user.name, role=None)):
        user = User.objects.select_for_update().get(pk=user.pk)
        _check(user, signing.loads(token, salt=SALT)[1])  # somebody may have used it a moment ago
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _check(user: User | None, moment: str) -> None:
    alive = (
        user is not None
        and user.is_active
        and not user.has_usable_password()
        and user.invited_at is not None
        and user.invited_at.isoformat() == moment
        and clock.now() - user.invited_at < timedelta(days=settings.INVITATION_DAYS)
    )
    if not alive:
        raise InvitationNotValid(_refusal())


def _refusal() -> str:
    return _("Ce lien ne vaut plus. Demandez-en un autre à la personne qui vous a envoyé l’invitation.")
