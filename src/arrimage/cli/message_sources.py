"""Where the texts to translate are: Python modules and Django templates of the package."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as extract_messages

import arrimage

PACKAGE = Path(arrimage.__file__).parent
ROOT = PACKAGE.parents[1]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TRANSLATED_ROOMS = ("newcomers", "public", "by_link")  # whose pages exist in more than French and English
# What they read that other rooms write, or that tags of templates bring (`tests/demonstration/test_languages.py`).
SAID_TO_NEWCOMERS = (
    "accounts/enums.py",
    "attachments/content.py",
    "attachments/images.py",
    "attachments/office.py",
    "attachments/pdf.py",
    "attachments/scanning.py",
    "attachments/storage.py",
    "casework/actions/appointment_answers.py",
    "casework/actions/documents.py",
    "casework/plan_document.py",
    "directory/choosing/words.py",
    "directory/enums.py",
    "directory/finding/postal_codes.py",
    "directory/finding/why.py",
    "directory/saved_searches.py",
    "directory/words.py",
    "foundation/writing.py",
    "people/births.py",
    "people/enums.py",
    "privacy/consents/enums.py",
    "scheduling/attestation_document.py",
    "scheduling/rules.py",
    "web/births.py",
    "web/calendar_feeds.py",
    "web/chips.py",
    "web/documents.py",
    "web/middleware.py",
    "web/plans.py",
    "web/portraits.py",
    "web/postal_codes.py",
    "web/request_words.py",
    "web/staff/consents/shown.py",
    "web/staff/people/parts.py",
    "web/staff/people/shown.py",
    "web/templates/400.html",
    "web/templates/403.html",
    "web/templates/403_csrf.html",
    "web/templates/404.html",
    "web/templates/413.html",
    "web/templates/429.html",
    "web/templates/500.html",
    "web/templates/account/login.html",
    "web/templates/account/password_change.html",
    "web/templates/account/password_reset.html",
    "web/templates/account/password_reset_done.html",
    "web/templates/account/password_reset_from_key.html",
    "web/templates/account/password_reset_from_key_done.html",
    "web/templates/shell/field_mark.html",
    "web/templates/shell/notice.html",
    "web/times.py",
)
WRITTEN_TO_NEWCOMERS = ("appointment_*.txt", "new_services_*.txt")  # letters and text messages
USED_TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def extract() -> Catalog:
    """Return every message of the package, with its places (`src/arrimage/…`, line)."""
    catalog = Catalog(charset="utf-8")
    for path in source_files():
        content = path.read_text()
        if is_template(path):
            content = as_python(content, path)
        place = path.relative_to(ROOT).as_posix()
        found = extract_messages("python", BytesIO(content.encode()), KEYWORDS, comment_tags=("Traduction :",))
        for line, message, comments, context in found:
            if message:
                catalog.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def source_files() -> Iterator[Path]:
    """Yield the modules and templates of the package in a stable order."""
    for path in sorted(PACKAGE.rglob("*")):
        if (path.suffix == ".py" and "migrations" not in path.parts) or is_template(path):
            yield path


def is_template(path: Path) -> bool:
    """Say whether `path` is a Django template: a page, or the text of a message."""
    return "templates" in path.parts and path.suffix in (".html", ".txt")


def as_python(template: str, path: Path) -> str:
    """Return a template as the Python calls of its translations, each on its own line.

    The rest of what Django writes in between is filler; within parentheses its indentation means nothing.
    """
    from django.utils.translation.template import templatize

    return f"({templatize(template, origin=str(path))}\n)"


def pages_of_newcomers() -> set[str]:
    """Return the places (as in `extract`) that make the pages of newcomers and of the public.

    They are these rooms' modules and templates, and the templates these extend or include.
    """
    said = {PACKAGE / name for name in SAID_TO_NEWCOMERS} | {
        path for name in WRITTEN_TO_NEWCOMERS for path in PACKAGE.glob(f"web/templates/account/*/{name}")
    }
    wanted = [
        path for path in source_files() if path in said or set(TRANSLATED_ROOMS) & set(path.relative_to(PACKAGE).parts)
    ]
    by_name = {path.as_posix().rpartition("/templates/")[2]: path for path in source_files() if is_template(path)}
    pages = set()
    while wanted:
        path = wanted.pop()
        if path in pages:
            continue
        pages.add(path)
        if is_template(path):
            wanted.extend(by_name[name] for name in USED_TEMPLATE.findall(path.read_text()) if name in by_name)
    return {path.relative_to(ROOT).as_posix() for path in pages}
