"""A person's copy, re-read: all that mentions them, and nobody else."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.db.models import Model
from pypdf import PdfReader

from arrimage.accounts.context import acting_as, elevated
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import Actor, actor_of
from arrimage.foundation.errors import NotAllowed
from arrimage.people.models import Person
from arrimage.privacy.journal.models import Reading
from arrimage.privacy.portability.archive import build_archive
from arrimage.privacy.portability.registry import Ground, declarations
from arrimage.privacy.portability.third_parties import digits, fold
from arrimage.privacy.portability.values import Reading as Telling
from tests import factories as f
from tests.privacy.life import Life, live, uci_of

pytestmark = pytest.mark.django_db


def officer() -> Actor:
    return f.actor(Role.PRIVACY_OFFICER, None)


def opened(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert files.testzip() is None
        return {name: files.read(name) for name in files.namelist()}


def data_of(files: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(files["data.json"])


def rows_of(data: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return next(each["rows"] for each in data["tables"] if each["name"] == table)


def everything_said(files: dict[str, bytes]) -> str:
    """Return every word of the archive, the PDF's included, without accents or capitals."""
    texts = [content.decode("utf-8-sig") for name, content in files.items() if name.endswith((".json", ".csv", ".txt"))]
    texts += [page.extract_text() for page in PdfReader(io.BytesIO(files["dossier.pdf"])).pages]
    return fold(json.dumps(data_of(files), ensure_ascii=False) + "\n".join(texts))


@pytest.fixture
def life() -> Life:
    return live()


def test_each_table_that_mentions_the_person_is_in_it_or_withheld_on_a_stated_ground(life: Life) -> None:
    data = data_of(opened(build_archive(officer(), life.person)))
    tables = {table["name"]: table for table in data["tables"]}
    withheld = {table["name"]: table["ground"] for table in data["withheld_tables"]}
    grounds = {ground["code"]: ground["text"] for ground in data["grounds"]}
    with acting_as(officer()), elevated():
        reading = Telling(life.person)
        for declaration in declarations():
            name = declaration.model._meta.label_lower
            if declaration.ground is not None:
                assert "article" in grounds[withheld[name]]
            elif declaration.rows is None:
                assert len(tables[name]["rows"]) == len(list(declaration.rows_of(reading))), name
    assert {ground.value for ground in Ground} == grounds.keys()


def test_the_world_of_the_test_has_a_row_in_nearly_every_table(life: Life) -> None:
    data = data_of(opened(build_archive(officer(), life.person)))
    empty = {table["name"] for table in data["tables"] if not table["rows"]}
    assert empty <= {
        "account.emailaddress", "attachments.attachment", "casework.document",
        "directory.savedsearch", "directory.searchalert",
        "people.personmerge",
        "registers.copy", "registers.copycontent", "registers.incidentnotice", "registers.incidentevent",
        "socialaccount.socialaccount",
    }  # fmt: skip


def test_nobody_else_is_in_it(life: Life) -> None:
    archive = opened(build_archive(officer(), life.person))
    said = everything_said(archive)
    other = life.other
    for mark in (other.given_name, other.family_name, other.original_name, other.email, str(other.uid)):
        assert fold(mark) not in said, mark
    assert digits(other.phone) not in re.sub(r"[\s().+-]", "", said)
    assert "intervenante secrete" not in said
    assert "interprete inconnue" not in said
    assert data_of(archive)["replaced_in_texts"] >= 8


def test_what_is_theirs_is_there_in_words(life: Life) -> None:
    files = opened(build_archive(officer(), life.person))
    data = data_of(files)
    (person,) = rows_of(data, "people.person")
    assert person["email"] == "nadia@temoin.example"
    assert person["original_name"] == "نادية حداد"
    assert person["birth_date"] == "1988-04-12"
    (identifier,) = rows_of(data, "people.personidentifier")
    assert identifier["number"] == uci_of(life.person)
    assert "gAAAA" not in str(identifier), "the cipher stays here"
    (link,) = rows_of(data, "people.familylink")
    assert link["kind"]["label"] == "Mère, père ou parent"
    (need,) = rows_of(data, "casework.need")
    assert need["status"] == {"code": "open", "label": "À traiter"}
    assert need["author"] == "Alix Agente (Agente ou agent d’intégration)"
    (household,) = rows_of(data, "people.household")
    assert household["others"] == ["Conjointe ou conjoint"]
    (appointment,) = rows_of(data, "scheduling.appointment")
    assert appointment["note"] == {"withheld": "other_person"}
    assert appointment["booked_by"] == "vous"
    (referral,) = rows_of(data, "casework.referral")
    assert referral["shared"]["name"] == "Nadia Haddad-Témoin"
    assert referral["need"] == {"table": "casework.need", "uid": need["uid"]}
    events = rows_of(data, "casework.referralevent")
    assert next(event["actor_name"] for event in events).startswith("Alix Agente")
    assert "Organisme" in events[1]["actor_name"]
    assert "password" not in rows_of(data, "accounts.user")[0]
    assert rows_of(data, "foundation.change")


def test_the_files_of_the_archive_agree(life: Life) -> None:
    files = opened(build_archive(officer(), life.person))
    data = data_of(files)
    for table in data["tables"]:
        name = f"tables/{table['name']}.csv"
        assert (name in files) == bool(table["rows"]), name
        if name in files:
            lines = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig")), delimiter=";"))
            assert lines[0] == [column["label"] for column in table["columns"]]
            assert len(lines) == len(table["rows"]) + 1
        for row in table["rows"]:
            assert row.keys() == {column["name"] for column in table["columns"]}, table["name"]
    assert json.loads(files["data.schema.json"])["properties"].keys() == data.keys()


def test_the_readable_document_is_tagged_french_and_has_its_headings(life: Life) -> None:
    reader = PdfReader(io.BytesIO(opened(build_archive(officer(), life.person))["dossier.pdf"]))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"].startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    assert "Nadia Haddad-Témoin" in reader.metadata.title
    assert {item.title for item in reader.outline if not isinstance(item, list)} >= {"Ce qui est retenu, et pourquoi"}


def test_a_formula_in_a_name_is_not_run_by_a_spreadsheet() -> None:
    person = f.PersonFactory(given_name="=HYPERLINK(1)", family_name="Essai")
    files = opened(build_archive(officer(), person))
    assert "'=HYPERLINK(1)" in files["tables/people.person.csv"].decode()
    assert rows_of(data_of(files), "people.person")[0]["given_name"] == "=HYPERLINK(1)"


def test_the_person_alone_or_who_protects_may_have_it(life: Life) -> None:
    own = actor_of(life.account)
    assert data_of(opened(build_archive(own, life.person)))["person"]["uid"] == str(life.person.uid)
    others: list[tuple[Actor, Model]] = [
        (own, life.other),
        (f.actor(Role.INTEGRATION_AGENT), life.person),
        (f.actor(Role.REGIONAL_DIRECTOR), life.person),
        (f.actor(Role.ADMINISTRATOR, None), life.person),
    ]
    for actor, person in others:
        assert isinstance(person, Person)
        with pytest.raises(NotAllowed):
            build_archive(actor, person)


def test_the_read_journal_says_that_it_was_made(life: Life) -> None:
    before = Reading.objects.count()
    data = data_of(opened(build_archive(officer(), life.person)))
    assert Reading.objects.count() == before + 1
    assert [row["what"]["code"] for row in rows_of(data, "journal.reading")].count("exported") == 1


def test_a_spouse_of_the_same_name_and_telephone_hides_nothing_of_one_s_own() -> None:
    person = f.PersonFactory(given_name="Rosa", family_name="Lima", phone="+15145550100", email="famille@lima.example")
    spouse = f.PersonFactory(given_name="Iago", family_name="Lima", phone="+15145550100", email="famille@lima.example")
    household = f.HouseholdFactory()
    for each in (person, spouse):
        f.MemberFactory(household=household, person=each)
    f.FollowUpFactory(file__person=person, note="Rosa Lima, 514 555-0100, et Iago. Les Iagonais n’y sont pour rien.")
    (follow_up,) = rows_of(data_of(opened(build_archive(officer(), person))), "casework.followup")
    assert follow_up["note"] == "Rosa Lima, 514 555-0100, et [autre personne]. Les Iagonais n’y sont pour rien."


def test_the_records_merged_into_theirs_are_in_it(life: Life) -> None:
    twin = f.PersonFactory(given_name="Nadiatémoin", merged_into=life.person)
    f.PersonLanguageFactory(person=twin, language="tr")
    data = data_of(opened(build_archive(officer(), life.person)))
    assert "Nadiatémoin" in json.dumps(rows_of(data, "people.person"), ensure_ascii=False)
    assert any("tr" in json.dumps(row) for row in rows_of(data, "people.personlanguage"))
