"""The printed plan: tagged, French beside another language, right-to-left where it is, words of one's own kept."""

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from arrimage.accounts.enums import Role
from arrimage.casework import actions
from arrimage.casework.actions.agreements import Agreed, contents_of
from arrimage.casework.enums import Signing
from arrimage.casework.plan_document import BESIDE, PlanSheet, plan_document, plan_pdf
from arrimage.engines.documents import Said, SideBySide
from tests import factories as f

pytestmark = pytest.mark.django_db
STROKES = [[[10, 10], [200, 120], [300, 15], [400, 130], [590, 10]]]
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufefc]")


@pytest.fixture
def sheet() -> PlanSheet:
    agent = f.actor(Role.INTEGRATION_AGENT)
    step = f.StepFactory(
        title="S’inscrire à l’assurance maladie (RAMQ)", rule="health_insurance", due_on=date(2026, 12, 3)
    )
    f.StepFactory(plan=step.plan, title="Appeler ma cousine", due_on=date(2026, 12, 4))
    f.GoalFactory(plan=step.plan, words="أريد أن أعمل ممرضة", language="ar")
    agreed = Agreed(step.plan, language="ar", by="Mme Saleh", signing=Signing.SIGNATURE, signature=STROKES)
    (version,) = actions.agree_plans(agent, [agreed])
    return PlanSheet(step.file, contents_of([step.plan_id])[step.plan_id], version, "ar")


def read(sheet: PlanSheet) -> PdfReader:
    return PdfReader(io.BytesIO(plan_pdf(sheet)))


def structure(node: Any) -> list[str]:
    """Return the kinds of the structure tree, in order."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return [kind for each in node for kind in structure(each)] if isinstance(node, list) else []
    kinds = [str(node["/S"])] if "/S" in node else []
    children = node.get("/K")
    return kinds + (structure(children) if children is not None and not isinstance(children, int) else [])


def languages(node: Any) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return {code for each in node for code in languages(each)}
    if not hasattr(node, "get"):
        return set()
    own = {str(node["/Lang"])} if "/Lang" in node else set()
    return own | (languages(node["/K"]) if "/K" in node and not isinstance(node["/K"], int) else set())


def test_it_is_tagged_titled_and_says_its_languages(sheet: PlanSheet) -> None:
    root: Any = read(sheet).trailer["/Root"]
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    kinds = structure(root["/StructTreeRoot"])
    assert {"/Title", "/H1", "/Table", "/TH", "/TD", "/Figure"} - set(kinds) <= {"/Title"}
    assert kinds.count("/H1") >= 4
    assert any(code.startswith("ar") for code in languages(root["/StructTreeRoot"]))


def test_french_is_always_there_and_the_other_language_beside(sheet: PlanSheet) -> None:
    text = "\n".join(page.extract_text() for page in read(sheet).pages).replace("\u00a0", " ")
    assert "S’inscrire à l’assurance maladie (RAMQ)" in text
    assert "3 décembre 2026" in text
    assert "Expliqué en arabe par l’entremise de Mme Saleh" in text
    assert sheet.version is not None
    assert sheet.version.digest[:12] in text
    assert len(ARABIC.findall(text)) > 150


@pytest.mark.parametrize("language", BESIDE)
def test_each_language_says_steps_and_dates_its_own_way(sheet: PlanSheet, language: str) -> None:
    document = plan_document(PlanSheet(sheet.file, sheet.content, sheet.version, language))
    (table,) = document.sections[1].blocks
    assert isinstance(table, SideBySide)
    french, other = table.rows[0]
    assert [each.language for each in french] == ["fr"] * len(french)
    titles = {"en": "Register for health insurance (RAMQ)", "es": "Inscribirse en el seguro de salud (RAMQ)"}
    assert other[0].text == titles.get(language, "التسجيل في التأمين الصحي (RAMQ)")
    assert {each.language for each in other} == {language}
    months = {"en": "December 3, 2026", "es": "diciembre", "ar": "ديسمبر"}
    assert months[language] in other[1].text.replace("\u00a0", " ")


def test_words_of_one_s_own_keep_their_language(sheet: PlanSheet) -> None:
    document = plan_document(sheet)
    goals, steps = (section.blocks[0] for section in document.sections[:2])
    assert isinstance(goals, SideBySide)
    assert isinstance(steps, SideBySide)
    assert goals.rows == (((), (Said("أريد أن أعمل ممرضة", "ar"),)),)
    own = steps.rows[1][1]
    assert own[0].text == "بالفرنسية"
    assert (own[1].text, own[1].language) == ("Appeler ma cousine", "fr")
    in_spanish = plan_document(PlanSheet(sheet.file, sheet.content, sheet.version, "es")).sections[0].blocks[0]
    assert isinstance(in_spanish, SideBySide)
    assert in_spanish.rows[0][0] == (Said("أريد أن أعمل ممرضة", "ar"),)


def test_french_alone_has_one_column_and_a_draft_a_place_to_sign(sheet: PlanSheet) -> None:
    document = plan_document(PlanSheet(sheet.file, sheet.content, None))
    blocks = [block for section in document.sections for block in section.blocks]
    assert all(isinstance(block, SideBySide) and len(block.headers) == 1 for block in blocks)
    last = blocks[-1]
    assert isinstance(last, SideBySide)
    assert "Signature" in last.rows[-1][0][0].text


def test_a_translation_nobody_read_over_says_so(sheet: PlanSheet) -> None:
    (table,) = [block for block in plan_document(sheet).lead if isinstance(block, SideBySide)]
    said = [line.text for row in table.rows for cell in row for line in cell]
    assert "لم تتم مراجعة هذه الترجمة بعد." in said
