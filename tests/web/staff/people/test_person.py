"""The page of a person, its forms, and who may open it."""

import pytest
from django.urls import reverse

from arrimage.casework.models import File
from arrimage.foundation import clock
from arrimage.people.enums import BirthPrecision
from arrimage.people.models import FrenchLevel, Person, PersonIdentifier, PersonOccupation, PersonStatus
from arrimage.privacy.journal.enums import What
from arrimage.privacy.journal.models import Reading
from tests import factories as f
from tests.web.signed import staff, words
from tests.web.staff.casework.many import queries_of

pytestmark = pytest.mark.django_db
NUMBER = "1122334455"


@pytest.fixture
def file() -> File:
    return f.FileFactory(person__given_name="Nadia", person__family_name="Haddad")


@pytest.fixture
def client(file: File):
    return staff("integration_agent", service_point=file.service_point)


def url(name: str, file: File, *args: object) -> str:
    return reverse(f"staff:{name}", args=[file.person.uid, *args])


def details_of(person: Person) -> None:
    f.PersonNameFactory(person=person, given_name="Nadia", family_name="Khoury", original_name="نادية")
    f.PersonLanguageFactory(person=person, speaks=3, needs_interpreter=True)
    f.FrenchLevelFactory(person=person, assessed_on="2026-01-05", listening=3, speaking=2)
    f.FrenchLevelFactory(person=person, assessed_on="2026-09-05", listening=5, speaking=2, source="test")
    f.SchoolingFactory(person=person)
    f.PersonOccupationFactory(person=person, years=7)
    f.PersonStatusFactory(person=person)
    f.identifier(person, NUMBER)


def test_all_that_is_known_is_said_in_words(client, file) -> None:
    file.person.birth_date, file.person.birth_precision = "1984-01-01", BirthPrecision.AROUND
    file.person.save()
    details_of(file.person)
    page = words(client.get(url("person_record", file)))
    for said in (
        "vers 1984 (de 3", "Nadia Khoury", "نادية", "Arabe", "langue maternelle · parle couramment",
        "Interprète à prévoir", "Compréhension orale 5, intermédiaire (+2)", "production orale 2, débutant",
        "Universitaire, premier cycle · Génie civil", "Liban", "Ingénieure de ponts", "7 ans d’expérience",
        "Travailleuse ou travailleur qualifié", "•••• 4455",
    ):  # fmt: skip
        assert said in page, said


def test_what_is_not_known_is_the_next_thing_to_do(client, file) -> None:
    f.PersonStatusFactory(person=file.person, category="student")
    page = client.get(url("person_record", file))
    assert page.context["next"]["url"] == url("person_detail_add", file, "langues")
    details_of(file.person)
    assert client.get(url("person_record", file)).context["next"] is None


def test_nobody_asks_a_child_for_a_trade(client, file) -> None:
    file.person.birth_date = clock.today().replace(year=clock.today().year - 9)
    file.person.save()
    f.PersonStatusFactory(person=file.person)
    f.PersonLanguageFactory(person=file.person)
    assert client.get(url("person_record", file)).context["next"] is None


def test_as_many_queries_whatever_there_is_to_say(client, file) -> None:
    details_of(file.person)
    before = len(queries_of(client, url("person_record", file)))
    for number in range(4):
        f.PersonLanguageFactory(person=file.person, language=("es", "en", "tr", "ku")[number])
        f.PersonOccupationFactory(person=file.person)
        f.PersonNameFactory(person=file.person)
    assert len(queries_of(client, url("person_record", file))) == before


def test_statuses_that_overlap_are_told(client, file) -> None:
    f.PersonStatusFactory(person=file.person, category="asylum_seeker", starts_on="2025-01-01")
    f.PersonStatusFactory(person=file.person, category="student", starts_on="2025-06-01", ends_on="2025-12-01")
    page = words(client.get(url("person_record", file)))
    assert "se chevauchent du 1er juin 2025 au 1er déc. 2025" in page


def test_the_identity_is_edited_as_it_is_known(client, file) -> None:
    sent = {
        "given_name": "", "family_name": "Suharto", "original_name": "", "name_kind": "official",
        "birth": "mars 1984", "gender": "man", "birth_country": "ID", "version": file.person.version,
    }  # fmt: skip
    assert client.post(url("person_identity", file), sent).status_code == 302
    person = Person.objects.get(pk=file.person.pk)
    assert (str(person), str(person.birth).replace("\u00a0", " ")) == ("Suharto", "mars 1984")
    refused = client.post(url("person_identity", file), sent)
    assert "a été modifié entre-temps" in words(refused), "the version read before is not today's"


@pytest.mark.parametrize("birth", ["hier", "2999"])
def test_a_birth_date_that_cannot_be_is_refused_beside_its_field(client, file, birth: str) -> None:
    sent = {"family_name": "Haddad", "name_kind": "official", "birth": birth, "gender": "man", "version": 1}
    assert client.post(url("person_identity", file), sent).context["form"].errors.keys() == {"birth"}


def test_a_detail_is_written_put_right_and_removed(client, file) -> None:
    sent = {"assessed_on": "2026-02-01", "source": "agent", "listening": "4"}
    assert client.post(url("person_detail_add", file, "francais"), sent).status_code == 302
    level = FrenchLevel.objects.get()
    edit = url("person_detail_edit", file, "francais", level.uid)
    assert client.post(edit, sent | {"listening": "6", "version": level.version}).status_code == 302
    assert FrenchLevel.objects.get().listening == 6
    assert "a été modifié entre-temps" in words(client.post(edit, sent | {"listening": "7", "version": 1}))
    remove = url("person_detail_remove", file, "francais", level.uid)
    client.post(remove, {"version": FrenchLevel.objects.get().version})
    assert not FrenchLevel.objects.exists()


def test_a_level_of_nothing_is_refused(client, file) -> None:
    sent = {"assessed_on": "2026-02-01", "source": "agent"}
    assert "au moins une compétence" in words(client.post(url("person_detail_add", file, "francais"), sent))


def test_a_new_status_ends_the_former_one_unless_told(client, file) -> None:
    former = f.PersonStatusFactory(person=file.person, category="asylum_seeker", starts_on="2025-01-01")
    sent = {"category": "refugee_recognised_here", "starts_on": "2026-03-01", "replaces": "on"}
    assert client.post(url("person_detail_add", file, "statuts"), sent).status_code == 302
    former.refresh_from_db()
    assert former.ends_on is not None
    assert PersonStatus.objects.count() == 2


def test_an_occupation_is_found_by_what_people_call_it(client, file) -> None:
    add = url("person_detail_add", file, "metiers")
    f.occupation("21300", "Ingénieurs civils/ingénieures civiles")
    f.occupation("21301", "Ingénieurs mécaniciens/ingénieures mécaniciennes")
    several = client.post(add, {"kind": "abroad", "occupation": "ingenieur"})
    assert "21300" in words(several)
    assert "21301" in words(several)
    assert client.post(add, {"kind": "abroad", "occupation": "ingenieure civile"}).status_code == 302
    assert PersonOccupation.objects.get().occupation.code == "21300"


def test_another_name_becomes_the_one_in_use(client, file) -> None:
    name = f.PersonNameFactory(person=file.person, given_name="Nadia", family_name="Tremblay")
    page = client.post(url("person_name_use", file, name.uid), {"version": name.version}, follow=True)
    assert "Le nom en usage est maintenant Nadia Tremblay" in words(page)


# --- Numbers --------------------------------------------------------------------------------------------------------
def test_a_number_shows_only_when_somebody_asks_and_the_journal_says_so(client, file) -> None:
    client.post(url("person_number_add", file), {"kind": "uci", "number": "11-2233-4455"})
    found = PersonIdentifier.objects.get()
    assert NUMBER not in words(client.get(url("person_record", file)))
    reveal = url("person_number_reveal", file, found.uid)
    assert client.get(reveal).status_code == 405
    assert NUMBER in words(client.post(reveal))
    reading = Reading.objects.get(what=What.REVEALED)
    assert (reading.person_id, reading.object_uid) == (file.person.pk, found.uid)
    assert NUMBER not in words(client.get(url("person_record", file)))


def test_neither_the_history_nor_its_file_shows_a_number(client, file) -> None:
    client.post(url("person_number_add", file), {"kind": "uci", "number": NUMBER})
    history = reverse("staff:history", args=["personne", file.person.uid])
    assert NUMBER not in words(client.get(history))
    assert PersonIdentifier.objects.get().digest not in words(client.get(history))


def test_a_number_that_may_be_a_sin_is_refused(client, file) -> None:
    page = client.post(url("person_number_add", file), {"kind": "csq", "number": "046 454 286"})
    assert "assurance sociale" in words(page)
    assert not PersonIdentifier.objects.exists()


# --- Others ---------------------------------------------------------------------------------------------------------
def test_a_file_out_of_reach_is_absent(file) -> None:
    details_of(file.person)
    stranger = staff("integration_agent", service_point=f.ServicePointFactory())
    assert stranger.get(url("person_record", file)).status_code == 404
    assert stranger.post(url("person_number_add", file), {"kind": "uci", "number": NUMBER}).status_code == 404


def test_the_page_is_written_in_the_read_journal(client, file) -> None:
    client.get(url("person_record", file))
    assert Reading.objects.filter(person=file.person, kind="person", what=What.OPENED).exists()


def test_a_relative_is_named_by_the_number_of_a_file_one_opens(client, file) -> None:
    sister = f.FileFactory(service_point=file.service_point, person__given_name="Rana")
    hidden = f.FileFactory(service_point=f.ServicePointFactory())
    add = url("family_link_add", file)
    refused = client.post(add, {"number": hidden.number, "kind": "sibling"})
    nobody = client.post(add, {"number": "MTL-1999-000000-0", "kind": "sibling"})
    assert refused.context["form"].errors == nobody.context["form"].errors
    client.post(add, {"number": sister.number.lower(), "kind": "parent"})
    assert "Mère, père ou parent" in words(client.get(url("person_record", file)))
    assert "Enfant" in words(client.get(url("person_record", sister)))
