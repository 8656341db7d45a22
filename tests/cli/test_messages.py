"""`arrimage messages`: what is extracted, what French typography adds, what is refused."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from arrimage.cli import message_sources, messages

NBSP = "\u00a0"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An application of two rooms, `staff` and `public`, with nothing to translate yet."""
    package = tmp_path / "src" / "arrimage"
    for folder in ("staff/templates/staff", "public/templates/public"):
        (package / folder).mkdir(parents=True)
    monkeypatch.setattr(message_sources, "PACKAGE", package)
    monkeypatch.setattr(message_sources, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", package / "locale")
    return package


def found() -> set[tuple[str | None, str | tuple[str, ...]]]:
    return {(message.context, message.id) for message in messages.entries(message_sources.extract())}


def test_python_sources(package: Path) -> None:
    (package / "staff" / "views.py").write_text(
        "_('Dossier'); ngettext('%(n)s dossier', '%(n)s dossiers', n); pgettext('mois', 'mars'); other('rien')"
    )
    assert found() == {(None, "Dossier"), (None, ("%(n)s dossier", "%(n)s dossiers")), ("mois", "mars")}


def test_templates(package: Path) -> None:
    (package / "staff" / "templates" / "staff" / "page.html").write_text(
        "<p>l’été {% translate 'Bonjour : 100 %' %}\n\t  <b>{{ x|default:_('vide') }}</b>\n"
        " {% blocktranslate count n=n trimmed %}\n   un\n   dossier{% plural %}{{ n }} dossiers{% endblocktranslate %}"
    )
    assert found() == {(None, "Bonjour : 100 %%"), (None, "vide"), (None, ("un dossier", "%(n)s dossiers"))}


def test_newcomers_languages_have_only_their_pages(package: Path) -> None:
    (package / "staff" / "templates" / "staff" / "base.html").write_text("{% translate 'Menu' %}")
    (package / "staff" / "templates" / "staff" / "secret.html").write_text("{% translate 'Équipe' %}")
    (package / "public" / "templates" / "public" / "home.html").write_text(
        "{% extends 'staff/base.html' %}{% translate 'Accueil' %}"
    )
    catalogs = messages.updated_catalogs()
    assert {message.id for message in messages.entries(catalogs["ar"])} == {"Menu", "Accueil"}
    assert {message.id for message in messages.entries(catalogs["en"])} == {"Menu", "Accueil", "Équipe"}


def test_extracting_keeps_translations_and_forgets_the_obsolete(package: Path) -> None:
    view = package / "staff" / "views.py"
    view.write_text("_('Dossier'); _('Plan')")
    catalog = Catalog(locale="en")
    catalog.add("Dossier", "File")
    catalog.add("Parti", "Gone")
    messages.write_catalog(catalog, messages.po_path("en"))
    messages.write_catalog(messages.updated_catalogs()["en"], messages.po_path("en"))
    kept = {message.id: message.string for message in messages.entries(messages.read_catalog("en"))}
    assert kept == {"Dossier": "File", "Plan": ""}
    assert "views.py:" not in messages.po_path("en").read_text()


def test_check_names_what_is_missing(package: Path) -> None:
    (package / "staff" / "views.py").write_text("_('Dossier')")
    assert any("ne suit pas les sources" in problem for problem in messages.find_problems())
    for language, catalog in messages.updated_catalogs().items():
        messages.write_catalog(catalog, messages.po_path(language))
    assert list(messages.find_problems()) == ["en : sans traduction : 'Dossier' (src/arrimage/staff/views.py)"]


@pytest.mark.parametrize(
    ("source", "translation", "problems"),
    [
        ("du %(first)s au %(last)s", "from %(first)s to %(last)s", 0),
        ("du %(first)s au %(last)s", "from %(first)s", 1),
        ("du %(first)s", "from %(premier)s", 2),
        (("%(n)s dossier", "%(n)s dossiers"), ("one file", "%(n)s files"), 0),
        (("%(n)s dossier", "%(n)s dossiers"), ("one file", "%(count)s files"), 1),
        ("100 %", "100%", 0),
    ],
)
def test_placeholders(source: str | tuple[str, str], translation: str | tuple[str, str], problems: int) -> None:
    assert len(list(messages.placeholder_problems(Message(source, translation)))) == problems


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("Quoi ?", f"Quoi{NBSP}?"),
        ("« Dossier »", f"«{NBSP}Dossier{NBSP}»"),
        ("du %(first)s au %(last)s", "du %(first)s au %(last)s"),
        ("il y a %s rangées : %d %%", f"il y a %s rangées{NBSP}: %d{NBSP}%%"),
        ("{count} dossiers ; {left} restent", f"{{count}} dossiers{NBSP}; {{left}} restent"),
    ],
)
def test_french_typography(text: str, typeset: str) -> None:
    assert messages.typeset(text) == typeset


def test_french_zero_is_singular(package: Path) -> None:
    (package / "staff" / "views.py").write_text("ngettext('dossier', 'dossiers', n); _('Quoi ?'); _('Oui')")
    messages.write_catalog(messages.updated_catalogs()["en"], messages.po_path("en"))
    messages.compile_catalogs()
    with messages.compiled_path("fr").open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.ngettext("dossier", "dossiers", 0) == "dossier"
    assert french.gettext("Quoi ?") == f"Quoi{NBSP}?"


def test_catalogues_are_read_by_gettext_tools(package: Path) -> None:
    (package / "staff" / "views.py").write_text("_('Dossier')")
    text = messages.catalog_text(messages.updated_catalogs()["ar"])
    path = package / "ar.po"
    path.write_bytes(text)
    with path.open("rb") as file:
        assert read_po(file).num_plurals == 6
