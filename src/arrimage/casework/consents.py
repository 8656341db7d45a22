"""What casework does when it hears of consents: privacy, a floor below, knows no referral (`consents.signals`)."""

from collections.abc import Iterable
from typing import Any

from arrimage.accounts.context import elevated
from arrimage.accounts.mail import send_on_commit
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.consents import end_without_consent, resume_with_consent
from arrimage.casework.enums import WITH_PARTNER
from arrimage.casework.models import ConsentNotice, Referral
from arrimage.foundation import clock
from arrimage.privacy.consents.enums import COVERS_REFERRALS
from arrimage.privacy.consents.queries import Sharing, covering
from arrimage.privacy.consents.signals import Change, consent_given, consent_withdrawn


def listen() -> None:
    consent_withdrawn.connect(end_what_is_no_longer_covered, dispatch_uid="casework.consents")
    consent_given.connect(resume_what_is_covered_again, dispatch_uid="casework.consents")


def end_what_is_no_longer_covered(sender: Any, *, actor: Actor, changes: list[Change], **_: Any) -> None:
    """Cancel the referrals no consent covers any more, flag those under way, tell the organisations."""
    with elevated():  # the person, or the airport's agent, reaches neither the referral nor the need
        lost: dict[Change, list[Referral]] = {}
        for change, referral in _concerned(changes):
            if referral.consent_withdrawn_on is None:
                lost.setdefault(change, []).append(referral)
        covered = covering({_sharing(each, change) for change, rows in lost.items() for each in rows})
        done: set[int] = set()
        for change, rows in lost.items():
            uncovered = [each for each in rows if each.pk not in done and _sharing(each, change) not in covered]
            done |= {each.pk for each in uncovered}
            if uncovered:
                tell(end_without_consent(actor, uncovered, on=change.on))


def resume_what_is_covered_again(sender: Any, *, actor: Actor, changes: list[Change], **_: Any) -> None:
    """Take the flag off the referrals under way that a consent covers again."""
    with elevated():
        flagged = {each.pk: (each, change) for change, each in _concerned(changes) if each.consent_withdrawn_on}
        if not flagged:
            return
        covered = covering({_sharing(each, change) for each, change in flagged.values()})
        again = [each for each, change in flagged.values() if _sharing(each, change) in covered]
        if again:
            resume_with_consent(actor, again)


def _concerned(changes: Iterable[Change]) -> list[tuple[Change, Referral]]:
    """Return the referrals held by partners that each change speaks of. One query."""
    wanted = [change for change in changes if change.purpose in COVERS_REFERRALS]
    if not wanted:
        return []
    changes_of: dict[tuple[int, int], list[Change]] = {}
    for change in wanted:
        changes_of.setdefault((change.person_id, change.region_id), []).append(change)
    referrals = (
        Referral.objects.filter(
            file__person__in={person for person, _region in changes_of},
            region__in={region for _person, region in changes_of},
            status__in=WITH_PARTNER,
        )
        .select_related("file", "service", "organisation")
        .order_by("pk")
    )
    return [
        (change, referral)
        for referral in referrals
        for change in changes_of.get((referral.file.person_id, referral.region_id), ())
        if change.organisation_id in (None, referral.organisation_id)
    ]


def _sharing(referral: Referral, change: Change) -> Sharing:
    return Sharing(change.person_id, change.region_id, referral.organisation_id, max(change.on, clock.today()))


# --- Telling the organisation ---------------------------------------------------------------------------------------
def tell(notices: Iterable[ConsentNotice]) -> None:
    """Write to each service's address, once all is saved: which service, which day; never who."""
    for notice in notices:
        service = notice.referral.service
        address = service.contact_email or notice.referral.organisation.email
        if address:
            context = {"service": service.name, "sent_on": notice.sent_on, "is_cancelled": notice.is_cancelled}
            send_on_commit("consent_withdrawn", address, "fr", context)
