"""What may be put back on each kind of record: by which right, through which action. States, keys and money already
released never are."""

from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.enums import Right
from arrimage.accounts.models import User
from arrimage.accounts.restoring import Restorable, write_plainly
from arrimage.accounts.rights import Actor, require
from arrimage.agreements.actions import (
    LocalActionChange,
    edit_agreements,
    edit_deliverables,
    edit_instalments,
    edit_local_actions,
)
from arrimage.agreements.enums import AgreementStatus, InstalmentStatus
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction
from arrimage.casework.actions import assign_files, edit_step
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import OPEN_STEPS, FileStatus
from arrimage.casework.models import Document, File, FollowUp, Need, Step
from arrimage.casework.queries import files_visible_to
from arrimage.directory.actions import ServiceChange, edit_organisations, edit_services
from arrimage.directory.models import Organisation, Service
from arrimage.employers.actions import AccompanimentChange, edit_accompaniments, edit_employers
from arrimage.employers.enums import ENDED
from arrimage.employers.models import Accompaniment, Employer
from arrimage.foundation.changes import Change, apply_changes, copy_with
from arrimage.foundation.errors import InvalidInput, NotAllowed
from arrimage.people.models import Person
from arrimage.people.queries import persons_visible_to

ACCOMPANY = frozenset({Right.ACCOMPANY})
MANAGE_AGREEMENTS = frozenset({Right.MANAGE_AGREEMENTS})
Values = dict[str, Any]


def _region_of(record: Any) -> int:
    return int(record.region_id)


OnFile = Need | FollowUp | Document


# --- Persons and their files ----------------------------------------------------------------------------------------
def _write_person(actor: Actor, person: Person, values: Values) -> object:
    region_holds = persons_visible_to(actor).filter(pk=person.pk).exists()
    if not region_holds and not files_visible_to(actor).filter(person=person).exists():
        raise NotAllowed(_("Cette personne n’est pas parmi celles que vous accompagnez."))
    wanted = copy_with(person, values)
    if not wanted.full_name:
        raise InvalidInput(_("Une personne garde au moins un nom."))
    wanted.fill_search_key()
    change = Change(person, {**values, "search_key": wanted.search_key}, version=person.version)
    return apply_changes(Person, [change])


def _assign(actor: Actor, file: File, values: Values) -> object:
    require(actor, Right.ASSIGN_FILES, region_id=file.region_id)
    agent = User.objects.filter(pk=values["agent_id"]).first()
    if agent is None:
        raise InvalidInput(_("Un dossier attribué ne redevient pas sans agente ou agent : attribuez-le à quelqu’un."))
    return assign_files(actor, [file], agent)


def _of_open_file(actor: Actor, record: OnFile) -> None:
    require_open_files(actor, [record.file])


def _closed_file(record: OnFile | Step) -> str:
    return "" if record.file.status == FileStatus.ACTIVE else _("Ce dossier est fermé : rien n’y change plus.")


def _closed_step(step: Step) -> str:
    return _closed_file(step) or ("" if step.status in OPEN_STEPS else _("Cette démarche n’est plus en cours."))


def _write_step(actor: Actor, step: Step, values: Values) -> object:
    kept = {name: getattr(step, name) for name in ("title", "owner", "due_on", "service", "language")}
    return edit_step(actor, step, version=step.version, **{**kept, **values})


PERSON = Restorable[Person](
    rights=frozenset({Right.ACCOMPANY, Right.RECEIVE_ARRIVALS}),
    fields=frozenset(
        {
            "given_name",
            "family_name",
            "original_name",
            "birth_date",
            "birth_precision",
            "gender",
            "birth_country",
            "preferred_language",
            "email",
            "phone",
        }
    ),
    write=_write_person,
)
FILE = Restorable[File](
    region=_region_of,
    rights=frozenset({Right.ASSIGN_FILES}),
    fields=frozenset({"agent"}),
    write=_assign,
    closed=lambda file: "" if file.status == FileStatus.ACTIVE else _("Ce dossier est fermé : rien n’y change plus."),
)
NEED = Restorable[Need](ACCOMPANY, frozenset({"label", "priority"}), write_plainly(_of_open_file), _closed_file)
STEP = Restorable[Step](ACCOMPANY, frozenset({"title", "owner", "due_on"}), _write_step, _closed_step)
FOLLOW_UP = Restorable[FollowUp](
    ACCOMPANY, frozenset({"happened_on", "channel", "reached", "note"}), write_plainly(_of_open_file), _closed_file
)
DOCUMENT = Restorable[Document](ACCOMPANY, frozenset({"title", "kind"}), write_plainly(_of_open_file), _closed_file)


# --- The directory, agreements, employers ---------------------------------------------------------------------------
def _closed_agreement(agreement: Agreement) -> str:
    if agreement.status in (AgreementStatus.CLOSED, AgreementStatus.ANNULLED):
        return _("Cette entente est fermée ou annulée : plus rien n’y change.")
    return ""


def _closed_instalment(instalment: Instalment) -> str:
    if instalment.status == InstalmentStatus.RELEASED:
        return _("Cet argent est déjà versé : le versement ne change plus.")
    return _closed_agreement(instalment.agreement)


def _closed_accompaniment(accompaniment: Accompaniment) -> str:
    return _("Cet accompagnement est terminé.") if accompaniment.status in ENDED else ""


def _write_local_action(actor: Actor, record: LocalAction, values: Values) -> object:
    return edit_local_actions(actor, [LocalActionChange(record, values, version=record.version)])


ORGANISATION = Restorable[Organisation](
    region=_region_of,
    rights=frozenset({Right.MANAGE_DIRECTORY}),
    fields=frozenset({"name", "kind", "municipality", "address", "place", "email", "phone", "website"}),
    write=lambda actor, record, values: edit_organisations(actor, [Change(record, values, version=record.version)]),
)
SERVICE = Restorable[Service](
    region=lambda service: service.organisation.region_id,
    rights=frozenset({Right.MANAGE_DIRECTORY}),
    fields=frozenset(
        {
            "name",
            "description",
            "languages",
            "modes",
            "referrers",
            "contact_email",
            "delay_days",
            "is_offered",
            "closure",
        }
        | {"application_process", "fees_description", "eligibility_description", "minimum_age", "maximum_age", "alert"}
    ),
    write=lambda actor, record, values: edit_services(actor, [ServiceChange(record, values, version=record.version)]),
)
AGREEMENT = Restorable[Agreement](
    region=_region_of,
    rights=MANAGE_AGREEMENTS,
    fields=frozenset({"title", "starts_on", "ends_on", "committed", "matched", "stream", "advisor"}),
    write=lambda actor, record, values: edit_agreements(actor, [Change(record, values, version=record.version)]),
    closed=_closed_agreement,
)
INSTALMENT = Restorable[Instalment](
    region=_region_of,
    rights=MANAGE_AGREEMENTS,
    fields=frozenset({"amount", "due_on", "condition"}),
    write=lambda actor, record, values: edit_instalments(actor, [Change(record, values, version=record.version)]),
    closed=_closed_instalment,
)
DELIVERABLE = Restorable[Deliverable](
    region=_region_of,
    rights=MANAGE_AGREEMENTS,
    fields=frozenset({"label", "target"}),
    write=lambda actor, record, values: edit_deliverables(actor, [Change(record, values, version=record.version)]),
    closed=lambda deliverable: _closed_agreement(deliverable.agreement),
)
LOCAL_ACTION = Restorable[LocalAction](
    region=_region_of,
    rights=MANAGE_AGREEMENTS,
    fields=frozenset({"title", "happens_on", "place", "participants", "agreement"}),
    write=_write_local_action,
)
EMPLOYER = Restorable[Employer](
    region=_region_of,
    rights=frozenset({Right.MANAGE_EMPLOYERS}),
    fields=frozenset({"name", "email", "phone", "contact_name", "sector", "employee_count", "address", "place"}),
    write=lambda actor, record, values: edit_employers(actor, [Change(record, values, version=record.version)]),
)
ACCOMPANIMENT = Restorable[Accompaniment](
    region=_region_of,
    rights=frozenset({Right.MANAGE_EMPLOYERS}),
    fields=frozenset({"subject", "request"}),
    write=lambda actor, record, values: edit_accompaniments(
        actor, [AccompanimentChange(record, values, version=record.version)]
    ),
    closed=_closed_accompaniment,
)
