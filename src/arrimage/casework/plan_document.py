"""A plan as a document one keeps: French beside another language, tagged for screen readers.

The words of the document and the titles that rules propose are translated beforehand, as data; what people wrote stays
in the language they wrote it in, and says so. French is always there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from arrimage.casework.enums import Signing
from arrimage.casework.models import File, PlanVersion
from arrimage.casework.plan_content import PlanContent, StepContent
from arrimage.casework.step_rules import title_of
from arrimage.engines.documents import (
    Block,
    Document,
    Drawing,
    Paragraph,
    Said,
    Section,
    SideBySide,
    load_fonts,
    to_pdf,
)
from arrimage.foundation import clock
from arrimage.foundation.writing import write_language, write_long_date
from arrimage.privacy.consents.rules import SIGNATURE_HEIGHT, SIGNATURE_WIDTH, signature_path
from arrimage.questionnaires.definition import LANGUAGES, Text
from arrimage.questionnaires.nodes import Node

BESIDE = LANGUAGES[1:]  # the languages a plan is printed in beside French
SHORT_DIGEST = 12
SIGNATURE_MM = 50
Lines = tuple[Said, ...]
Row = tuple[Lines, ...]


@dataclass(frozen=True)
class PlanSheet:
    """What is printed: a file (with its person, agent and point), the content, the version when it was agreed.

    `beside` is the language beside French, one of `BESIDE`, or empty for French alone.
    """

    file: File
    content: PlanContent
    version: PlanVersion | None
    beside: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        return ("fr", self.beside) if self.beside else ("fr",)


@cache
def _words() -> dict[str, Text]:
    text = (files("arrimage.casework") / "content" / "plan_document.json").read_text(encoding="utf-8")
    return {key: Node(value, key).text() for key, value in json.loads(text).items()}


def say(key: str, language: str, /, **values: str) -> str:
    """Return words of the document in a language."""
    text = _words()[key].in_language(language)
    return text % values if values else text


def plan_pdf(sheet: PlanSheet) -> bytes:
    """Return the plan as a tagged PDF (PDF/UA-1)."""
    return to_pdf(plan_document(sheet), load_fonts(settings.ROOT / "node_modules"), made_at=clock.now())


def plan_document(sheet: PlanSheet) -> Document:
    """Return the plan as a document: wishes, steps, whom to call, what was agreed."""
    name = str(sheet.file.person)
    return Document(
        title=say("title", "fr"),
        language="fr",
        author=sheet.file.region.name,
        page_of=_("Page %(page)s de %(pages)s"),
        lead=tuple(_lead(sheet, name)),
        sections=(
            _section(sheet, "goals", _goals(sheet)),
            _section(sheet, "steps", _steps(sheet)),
            _section(sheet, "contacts", _contacts(sheet)),
            _section(sheet, "agreement", *_agreement(sheet, name)),
        ),
    )


def _section(sheet: PlanSheet, key: str, *blocks: Block) -> Section:
    beside = Said(say(key, sheet.beside), sheet.beside) if sheet.beside else None
    return Section(say(key, "fr"), blocks, beside=beside)


def _lead(sheet: PlanSheet, name: str) -> Iterator[Block]:
    if sheet.beside:
        yield Paragraph(say("title", sheet.beside), language=sheet.beside)
    rows = [_each(sheet, "for", name=name)]
    if sheet.beside:
        rows.append(_each(sheet, "french_rules", quiet=True))
        if not _is_reviewed(sheet):
            rows.append(_each(sheet, "not_reviewed", quiet=True, only=sheet.beside))
    yield _table(sheet, rows)


def _is_reviewed(sheet: PlanSheet) -> bool:
    """Say whether somebody read over every translation that this plan shows."""
    titles = [title for step in sheet.content.steps if (title := title_of(step.rule, step.title))]
    return all(sheet.beside in text.reviewed for text in [*_words().values(), *titles])


# --- Parts ----------------------------------------------------------------------------------------------------------
def _goals(sheet: PlanSheet) -> SideBySide:
    """The person's wishes, as they said them: in the column of their language, else in the first."""
    rows: list[Row] = []
    for goal in sheet.content.goals:
        column = goal.language if goal.language in sheet.languages else "fr"
        words = Said(goal.words, goal.language)
        rows.append(tuple((words,) if language == column else () for language in sheet.languages))
    return _table(sheet, rows or [_each(sheet, "no_goal")])


def _steps(sheet: PlanSheet) -> SideBySide:
    rows = [tuple(_step(step, language) for language in sheet.languages) for step in sheet.content.steps]
    return _table(sheet, rows)


def _step(step: StepContent, language: str) -> Lines:
    """Return a step in one language: what, by whom and when, where; its own words where nobody translated them."""
    lines: list[Said] = []
    title = title_of(step.rule, step.title)
    if title is not None:
        lines.append(Said(title.in_language(language), language, strong=True))
    elif step.language == language or language == "fr":
        lines.append(Said(step.title, step.language, strong=True))
    else:
        lines.append(Said(say("in_french", language) if step.language == "fr" else "", language, quiet=True))
        lines.append(Said(step.title, step.language, strong=True))
    who = step.organisation or say(step.owner, language)
    lines.append(Said(say("by", language, who=who, date=_day(step.due, language)), language))
    if step.service:
        lines.append(Said(say("with", language, service=step.service), language, quiet=True))
    if step.need and language == "fr" and step.need != step.title:
        lines.append(Said(say("need", language, need=step.need), language, quiet=True))
    return tuple(line for line in lines if line.text)


def _contacts(sheet: PlanSheet) -> SideBySide:
    agent, point = sheet.file.agent, sheet.file.service_point
    rows: list[Row] = []
    if agent:
        rows.append(_each(sheet, "agent_is", name=agent.name))
        rows.append(tuple((Said(agent.email, "fr"),) for _language in sheet.languages))
    rows.append(_each(sheet, "point_is", name=point.name))
    rows.append(tuple((Said(point.address, "fr"),) for _language in sheet.languages))
    return _table(sheet, rows)


def _agreement(sheet: PlanSheet, name: str) -> Iterator[Block]:
    version = sheet.version
    if version is None:
        yield _table(sheet, [_each(sheet, "draft"), _each(sheet, "sign_here")])
        return
    rows: list[Row] = [
        tuple((Said(say("agreed", each, date=_day(version.agreed_on, each)), each),) for each in sheet.languages)
    ]
    if version.explained_language:
        rows.append(_explained(sheet, version))
    plain = {Signing.PAPER: "signed_paper", Signing.SPOKEN: "signed_spoken"}.get(Signing(version.signing))
    if plain:
        rows.append(_each(sheet, plain))
    if version.signing == Signing.PAPER:
        rows.append(_each(sheet, "sign_here"))
    short = version.digest[:SHORT_DIGEST]
    rows.append(_each(sheet, "version", quiet=True, number=str(version.number), digest=short))
    yield _table(sheet, rows)
    if version.signature:
        yield Drawing(_svg(version.signature), say("signed", "fr", name=name), SIGNATURE_MM)
        yield Paragraph(say("signed", "fr", name=name), quiet=True)


def _explained(sheet: PlanSheet, version: PlanVersion) -> Row:
    def line(language: str) -> Lines:
        with override(language):
            spoken = write_language(version.explained_language)
        key = "explained_by" if version.explained_by else "explained"
        values = {"language": spoken} | ({"name": version.explained_by} if version.explained_by else {})
        return (Said(say(key, language, **values), language),)

    return tuple(line(language) for language in sheet.languages)


def _svg(strokes: list[Any]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIGNATURE_WIDTH} {SIGNATURE_HEIGHT}">'
        f'<path d="{signature_path(strokes)}" fill="none" stroke="#16242b" stroke-width="4"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


# --- In each language -----------------------------------------------------------------------------------------------
def _table(sheet: PlanSheet, rows: list[Row]) -> SideBySide:
    headers = tuple(Said(_own_name(language), language, quiet=True) for language in sheet.languages)
    return SideBySide(headers, tuple(rows))


def _each(sheet: PlanSheet, key: str, *, quiet: bool = False, only: str = "", **values: str) -> Row:
    """Return a row that says the same in each language, or in `only` one."""
    return tuple(
        (Said(say(key, language, **values), language, quiet=quiet),) if not only or only == language else ()
        for language in sheet.languages
    )


def _day(day: date, language: str) -> str:
    with override(language):
        return write_long_date(day)


def _own_name(language: str) -> str:
    """Return the name of a language in that language."""
    with override(language):
        return write_language(language).capitalize()
