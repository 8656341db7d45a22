"""What agents write in files, for the readers each note is for."""

from collections.abc import Iterable
from random import Random

from arrimage.accounts.rights import Actor
from arrimage.casework import actions as casework
from arrimage.casework.actions.notes import NoteContent, keep_template
from arrimage.casework.enums import WITH_PARTNER, NoteVisibility
from arrimage.casework.models import Note, Referral
from arrimage.demo.doing.cases import Case, Errand
from arrimage.demo.planning.notes import TEMPLATES, PlannedNote, notes
from arrimage.foundation import clock
from arrimage.territory.models import Region

WITHDRAWN = 2  # notes a lead took from view
WHY = "Nomme une tierce personne qui n’est pas concernée (inventé)."


def write_notes(cases: Iterable[Case], errands: Iterable[Errand]) -> list[Note]:
    """Write the notes of those who have some; an organisation's only where it is with the person today."""
    with_partner: dict[int, Referral] = {}
    for errand in errands:
        if errand.referral and errand.status in WITH_PARTNER:
            with_partner.setdefault(errand.case.file.pk, errand.referral)
    # Somebody who took back a consent is told nothing more about.
    told = Referral.objects.filter(pk__in=[each.pk for each in with_partner.values()], consent_withdrawn_on=None)
    referrals = {referral.file_id: referral for referral in told}
    written: list[Note] = []
    for case in cases:
        referral = referrals.get(case.file.pk)
        readers = [reader for reader in NoteVisibility if referral or reader != NoteVisibility.PARTNER]
        random = Random(f"arrimage notes {case.file.person.uid}")
        written += [_write(case, planned, referral) for planned in notes(random, case.met_on, case.until, readers)]
    return written


def moderate(lead: Actor, author: Actor, written: Iterable[Note]) -> None:
    """Keep the templates of the lead's region, and take some of the notes an agent wrote for the team from view."""
    region = Region.objects.get(pk=lead.region_id or 0)
    for title, text in TEMPLATES.items():
        keep_template(lead, None, region=region, title=title, text=text)
    own = [note for note in written if note.author_id == author.user_id and note.visibility == NoteVisibility.TEAM]
    for note in sorted(own, key=lambda note: note.written_at)[-WITHDRAWN:]:
        casework.withdraw_note(lead, note, why=WHY)


def _write(case: Case, planned: PlannedNote, referral: Referral | None) -> Note:
    shared = referral if planned.visibility == NoteVisibility.PARTNER else None
    content = NoteContent(planned.text, planned.visibility, shared)
    written_at = min(clock.at(planned.on, 15, 20), clock.now())
    note = casework.write_note(case.agent, case.file, content, at=written_at)
    if planned.addition:
        casework.add_to_note(case.agent, note, planned.addition)
    return note
