"""The consents of the demonstration: most say yes to most things, some for a shorter time, a few change their minds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.casework.actions.referrals import NewReferral, sharing
from arrimage.casework.models import File
from arrimage.directory.models import Organisation
from arrimage.people.models import Person
from arrimage.privacy.consents.actions import NewConsent, NewRefusal, give, refuse, withdraw
from arrimage.privacy.consents.enums import Purpose
from arrimage.privacy.consents.models import Consent
from arrimage.privacy.consents.queries import covering

SAY_YES = {Purpose.ACCOMPANIMENT: 1.0, Purpose.PLAN_REFERRALS: 0.85, Purpose.CONTACT: 0.8, Purpose.FOLLOW_UP: 0.6}
FOR_A_SHORTER_TIME = 0.08
LATELY = 300  # days: of an older consent, little is left to shorten


def first_consents(file: File, day: date, today: date) -> list[NewConsent]:
    """Return what a person says at the first appointment; always the same for the same person."""
    random = Random(f"arrimage consents {file.person.uid}")
    ends_soon = None
    if random.random() < FOR_A_SHORTER_TIME and (today - day).days < LATELY:
        ends_soon = today + timedelta(days=random.randrange(4, 28))
    return [
        _said(file.person, file.region_id, purpose, day, until=ends_soon if purpose == Purpose.PLAN_REFERRALS else None)
        for purpose, chance in SAY_YES.items()
        if random.random() < chance
    ]


def allow(agent: Actor, items: Sequence[NewReferral], said_on: Mapping[int, date]) -> None:
    """Take the consent for one organisation of those who gave none for all those of their plan.

    They said it at the first appointment, whose day is `said_on` by key of file.
    """
    wanted = {sharing(item.need, item.service, item.on): item for item in items}
    covered = covering(wanted)
    missing = {
        (item.need.file_id, item.service.organisation_id): item
        for needed, item in wanted.items()
        if needed not in covered
    }
    give(
        agent,
        [
            NewConsent(
                item.need.file.person,
                item.need.region_id,
                Purpose.REFERRAL,
                recipient=item.service.organisation,
                language=item.need.file.person.preferred_language,
                on=said_on[item.need.file_id],
            )
            for item in missing.values()
        ],
    )


def decline(agent: Actor, items: Sequence[tuple[File, Organisation]], on: date) -> None:
    """Write down organisations that persons do not want to be known to."""
    why = "Préfère qu’un organisme de son quartier ne soit pas informé (inventé)."
    refuse(agent, [NewRefusal(file.person, file.region_id, organisation, why, on) for file, organisation in items])


def general_consents(persons: Collection[int]) -> list[int]:
    """Return those of these persons who consented to be referred to the organisations of their plan."""
    consents = Consent.objects.filter(person__in=persons, purpose=Purpose.PLAN_REFERRALS, withdrawn_on__isnull=True)
    return list(consents.order_by("pk").values_list("person_id", flat=True))


def take_back(agent: Actor, files: Sequence[File]) -> None:
    """Let the persons of these files take back the consent their referrals rest on."""
    consents = Consent.objects.filter(
        person__in=[file.person_id for file in files], purpose=Purpose.PLAN_REFERRALS, withdrawn_on__isnull=True
    )
    withdraw(agent, list(consents.order_by("pk")), why="Ne souhaite plus être orientée (inventé).")


def _said(person: Person, region_id: int, purpose: Purpose, day: date, until: date | None) -> NewConsent:
    language = person.preferred_language
    return NewConsent(
        person,
        region_id,
        purpose,
        language=language,
        explained_language=language,
        explained_by="" if language == "fr" else "Interprète Démo",
        on=day,
        until=until,
    )
