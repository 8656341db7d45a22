"""The address of the link by which an organisation answers one referral, and what it opens.

The address holds the link's uid, signed: a forged or altered one is refused before anything is looked for. What it is
worth is read in the database each time: nothing, once the referral is answered or its time over.
"""

from django.conf import settings
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, system_actor
from arrimage.accounts.signed_links import token_for, uid_in
from arrimage.casework.models import ReferralLink

SALT = "casework.referral_link"
BY_LINK = " (lien)"  # ends the name of an organisation that answers without an account


def token_of(link: ReferralLink) -> str:
    """Return the signed text that names a link in its address."""
    return token_for(link.uid, purpose=SALT)


def address_of_link(link: ReferralLink) -> str:
    """Return the whole address of a link, as a letter gives it."""
    return f"{settings.SITE_ADDRESS}{reverse('referral_link', args=[token_of(link)])}"


def link_of(token: str) -> ReferralLink | None:
    """Return the link a token names, with its referral and service; None for one that was not made here."""
    uid = uid_in(token, purpose=SALT)
    if uid is None:
        return None
    with acting_as(system_actor("lien")):
        links = ReferralLink.objects.select_related("referral__service", "referral__organisation", "referral__region")
        return links.filter(uid=uid).first()


def holder_of(link: ReferralLink) -> Actor:
    """Return the actor that somebody who came by a link and gave its code is: they reach that referral alone."""
    referral = link.referral
    return Actor(
        user_id=None,
        name=f"{referral.organisation.name}{BY_LINK}",
        role=None,
        region_id=referral.region_id,
        region_code=referral.region.code,
        scope_id=referral.organisation_id,
        link_id=referral.pk,
        extra_rights=frozenset({Right.ANSWER_REFERRALS}),
    )
