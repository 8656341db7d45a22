"""The kinds of records whose history has a page: who opens it, what it tells, what may be put back.

The only table of it. A kind is opened by whoever holds one of its rights and sees the record (`visible`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.queries import role_grants_visible_to, users_visible_to
from arrimage.accounts.restoring import Field, Restorable
from arrimage.accounts.rights import Actor
from arrimage.agreements import queries as agreements
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.casework import queries as casework
from arrimage.casework.models import Assessment, Closing, Document, File, FollowUp, Need, Note, Plan, Referral, Step
from arrimage.directory.models import (
    Contact,
    CostOption,
    EligibilityRule,
    Organisation,
    RequiredDocument,
    Schedule,
    Service,
    ServiceClosure,
    ServiceJoining,
)
from arrimage.directory.queries import organisations_visible_to, services_visible_to
from arrimage.employers.models import Accompaniment, Employer
from arrimage.employers.queries import accompaniments_visible_to, employers_visible_to
from arrimage.foundation.writing import write_date, write_money
from arrimage.people.models import (
    FrenchLevel,
    Household,
    Member,
    Person,
    PersonIdentifier,
    PersonLanguage,
    PersonName,
    PersonOccupation,
    PersonStatus,
    Schooling,
)
from arrimage.people.queries import households_visible_to, persons_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.staff.history import restorable

HIDDEN = frozenset({"password", "last_login", "attachment", "sealed", "digest"})
ALSO = frozenset({"invited_at"})  # not edited by hand, and told all the same


@dataclass(frozen=True)
class Kind:
    """One kind of record: `page` is the address of a record's own page, or nothing; `parts` are the kinds told in the
    same story, by the path that leads from one of theirs to the record (without `rights`, a kind is told there alone);
    `about` says whose file or person it shows."""

    slug: str
    model: type[Model]
    rights: frozenset[Right]
    visible: Callable[[Actor], QuerySet[Any]]
    page: Callable[[Actor, Any], str] = lambda _actor, _record: ""
    name: Callable[[Any], str] = str
    related: tuple[str, ...] = ()
    restorable: Restorable[Any] | None = None
    parts: dict[str, str] = field(default_factory=dict)
    about: Callable[[Any], File | Person] | None = None
    object_kind: ObjectKind | None = None

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Return the fields that are told, by the name of their column."""
        return {
            str(one.column): one
            for one in self.model._meta.concrete_fields
            if (one.editable or one.name in ALSO) and not one.primary_key and one.name not in HIDDEN
        }

    def seen_by(self, actor: Actor) -> QuerySet[Any]:
        """Return the records whose history `actor` may open."""
        if not any(actor.may(right) for right in self.rights):
            return self.model._default_manager.none()
        return self.visible(actor).select_related(*self.related)

    def restored_by(self, actor: Actor, record: Any, name: str) -> bool:
        """Say whether `actor` may put past values of that field back on `record`, as it is now."""
        rule = self.restorable
        return rule is not None and name in rule.fields and rule.allows(actor, record) and not rule.closed(record)


def _to(name: str) -> Callable[[Actor, Any], str]:
    return lambda _actor, record: reverse(name, args=[record.uid])


def _to_file(_actor: Actor, record: Any) -> str:
    return reverse("staff:file", args=[record.file.uid])


def _to_person(actor: Actor, person: Person) -> str:
    if actor.may(Right.ACCOMPANY):
        return reverse("staff:person", args=[person.uid])
    return f"{reverse('staff:readings')}?person={person.uid}" if actor.may(Right.MANAGE_PRIVACY) else ""


def _persons(actor: Actor) -> QuerySet[Person]:
    """Return the persons `actor` may name, and those whose files they accompany, wherever they were recorded first."""
    accompanied = casework.files_visible_to(actor).values("person")
    return Person.objects.filter(Q(pk__in=persons_visible_to(actor).values("pk")) | Q(pk__in=accompanied))


def _of_file(record: Any) -> File:
    return record.file


ACCOMPANY = frozenset({Right.ACCOMPANY})
AGREEMENTS = frozenset({Right.SEE_AGREEMENTS})
EMPLOYERS = frozenset({Right.SEE_EMPLOYERS})
DIRECTORY = frozenset({Right.SEE_DIRECTORY})
ACCOUNTS = frozenset({Right.MANAGE_ACCOUNTS})
FILE = ("file__person",)


def _hanging(
    slug: str,
    model: type[Model],
    visible: Callable[[Actor], QuerySet[Any]],
    object_kind: ObjectKind,
    rule: Restorable[Any] | None = None,
    name: Callable[[Any], str] = str,
    related: tuple[str, ...] = (),
    page: Callable[[Actor, Any], str] = _to_file,
    parts: dict[str, str] | None = None,
) -> Kind:
    """Return a kind of what hangs on a file."""
    return Kind(
        slug, model, ACCOMPANY, visible, page, name, (*FILE, *related), rule, parts or {}, _of_file, object_kind
    )


_OF_A_PERSON: dict[str, type[Model]] = {
    "nom": PersonName, "langue": PersonLanguage, "francais": FrenchLevel, "scolarite": Schooling,
    "metier": PersonOccupation, "statut": PersonStatus, "numero": PersonIdentifier,
}  # fmt: skip


def _of_person(slug: str, model: type[Model]) -> Kind:
    """Return a kind of what hangs on a person, told in their history."""
    return Kind(
        slug, model, ACCOMPANY, lambda actor: model._default_manager.filter(person__in=_persons(actor).values("pk")),
        lambda actor, one: _to_person(actor, one.person), related=("person",), about=lambda one: one.person,
        object_kind=ObjectKind.PERSON,
    )  # fmt: skip


PartOfService = ServiceClosure | Schedule | CostOption | RequiredDocument | EligibilityRule | Contact
_OF_A_SERVICE: dict[str, type[PartOfService]] = {
    "fermeture-de-service": ServiceClosure, "horaire": Schedule, "cout": CostOption,
    "document-a-apporter": RequiredDocument, "regle": EligibilityRule, "contact-du-repertoire": Contact,
}  # fmt: skip


def _of_service(slug: str, model: type[PartOfService]) -> Kind:
    """Return a kind of what hangs on a service, told in its history."""
    return Kind(
        slug, model, frozenset(),
        lambda actor: model._default_manager.filter(service__in=services_visible_to(actor).values("pk")),
    )  # fmt: skip


def _members(actor: Actor) -> QuerySet[Member]:
    return Member.objects.filter(household__in=households_visible_to(actor).values("pk"))


KINDS = {
    kind.slug: kind
    for kind in (
        # --- Persons and their files
        Kind(
            "dossier", File, ACCOMPANY, casework.files_visible_to, _to("staff:file"),
            related=("person",), restorable=restorable.FILE, about=lambda file: file, object_kind=ObjectKind.FILE,
            parts={
                "personne": "files", "besoin": "file", "evaluation": "file", "plan": "file", "demarche": "file",
                "orientation": "file", "suivi": "file", "document": "file", "fermeture": "file",
            },
        ),
        Kind(
            "personne", Person, frozenset({Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY}), _persons,
            _to_person, restorable=restorable.PERSON, about=lambda person: person, object_kind=ObjectKind.PERSON,
            parts={slug: "person" for slug in _OF_A_PERSON},
        ),
        *(_of_person(slug, model) for slug, model in _OF_A_PERSON.items()),
        Kind(
            "menage", Household, ACCOMPANY, households_visible_to, _to("staff:household"),
            parts={"membre": "household"},
            about=lambda household: household.members.order_by("pk").first(), object_kind=ObjectKind.HOUSEHOLD,
        ),
        Kind("membre", Member, frozenset(), _members, related=("person",), name=lambda one: str(one.person)),
        _hanging("besoin", Need, casework.needs_visible_to, ObjectKind.NEED, restorable.NEED),
        _hanging(
            "evaluation", Assessment, casework.assessments_visible_to, ObjectKind.ASSESSMENT,
            name=lambda one: write_date(one.started_at),
        ),
        _hanging(
            "plan", Plan, casework.plans_visible_to, ObjectKind.PLAN,
            name=lambda plan: write_date(plan.drafted_on), parts={"demarche": "plan"},
            page=lambda _actor, plan: reverse("staff:plan", args=[plan.file.uid]),
        ),
        _hanging("demarche", Step, casework.steps_visible_to, ObjectKind.STEP, restorable.STEP),
        _hanging(
            "orientation", Referral, casework.referrals_visible_to, ObjectKind.REFERRAL,
            name=lambda referral: referral.service.name, related=("service",), page=_to("staff:referral"),
        ),
        _hanging(
            "suivi", FollowUp, casework.follow_ups_visible_to, ObjectKind.FOLLOW_UP, restorable.FOLLOW_UP,
            name=lambda one: write_date(one.happened_on),
        ),
        _hanging(
            "note", Note, casework.notes_visible_to, ObjectKind.NOTE,
            name=lambda one: write_date(one.written_at), page=_to("staff:note"),
        ),
        _hanging(
            "fermeture", Closing, casework.closings_visible_to, ObjectKind.FILE,
            name=lambda one: write_date(one.closed_on),
        ),
        _hanging("document", Document, casework.documents_visible_to, ObjectKind.DOCUMENT, restorable.DOCUMENT),
        # --- The directory
        Kind(
            "organisme", Organisation, DIRECTORY, organisations_visible_to, _to("staff:organisation"),
            restorable=restorable.ORGANISATION,
        ),
        Kind(
            "service", Service, DIRECTORY, services_visible_to, _to("staff:service"), related=("organisation",),
            restorable=restorable.SERVICE, parts={slug: "service" for slug in _OF_A_SERVICE} | {"jonction": "kept"},
        ),
        Kind(
            "jonction", ServiceJoining, frozenset(),
            lambda actor: ServiceJoining.objects.filter(kept__in=services_visible_to(actor).values("pk")),
        ),
        *(_of_service(slug, model) for slug, model in _OF_A_SERVICE.items()),
        # --- Agreements and local actions
        Kind(
            "entente", Agreement, AGREEMENTS, agreements.agreements_visible_to, _to("staff:agreement"),
            restorable=restorable.AGREEMENT, parts={"versement": "agreement", "livrable": "agreement"},
        ),
        Kind(
            "versement", Instalment, AGREEMENTS, agreements.instalments_visible_to,
            lambda _actor, one: reverse("staff:agreement", args=[one.agreement.uid]),
            name=lambda one: _("%(rank)s, %(amount)s") % {"rank": one.sequence, "amount": write_money(one.amount)},
            related=("agreement",), restorable=restorable.INSTALMENT,
        ),
        Kind(
            "livrable", Deliverable, AGREEMENTS, agreements.deliverables_visible_to, _to("staff:deliverable"),
            related=("agreement",), restorable=restorable.DELIVERABLE,
        ),
        Kind(
            "action-locale", LocalAction, AGREEMENTS, agreements.local_actions_visible_to, _to("staff:local_action"),
            restorable=restorable.LOCAL_ACTION,
        ),
        # --- Employers
        Kind(
            "employeur", Employer, EMPLOYERS, employers_visible_to, _to("staff:employer"),
            restorable=restorable.EMPLOYER, parts={"accompagnement": "employer"},
        ),
        Kind(
            "accompagnement", Accompaniment, EMPLOYERS, accompaniments_visible_to,
            lambda _actor, one: reverse("staff:employer", args=[one.employer.uid]),
            name=lambda one: str(one.get_subject_display()), related=("employer",),
            restorable=restorable.ACCOMPANIMENT,
        ),
        # --- Accounts
        Kind("compte", User, ACCOUNTS, users_visible_to, _to("staff:account"), parts={"role": "user"}),
        Kind(
            "role", RoleGrant, ACCOUNTS, role_grants_visible_to,
            lambda _actor, grant: reverse("staff:account", args=[grant.user.uid]),
            name=lambda grant: str(grant.get_role_display()), related=("user",),
        ),
    )
}  # fmt: skip
RIGHTS = frozenset(right for kind in KINDS.values() for right in kind.rights)
