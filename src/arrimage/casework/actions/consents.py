"""What a consent taken back, or given again, does to the referrals it covered."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.actions.referral_changes import Answer, advance, give_back, record_changes
from arrimage.casework.enums import NOT_MET_YET, WITH_PARTNER, ReferralStatus
from arrimage.casework.models import ConsentNotice, Referral
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed
from arrimage.foundation.writes import update_rows


@action
def end_without_consent(actor: Actor, referrals: Sequence[Referral], *, on: date) -> list[ConsentNotice]:
    """Cancel the referrals that have not begun, flag the others, and write down what each organisation is told.

    It follows from a consent taken back by somebody who had the right to: no right is checked again.
    """
    pending = [each for each in referrals if each.status in NOT_MET_YET]
    under_way = [each for each in referrals if each.status not in NOT_MET_YET]
    reason = _("La personne a retiré son consentement.")

    def cancel(referral: Referral, item: Answer) -> None:
        referral.ended_on = referral.consent_withdrawn_on = on

    cancelled = advance(
        actor,
        [Answer(each, note=reason) for each in pending],
        ReferralStatus.CANCELLED,
        cancel,
        by_partner=False,
        follows=True,
    )
    give_back(cancelled)
    for referral in under_way:
        referral.consent_withdrawn_on = on
    update_rows(Referral, under_way, ["consent_withdrawn_on"])
    words = _("La personne a retiré son consentement : ses renseignements ne doivent plus être communiqués.")
    record_changes(actor, [(each, ReferralStatus(each.status), words) for each in under_way])
    return ConsentNotice.objects.bulk_create([_notice(each, on) for each in [*cancelled, *under_way]])


@action
def resume_with_consent(actor: Actor, referrals: Sequence[Referral]) -> None:
    """Take the flag off referrals under way whose person has consented again."""
    for referral in referrals:
        referral.consent_withdrawn_on = None
    update_rows(Referral, referrals, ["consent_withdrawn_on"])
    words = _("La personne a de nouveau consenti.")
    record_changes(actor, [(each, ReferralStatus(each.status), words) for each in referrals])
    ConsentNotice.objects.filter(referral__in=referrals, confirmed_on__isnull=True).update(confirmed_on=clock.today())


@action
def confirm_notices(actor: Actor, notices: Sequence[ConsentNotice]) -> None:
    """The organisation says that it no longer uses what it was told of these persons."""
    require(actor, Right.ANSWER_REFERRALS)
    for notice in notices:
        if notice.organisation_id != actor.scope_id:
            raise NotAllowed(_("Cet avis a été envoyé à un autre organisme."))
        if notice.confirmed_on is not None:
            raise Conflict(_("Cet avis est déjà confirmé."))
        notice.confirmed_on, notice.confirmed_by_id = clock.today(), actor.user_id
    update_rows(ConsentNotice, notices, ["confirmed_on", "confirmed_by"])


def _notice(referral: Referral, on: date) -> ConsentNotice:
    return ConsentNotice(
        referral=referral,
        region_id=referral.region_id,
        organisation_id=referral.organisation_id,
        service_id=referral.service_id,
        sent_on=referral.sent_on or on,
        withdrawn_on=on,
        is_cancelled=referral.status not in WITH_PARTNER,
    )
