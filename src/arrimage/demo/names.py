"""Invented names, obviously so: every family is called « example » in its own language."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Community:
    """Where some invented families come from: country, language, the word « example », and first names.

    Each name is written in Latin letters and, where the script differs, in its own.
    """

    country: str
    language: str
    family: tuple[str, str]
    women: tuple[tuple[str, str], ...]
    men: tuple[tuple[str, str], ...]


def _latin(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in names)


COMMUNITIES = (
    Community(
        "FR", "fr", ("Exemple", ""), _latin("Camille", "Élodie", "Maëlle", "Inès"), _latin("Loïc", "Étienne", "Hugo")
    ),
    Community(
        "HT", "ht", ("Egzanp", ""), _latin("Mirlande", "Guerda", "Roseline"), _latin("Wilner", "Jacquelin", "Frantz")
    ),
    Community(
        "DZ",
        "ar",
        ("Mithal", "مثال"),
        (("Amina", "أمينة"), ("Yasmine", "ياسمين"), ("Khadija", "خديجة")),
        (("Karim", "كريم"), ("Sofiane", "سفيان"), ("Mourad", "مراد")),
    ),
    Community(
        "SY",
        "ar",
        ("Namudhaj", "نموذج"),
        (("Rania", "رانيا"), ("Layla", "ليلى"), ("Hanan", "حنان")),
        (("Omar", "عمر"), ("Bassel", "باسل"), ("Yusuf", "يوسف")),
    ),
    Community(
        "MA", "ar", ("Mitl", "مثل"), (("Salma", "سلمى"), ("Nadia", "نادية")), (("Anas", "أنس"), ("Idris", "إدريس"))
    ),
    Community(
        "UA",
        "uk",
        ("Pryklad", "Приклад"),
        (("Oksana", "Оксана"), ("Nataliya", "Наталія"), ("Iryna", "Ірина")),
        (("Taras", "Тарас"), ("Andriy", "Андрій"), ("Bohdan", "Богдан")),
    ),
    Community("CN", "zh", ("Lizi", "例子"), (("Xiu", "秀"), ("Meiling", "美玲")), (("Wei", "伟"), ("Jianguo", "建国"))),
    Community(
        "IN",
        "hi",
        ("Udaharan", "उदाहरण"),
        (("Priya", "प्रिया"), ("Anjali", "अंजलि")),
        (("Arjun", "अर्जुन"), ("Rohan", "रोहन")),
    ),
    Community(
        "CO", "es", ("Ejemplo", ""), _latin("Valentina", "Luz Marina", "Daniela"), _latin("Andrés", "Mateo", "Julián")
    ),
    Community("VE", "es", ("Muestra", ""), _latin("Gabriela", "Isabel", "Rosa"), _latin("Diego", "Rafael", "Simón")),
    Community("BR", "pt", ("Exemplo", ""), _latin("Luana", "Beatriz", "Tainá"), _latin("Thiago", "Caio", "João")),
    Community(
        "CD", "fr", ("Mfano", ""), _latin("Grâce", "Espérance", "Divine"), _latin("Trésor", "Dieudonné", "Héritier")
    ),
    Community(
        "CM", "fr", ("Exemplaire", ""), _latin("Solange", "Clarisse", "Aïcha"), _latin("Serge", "Blaise", "Ibrahim")
    ),
    Community(
        "IR",
        "fa",
        ("Nemuneh", "نمونه"),
        (("Shirin", "شیرین"), ("Parisa", "پریسا")),
        (("Kamran", "کامران"), ("Reza", "رضا")),
    ),
    Community("TR", "tr", ("Örnek", ""), _latin("Elif", "Zeynep"), _latin("Emre", "Kerem")),
    Community("VN", "vi", ("Vídụ", ""), _latin("Hồng", "Thảo", "Lan"), _latin("Minh", "Tuấn", "Quang")),
    Community("PH", "tl", ("Halimbawa", ""), _latin("Marisol", "Tala"), _latin("Crisanto", "Jomar")),
    Community(
        "BD",
        "bn",
        ("Udahoron", "উদাহরণ"),
        (("Nusrat", "নুসরাত"), ("Farida", "ফরিদা")),
        (("Rafiq", "রফিক"), ("Tanvir", "তানভীর")),
    ),
)

# Second parts of family names: pleasant, and nobody's.
NATURE = (
    "Lilas", "Merle", "Érable", "Lucarne", "Rivage", "Brise", "Tilleul", "Colibri", "Galet", "Nénuphar",
    "Aurore", "Sarcelle", "Mésange", "Fougère", "Ruisseau", "Clairière", "Bouleau", "Grive", "Perle", "Ancolie",
    "Falaise", "Genêt", "Héron", "Islet", "Jonquille", "Lagune", "Mélèze", "Nuée", "Orme", "Pivoine", "Quartz",
    "Rosée", "Sauge", "Trèfle", "Verger", "Zéphyr", "Alizé", "Bruyère", "Cascade", "Dune", "Écume", "Flocon",
    "Givre", "Horizon", "Iris", "Jasmin", "Luciole", "Marée",
)  # fmt: skip

STAFF_GIVEN = (
    "Alex", "Andrée", "Camille", "Charlie", "Claude", "Dominique", "Emmanuelle", "Frédérique", "Gabriel",
    "Jocelyn", "Joëlle", "Laurence", "Léonie", "Lou", "Marianne", "Maxime", "Morgan", "Noé", "Océane",
    "Pascale", "Raphaël", "Renée", "Sacha", "Sasha", "Stéphane", "Tristan", "Valérie", "Yannick", "Zoé",
    "Édith",
)  # fmt: skip


def staff_name(rank: int) -> str:
    """Return the invented name of the `rank`-th member of staff; no two are the same below 1,440."""
    return f"{STAFF_GIVEN[rank % len(STAFF_GIVEN)]} Démo-{NATURE[(rank * 7 + rank // len(STAFF_GIVEN)) % len(NATURE)]}"


@dataclass(frozen=True)
class Invented:
    """A first name, in Latin letters and in its own script."""

    latin: str
    script: str
    gender: str


def given_names(random: Random, community: Community, count: int) -> list[Invented]:
    """Return `count` first names of the community, no two the same while there are enough of them."""
    known = [Invented(*name, "woman") for name in community.women] + [Invented(*name, "man") for name in community.men]
    random.shuffle(known)
    return [known[place % len(known)] for place in range(count)]
