"""The accounts of the demonstration, and the sign-ins printed at its start."""

import os

from django.db.models import Exists, OuterRef

from arrimage.accounts.actions import NewAccount, NewGrant, create_accounts, give_access, grant_roles
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor, actor_of, system_actor
from arrimage.casework.enums import ReferralStatus
from arrimage.casework.models import Referral
from arrimage.demo.names import staff_name
from arrimage.demo.tables.organisations import PARTNERS, partner_name
from arrimage.demo.tables.staff import DOMAIN
from arrimage.directory.models import Organisation, OrganisationMember
from arrimage.employers.models import Employer, EmployerMember
from arrimage.foundation import clock
from arrimage.foundation.writes import update_rows
from arrimage.people.models import PersonAccount
from arrimage.scheduling.enums import AppointmentStatus
from arrimage.scheduling.models import Attendance

# What each sign-in shows, in the order they are printed.
SIGN_INS = {
    "accueil": "accueil à l’aéroport",
    "agente": "agente d’intégration",
    "equipe2": "chef ou cheffe d’équipe",
    "conseiller": "conseiller en immigration régionale",
    "direction": "direction régionale",
    "vieprivee": "protection des renseignements personnels",
    "analyse": "analyste du ministère",
    "admin": "administration des comptes",
    "organisme": "organisme partenaire",
    "employeur": "employeur",
    "personne": "personne immigrante",
}


def password() -> str:
    """Return the password of every demonstration sign-in (`ARRIMAGE_DEMO_PASSWORD`)."""
    return os.environ.get("ARRIMAGE_DEMO_PASSWORD", "fleuve-et-erable")


def actor_for(email: str) -> Actor:
    """Return the staff member of that address, in their role."""
    return actor_of(RoleGrant.objects.select_related("user", "region").get(user__email=f"{email}@{DOMAIN}"))


def open_installation() -> Actor:
    """Open the first account, the administrator's; every other account is opened by them."""
    installation = system_actor("installation", Right.MANAGE_ACCOUNTS)
    [user] = create_accounts(installation, [NewAccount(f"admin@{DOMAIN}", staff_name(900))])
    [grant] = grant_roles(installation, [NewGrant(user, Role.ADMINISTRATOR)])
    return actor_of(grant)


def open_partner_accounts(administrator: Actor) -> None:
    """Give each partner organisation a worker, and the first one a manager."""
    emails = ["organisme", *(f"organisme{rank:02}" for rank in range(2, PARTNERS + 1))]
    users = create_accounts(
        administrator,
        [NewAccount(f"{email}@{DOMAIN}", staff_name(300 + rank)) for rank, email in enumerate(emails)],
    )
    organisations = {organisation.name: organisation for organisation in Organisation.objects.filter(region__code="06")}
    give_access(
        administrator,
        [
            OrganisationMember(
                user=user,
                organisation=organisations[partner_name(rank)],
                role=Role.PARTNER_WORKER if rank else Role.PARTNER_MANAGER,
            )
            for rank, user in enumerate(users)
        ],
    )


def open_employer_account(administrator: Actor) -> None:
    [user] = create_accounts(administrator, [NewAccount(f"employeur@{DOMAIN}", staff_name(400))])
    employer = Employer.objects.get(email=f"employeur@{DOMAIN}")
    give_access(administrator, [EmployerMember(user=user, employer=employer, role=Role.EMPLOYER_ADMINISTRATOR)])


def open_person_account(administrator: Actor) -> PersonAccount:
    """Give one Spanish-speaking person, whose service has begun and who has an appointment, access to their file."""
    coming = Attendance.objects.filter(
        person=OuterRef("file__person"),
        appointment__status=AppointmentStatus.BOOKED,
        appointment__starts_at__gte=clock.now(),
    )
    referral = (
        Referral.objects.filter(status=ReferralStatus.STARTED, file__person__preferred_language="es")
        .select_related("file__person")
        .order_by(Exists(coming).desc(), "pk")
        .first()
    )
    if referral is None:
        raise LookupError("the demonstration has no Spanish-speaking person whose service has begun")
    person = referral.file.person
    [user] = create_accounts(administrator, [NewAccount(f"personne@{DOMAIN}", person.full_name)])
    account = PersonAccount(user=user, person=person, role=Role.NEWCOMER)
    give_access(administrator, [account])
    return account


def set_passwords() -> None:
    """Give the printed sign-ins their password; nobody else of the demonstration can sign in."""
    users = list(User.objects.filter(email__in=[f"{name}@{DOMAIN}" for name in SIGN_INS]))
    if len(users) != len(SIGN_INS):
        raise LookupError("a printed sign-in has no account")
    users[0].set_password(password())
    for user in users:
        user.password = users[0].password
    update_rows(User, users, ["password"])
