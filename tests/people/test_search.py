"""Finding persons: what was typed is told apart, and names are found however they are written."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.rights import actor_of
from arrimage.people.models import Person
from arrimage.people.search import Sought, find_named, find_persons, read, reasons
from tests import factories as f
from tests.roles import as_owner


def day(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date.fromordinal(date(year, month, day).toordinal() + 1)


YEAR, MARCH = (date(1984, 1, 1), date(1985, 1, 1)), (date(1984, 3, 1), date(1984, 4, 1))


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("Ali Hassan", Sought(words=["ali", "hassan"])),
        ("Ali 1984", Sought(words=["ali"], days=[YEAR])),
        ("Ali mars 1984", Sought(words=["ali"], days=[MARCH])),
        ("03/1984 Ali", Sought(words=["ali"], days=[MARCH])),
        ("Ali 12-03-1984", Sought(words=["ali"], days=[day(1984, 3, 12), day(1984, 12, 3)])),
        ("Ali 1984-03-25", Sought(words=["ali"], days=[day(1984, 3, 25)])),
        ("25 mars 1984", Sought(days=[day(1984, 3, 25)])),
        ("March 25, 1984", Sought(days=[day(1984, 3, 25)])),
        ("1er août 1984", Sought(days=[day(1984, 8, 1)])),
        ("décembre 1984", Sought(days=[(date(1984, 12, 1), date(1985, 1, 1))])),
        ("1984", Sought()),
        ("(514) 555-1234", Sought(phone="5145551234")),
        ("+1 514 555 1234", Sought(phone="15145551234")),
        ("Ali@Exemple.org", Sought(email="ali@exemple.org")),
        ("a_b%@c", Sought(email=r"a\_b\%@c")),
    ],
)
def test_what_was_typed_is_told_apart(text: str, sought: Sought) -> None:
    found = read(text)
    assert found == sought


SAME = [
    ("Mohamed", "Alaoui", "Muhammad Alawi"),
    ("Mohamed", "Alaoui", "محمد العلوي"),
    ("Youssef", "Khoury", "Yusuf Khuri"),
    ("Aleksandr", "Ivanov", "Alexander Ivanoff"),
    ("Aleksandr", "Chernyshenko", "Александр Чернышенко"),
    ("Wei", "Wang", "王伟"),
    ("Wei", "Wang", "Wei Wang"),
    ("Xiaoming", "Zhang", "Chang Hsiao-ming"),
    ("Hsiao-ming", "Chang", "Zhang Xiaoming"),
    ("Tianyue", "Xie", "Hsieh T’ien-yüeh"),
    ("Chih-chieh", "Yeh", "叶志杰"),
    ("Ning", "Yan", "阎宁"),
    ("Gabriel José", "García Márquez", "Garcia M. Gabriel"),
    ("Gabriel José", "García Márquez", "garcia-marquez gabriel"),
    ("Gabriel José", "García Márquez", "Gabriel García de Márquez"),
    ("Karim", "Ben Ali", "Benali Karim"),
    ("Karim", "Benali", "Ben Ali Karim"),
    ("Élodie", "Nguyễn-Traoré", "trarore elodei"),
    ("Fatoumata", "Diallo", "Diallo Fatoumatta"),
    ("Jean-Baptiste", "Tremblay", "Trembaly Jn-Baptiste"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "family", "typed"), SAME)
def test_a_name_is_found_however_it_is_written(given: str, family: str, typed: str) -> None:
    person = f.PersonFactory(given_name=given, family_name=family)
    for rank in range(8):
        f.PersonFactory(given_name="Rosalie", family_name=f"Desrosiers{'abcdefgh'[rank]}")
    assert find_named(Person.objects.all(), typed, 10)[:1] == [person]


SYLLABLES = "xie hsieh, ye yeh, zhi chih, jie chieh, xue hsueh, tian tien, yan yen, xian hsien, he ho, ge ko, te to"
APART = ("yan", "yang", "ye", "yi", "yu")


@pytest.mark.django_db
@pytest.mark.parametrize("pair", SYLLABLES.split(", "))
def test_a_syllable_sounds_the_same_in_pinyin_and_as_wade_and_giles_wrote_it(pair: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select people_chinese_sound(%s), people_chinese_sound(%s)", pair.split())
        pinyin, wade = cursor.fetchone()
    assert pinyin == wade
    assert pinyin.isalpha()


@pytest.mark.django_db
def test_sounds_that_differ_stay_apart() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select array(select people_chinese_sound(w) from unnest(%s::text[]) w)", [list(APART)])
        [sounds] = cursor.fetchone()
    assert len(set(sounds)) == len(APART)


@pytest.fixture
def person(db) -> Person:
    return f.PersonFactory(
        given_name="Mohamed",
        family_name="Alaoui",
        birth_date=date(1984, 3, 12),
        phone="+15145551234",
        email="m.alaoui@exemple.org",
    )


def why(typed: str) -> list[str]:
    [match] = find_persons(read(typed), 5)
    return [words.replace("\u00a0", " ") for words in reasons(match.proofs, Person.objects.get(pk=match.person_id))]


@pytest.mark.django_db
def test_each_result_says_why(person: Person) -> None:
    assert why("Muhammad Alaoui") == ["nom ressemblant : Muhammad ↔ Mohamed"]
    assert why("Moham") == ["début du nom : Mohamed"]
    assert why("alaoui mohamed") == ["nom"]
    assert why("Mohamed 1984") == ["nom", "naissance en 1984"]
    assert why("12/3/1984") == ["naissance en 1984"]
    assert why("555-1234") == ["téléphone"]
    assert why("M.Alaoui@") == ["courriel"]


@pytest.mark.django_db
def test_a_birth_puts_the_right_namesake_first(person: Person) -> None:
    other = f.PersonFactory(given_name="Mohamed", family_name="Alaoui", birth_date=date(1990, 1, 1))
    assert find_named(Person.objects.all(), "Mohamad Alaoui 1990", 10) == [other, person]
    assert find_named(Person.objects.all(), "Mohamad Alaoui mars 1984", 10) == [person, other]


@pytest.mark.django_db
def test_nobody_is_found_by_nothing(person: Person) -> None:
    for typed in ("", " ", "%", "_@", "'", "&|!", "zz", "1984"):
        assert find_persons(read(typed), 5) == [], typed


@pytest.mark.parametrize(
    ("role", "code", "found"),
    [
        (Role.INTEGRATION_AGENT, "06", True),
        (Role.TEAM_LEAD, "06", True),
        (Role.RECEPTION_AGENT, "06", True),
        (Role.INTEGRATION_AGENT, "03", False),
        (Role.RECEPTION_AGENT, "03", False),
        (Role.REGIONAL_ADVISOR, "06", False),
        (Role.REGIONAL_DIRECTOR, "06", False),
    ],
)
@pytest.mark.django_db
def test_the_database_itself_finds_only_whom_the_actor_may_name(person: Person, role: Role, code: str, found: bool):
    with acting_as(f.actor(role, code=code)):
        for typed in ("Mohamed Alaoui", "Muhammad", "5145551234", "m.alaoui@exemple.org", "12-03-1984"):
            assert bool(find_persons(read(typed), 5)) is found, typed


@pytest.mark.django_db
def test_a_partner_learns_nothing_by_searching(person: Person) -> None:
    member = f.OrganisationMemberFactory()
    with acting_as(actor_of(member)):
        for typed in ("Mohamed Alaoui", "Muhammad", "5145551234", "m.alaoui@exemple.org", "12-03-1984"):
            assert find_persons(read(typed), 5) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "select word from people_nameword",
        "select people_words_like('mohamed', 10)",
        "select people_learn_words(array['x'])",
        "select casework_persons_found(array['mohamed'], '{}', '', '', 10)",
    ],
)
def test_the_words_and_what_reads_them_are_not_the_web_s(person: Person, statement: str) -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def words() -> set[str]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select word from people_nameword")
        return {word for (word,) in cursor.fetchall()}


@pytest.mark.django_db
def test_words_are_known_as_soon_as_names_are_written() -> None:
    Person.objects.bulk_create(
        [Person(region=f.region(), given_name="Anselme", family_name="Quintal", search_key="quintal anselme")]
    )
    assert {"quintal", "anselme"} <= words()
    person = Person.objects.get(family_name="Quintal")
    person.family_name = "Labrecque"
    person.save()
    assert "labrecque" in words()
    assert find_named(Person.objects.all(), "Labreque", 5) == [person]
    assert find_named(Person.objects.all(), "Quintal", 5) == []


@pytest.mark.django_db
def test_words_nobody_bears_are_forgotten_after_a_day() -> None:
    person = f.PersonFactory(given_name="Anselme", family_name="Quintal")
    person.family_name = "Labrecque"
    person.save()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select people_forget_words()")
        assert "quintal" in words()
        cursor.execute("update people_nameword set unused_since = now() - interval '2 days' where word = 'quintal'")
        cursor.execute("select people_forget_words()")
    assert "quintal" not in words()
    assert {"labrecque", "anselme"} <= words()


@pytest.mark.django_db
def test_a_word_borne_again_is_not_forgotten() -> None:
    person = f.PersonFactory(given_name="Anselme", family_name="Quintal")
    person.family_name = "Labrecque"
    person.save()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update people_nameword set unused_since = now() - interval '2 days' where word = 'quintal'")
    f.PersonFactory(given_name="Rose", family_name="Quintal")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select people_forget_words()")
    assert "quintal" in words()
