"""A person's own copy of everything held about them (A-2.1, ss. 83 and 84): a structured archive and a readable PDF."""

import io
import zipfile

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from arrimage.accounts.context import acting_as, current, elevated
from arrimage.accounts.enums import Right, Role
from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import NotAllowed
from arrimage.people.models import Person
from arrimage.privacy.journal.enums import Basis, ObjectKind, What
from arrimage.privacy.journal.writing import Seen, write_readings
from arrimage.privacy.portability import formats
from arrimage.privacy.portability.collecting import Collected, collect


def build_archive(actor: Actor, person: Person) -> bytes:
    """Return the archive (ZIP) of what is held about `person`, for who protects the information or the person alone.

    `data.json` and its schema, a CSV a table, `dossier.pdf`, the documents. The read journal says that it was made.
    Raises `NotAllowed`.
    """
    require_own_or_privacy(actor, person)
    # It reads across the rooms and regions, where neither may look: what is handed out is the person's own.
    with acting_as(actor), elevated(), override("fr"):
        _tell_the_journal(actor, person)
        return pack(collect(Person.objects.get(pk=person.pk)))


def _tell_the_journal(actor: Actor, person: Person) -> None:
    own = actor.role == Role.NEWCOMER
    context = current()
    write_readings(
        actor,
        [
            Seen(
                what=What.EXPORTED,
                kind=ObjectKind.PERSON,
                basis=Basis.OWN_RECORD if own else Basis.PROTECTION,
                person_id=person.pk,
                region_id=person.region_id,
            )
        ],
        address=context.address if context else "",
    )


def require_own_or_privacy(actor: Actor, person: Person) -> None:
    """Raise `NotAllowed` unless `actor` is the person, or protects the information of the person's region."""
    if actor.role == Role.NEWCOMER and actor.scope_id == person.pk:
        return
    if actor.may(Right.MANAGE_PRIVACY) and actor.covers_region(person.region_id):
        return
    raise NotAllowed(_("Seule la personne, ou qui protège les renseignements, peut obtenir cette copie."))


def pack(collected: Collected) -> bytes:
    """Return the files of the archive, in one ZIP."""
    parts = {
        "LISEZ-MOI.txt": formats.readme(collected),
        "dossier.pdf": formats.to_document(collected),
        "data.json": formats.to_json(collected),
        "data.schema.json": formats.schema(),
        **{f"tables/{table.name}.csv": formats.to_csv(table) for table in collected.tables if table.rows},
        **dict(collected.files),
    }
    moment = timezone.localtime(collected.made_at)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            information = zipfile.ZipInfo(name, moment.timetuple()[:6])
            information.compress_type = zipfile.ZIP_DEFLATED
            information.external_attr = 0o600 << 16
            archive.writestr(information, content)
    return out.getvalue()
