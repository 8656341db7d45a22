"""Notes: who reads them, by the queries and by raw SQL; who writes, corrects, adds, withdraws."""

from datetime import timedelta

import pytest

from arrimage.accounts.context import Context
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.casework import actions
from arrimage.casework.actions.notes import NoteContent
from arrimage.casework.enums import NoteVisibility, ReferralStatus
from arrimage.casework.models import Note
from arrimage.casework.queries import notes_listed_for, notes_visible_to
from arrimage.casework.todo import Reason
from arrimage.casework.todo_reasons import waiting
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import changes_of
from tests import factories as f
from tests import roles
from tests.row_security.test_same_as_queries import rows_under

pytestmark = pytest.mark.django_db
V = NoteVisibility


@pytest.fixture
def point(db):
    return f.ServicePointFactory()


@pytest.fixture
def author(point):
    return f.actor(Role.INTEGRATION_AGENT, service_point=point)


@pytest.fixture
def file(author, point):
    """A file of the author's point, of another agent."""
    return f.FileFactory(service_point=point, agent=f.UserFactory())


def readers(file, point):
    """Everybody who might read a note of the file, by who they are."""
    other = f.ServicePointFactory()
    met = f.actor(Role.INTEGRATION_AGENT, service_point=other)
    start = clock.at(clock.today(), 9)
    f.AppointmentFactory(
        region=file.region, service_point=other, agent_id=met.user_id, persons=[file.person],
        starts_at=start, ends_at=start + timedelta(hours=1),
    )  # fmt: skip
    referral = f.ReferralFactory(file=file, sent=True)
    return {
        "own agent": actor_of(f.RoleGrantFactory(role=Role.INTEGRATION_AGENT, user=file.agent, service_point=other)),
        "colleague": f.actor(Role.INTEGRATION_AGENT, service_point=point),
        "met": met,
        "lead": f.actor(Role.TEAM_LEAD, service_point=point),
        "other lead": f.actor(Role.TEAM_LEAD, service_point=other),
        "elsewhere": f.actor(Role.TEAM_LEAD, "13"),
        "director": f.actor(Role.REGIONAL_DIRECTOR),
        "privacy": f.actor(Role.PRIVACY_OFFICER, None),
        "person": actor_of(f.PersonAccountFactory(person=file.person)),
        "other person": actor_of(f.PersonAccountFactory()),
        "partner": actor_of(f.OrganisationMemberFactory(organisation=referral.organisation)),
        "other partner": actor_of(f.OrganisationMemberFactory()),
    }, referral


STAFF = {"own agent", "colleague", "met", "lead", "other lead"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"visibility": V.TEAM}, {"own agent", "colleague", "lead", "other lead"}),
        ({"visibility": V.OFFICE}, STAFF),
        ({"visibility": V.PERSON}, STAFF | {"person"}),
        ({"visibility": V.PARTNER}, STAFF | {"partner"}),
        ({"visibility": V.SENSITIVE}, {"own agent", "lead"}),
        ({"visibility": V.SENSITIVE, "withdrawn": True}, {"lead"}),
        ({"visibility": V.PERSON, "withdrawn": True}, {"lead", "other lead"}),
        ({"visibility": V.PARTNER, "withdrawn": True}, {"lead", "other lead"}),
    ],
)
def test_who_reads_a_note_by_the_queries_and_by_raw_sql(file, point, author, fields, expected) -> None:
    everybody, referral = readers(file, point)
    partner = {"referral": referral} if fields["visibility"] == V.PARTNER else {}
    note = f.NoteFactory(file=file, author_id=author.user_id, **fields, **partner)
    assert notes_visible_to(author).get() == note
    assert {who for who, actor in everybody.items() if notes_visible_to(actor).exists()} == expected
    assert {who for who, actor in everybody.items() if rows_under(actor, "casework_note")} == expected


def test_a_sensitive_note_keeps_its_additions_and_its_history_apart(file, point, author) -> None:
    note = actions.write_note(author, file, NoteContent("Violence.", V.SENSITIVE))
    actions.add_to_note(author, note, "Appel à la maison d’hébergement.")
    Note.objects.filter(pk=note.pk).update(text="Violence conjugale.")
    colleague = f.actor(Role.INTEGRATION_AGENT, service_point=point)
    assert not rows_under(colleague, "casework_noteaddition")
    assert rows_under(author, "casework_noteaddition")
    for actor, seen in ((colleague, False), (author, True)):
        roles.say(Context(actor).settings())
        assert changes_of(note).exists() is seen
        roles.act_as_tests()
    assert not notes_listed_for(author).exists(), "not in lists, even for who may open it"


def test_a_partner_reads_a_note_only_while_the_referral_is_live(file, author) -> None:
    referral = f.ReferralFactory(file=file, started=True)
    actions.write_note(author, file, NoteContent("Préfère le soir.", V.PARTNER, referral))
    partner = actor_of(f.OrganisationMemberFactory(organisation=referral.organisation))
    assert rows_under(partner, "casework_note")
    referral.status, referral.ended_on = ReferralStatus.STOPPED, clock.today()
    referral.save()
    assert not rows_under(partner, "casework_note")
    assert not notes_visible_to(partner).exists()


def test_a_note_is_shared_only_with_an_organisation_that_has_the_person(file, author) -> None:
    elsewhere = f.ReferralFactory(sent=True)
    over = f.ReferralFactory(file=file, declined=True)
    told = f.ReferralFactory(file=file, started=True, consent_withdrawn_on=clock.today())
    for referral in (None, elsewhere, over, told):
        with pytest.raises(InvalidInput) as error:
            actions.write_note(author, file, NoteContent("Un mot.", V.PARTNER, referral))
        assert error.value.field == "referral"
    for content in (NoteContent(" "), NoteContent("Un mot.", "everybody")):
        with pytest.raises(InvalidInput):
            actions.write_note(author, file, content)


def test_a_note_is_written_in_an_open_file_within_reach(file, author) -> None:
    with pytest.raises(Conflict):
        actions.write_note(author, f.FileFactory(service_point=file.service_point, closed=True), NoteContent("Fin."))
    with pytest.raises(NotAllowed):
        actions.write_note(f.actor(Role.INTEGRATION_AGENT, "13"), file, NoteContent("Un mot."))


def test_the_author_corrects_on_the_day_and_adds_later(file, author, settings) -> None:
    note = actions.write_note(author, file, NoteContent("Emploi trouvé."))
    colleague = f.actor(Role.INTEGRATION_AGENT, service_point=file.service_point)
    with pytest.raises(NotAllowed):
        actions.edit_note(colleague, note, NoteContent("Autre."), version=note.version)
    actions.edit_note(author, note, NoteContent("Logement trouvé.", V.OFFICE), version=note.version)
    assert (note.text, note.visibility) == ("Logement trouvé.", V.OFFICE)
    with pytest.raises(Conflict, match="modifié"):
        actions.edit_note(author, note, NoteContent("Encore."), version=1)
    settings.TODAY = clock.today() + timedelta(days=1)
    note = notes_visible_to(author).get()
    with pytest.raises(Conflict, match="jour même"):
        actions.edit_note(author, note, NoteContent("Trop tard."), version=note.version)
    with pytest.raises(NotAllowed):
        actions.add_to_note(colleague, note, "Pas à moi.")
    with pytest.raises(InvalidInput):
        actions.add_to_note(author, note, " ")
    addition = actions.add_to_note(author, note, "Bail signé.")
    assert list(note.additions.all()) == [addition]
    assert note.text == "Logement trouvé."


def test_a_lead_withdraws_a_note_and_its_author_is_told(file, author, point) -> None:
    note = actions.write_note(author, file, NoteContent("Il a mauvais caractère.", V.PERSON))
    lead = f.actor(Role.TEAM_LEAD, service_point=point)
    with pytest.raises(NotAllowed):
        actions.withdraw_note(author, note, why="Je regrette.")
    with pytest.raises(InvalidInput):
        actions.withdraw_note(lead, note, why=" ")
    with pytest.raises(NotAllowed):
        actions.withdraw_note(f.actor(Role.TEAM_LEAD, "13"), note, why="Jugement.")
    withdrawn = actions.withdraw_note(lead, note, why="Jugement sur la personne.")
    assert withdrawn.text == "Il a mauvais caractère.", "nothing is erased"
    with pytest.raises(Conflict):
        actions.withdraw_note(lead, note, why="Encore.")
    with pytest.raises(Conflict):
        actions.add_to_note(author, withdrawn, "Si.")
    assert list(waiting(author, Reason.NOTE_WITHDRAWN)) == [withdrawn]
    assert not waiting(lead, Reason.NOTE_WITHDRAWN).exists()
    with pytest.raises(NotAllowed):
        actions.acknowledge_withdrawal(lead, withdrawn)
    actions.acknowledge_withdrawal(author, withdrawn)
    assert not waiting(author, Reason.NOTE_WITHDRAWN).exists()


def test_a_lead_keeps_the_templates_of_the_region(author) -> None:
    lead, region = f.actor(Role.TEAM_LEAD), f.region("06")
    with pytest.raises(NotAllowed):
        actions.keep_template(author, None, region=region, title="Appel", text="Appel fait.")
    with pytest.raises(NotAllowed):
        actions.keep_template(lead, None, region=f.region("13"), title="Appel", text="Appel fait.")
    template = actions.keep_template(lead, None, region=region, title=" Appel ", text="Appel fait.")
    with pytest.raises(InvalidInput, match="déjà ce titre"):
        actions.keep_template(lead, None, region=region, title="Appel", text="Autre.")
    with pytest.raises(InvalidInput):
        actions.keep_template(lead, template, region=region, title="Appel", text="")
    kept = actions.keep_template(
        lead, template, region=region, title="Appel", text="Appel fait ce jour.", is_offered=False, version=1
    )
    assert (kept.title, kept.text, kept.is_offered) == ("Appel", "Appel fait ce jour.", False)
