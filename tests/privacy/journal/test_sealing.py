"""The journal is sealed, and whatever is done to it afterwards is found: by its owner too, triggers disabled."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from arrimage.privacy.journal import sealing
from arrimage.privacy.journal.anchors import anchor_file
from arrimage.privacy.journal.digests import MARK, row_digest, rows_between, seal_digest
from arrimage.privacy.journal.models import Reading, Seal
from arrimage.privacy.journal.sealing import seal
from arrimage.privacy.journal.verification import verify
from tests import factories as f
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors"
    return settings.ANCHORS


@pytest.fixture
def sealed(django_capture_on_commit_callbacks):
    """Seal, as a job does: the anchors are written once the transaction is done."""

    def run(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return seal(**fields)

    return run


@pytest.fixture
def journal(sealed):
    """Three seals of three lines each."""
    lines = []
    for _ in range(3):
        lines += f.ReadingFactory.create_batch(3)
        sealed()
    return lines


@contextmanager
def owner_without_triggers():
    """Do what is inside as the owner of the database, who disabled every trigger of the journal."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("select inhrelid::regclass::text from pg_inherits where inhparent = 'journal_reading'::regclass")
        tables = ["journal_reading", "journal_seal", *(name for (name,) in cursor.fetchall())]
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger all")
        yield cursor


def problems() -> list[str]:
    return verify().problems


def test_a_journal_left_alone_is_intact(journal) -> None:
    found = verify()
    assert (found.problems, found.seals, found.rows, found.waiting) == ([], 3, 9, 0)


def test_what_is_not_sealed_is_said(journal) -> None:
    line = f.ReadingFactory()
    found = verify()
    assert (found.problems, found.waiting, found.waiting_since) == ([], 1, line.happened_at)


def test_nothing_to_seal_makes_no_seal(sealed, journal) -> None:
    assert sealed().seals == 0
    assert Seal.objects.count() == 3


def test_large_journals_make_several_seals(sealed, monkeypatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 2)
    f.ReadingFactory.create_batch(5)
    assert (sealed().seals, verify().problems) == (3, [])
    assert [each.count for each in Seal.objects.all()] == [2, 2, 1]


def test_an_altered_line_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("update journal_reading set name = 'Personne d’autre' where id = %s", [journal[4].pk])
    (problem,) = problems()
    assert "scellé no 2" in problem
    assert f"lignes modifiées : {journal[4].pk}" in problem.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "change",
    [
        "happened_at = happened_at + interval '1 microsecond'", "user_id = null", "role = 'team_lead'", "person_id = 1",
        "region_id = null", "service_point_id = null", "what = 'printed'", "kind = 'plan'", "object_uid = null",
        "basis = 'my_point'", "address = ''",
    ],
)  # fmt: skip
def test_no_column_escapes(journal, change: str) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute(f"update journal_reading set {change} where id = %s", [journal[0].pk])
    assert len(problems()) == 1


def test_a_removed_line_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("delete from journal_reading where id = %s", [journal[7].pk])
    (problem,) = problems()
    assert "scellé no 3" in problem
    assert f"lignes retirées : {journal[7].pk}" in problem.replace("\u00a0", " ")


COPY = """
insert into journal_reading (id, happened_at, user_id, name, role, region_id, person_id, what, kind, basis, address)
select {id}, happened_at + interval '1 second', user_id, name, role, region_id, person_id, what, kind, basis, address
from journal_reading where id = %s
"""


def test_a_line_added_under_a_sealed_number_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute(COPY.format(id="id"), [journal[1].pk])
    assert any(f"déjà scellé : {journal[1].pk}" in each.replace("\u00a0", " ") for each in problems())


def test_a_line_added_behind_the_seals_is_found(journal, sealed) -> None:
    later = timezone.now() + sealing.PATIENCE + timedelta(minutes=1)
    with owner_without_triggers() as cursor:
        cursor.execute(COPY.format(id="0"), [journal[1].pk])
        cursor.execute("update journal_seal set horizon = 1")  # every transaction of then has ended
        reseal()  # what this test had to touch
    assert any("après coup" in each for each in verify(later).problems)
    assert sealed(now=later).rows == 0, "a line put there by somebody is not laundered by the next seal"


def reseal() -> None:
    """Recompute every digest of the database, with the key: what nobody without it can do."""
    previous = ""
    for each in Seal.objects.order_by("number"):
        rows = [
            row
            for row in rows_between(each.first_id, each.last_id)
            if any(first <= row[0] <= last for first, last in each.spans)
        ]
        digests = [row_digest(row) for row in rows]
        each.previous, each.count = previous, len(rows)
        each.marks = b"".join(digest[:MARK] for digest in digests)
        each.digest = previous = seal_digest(each, digests)
        Seal.objects.filter(pk=each.pk).update(
            previous=each.previous, count=each.count, marks=each.marks, digest=each.digest
        )


def test_a_superuser_who_recomputes_every_digest_he_can_reach_is_found(journal, settings) -> None:
    key = settings.SEAL_KEY
    with owner_without_triggers() as cursor:
        cursor.execute("update journal_reading set person_id = null where id = %s", [journal[4].pk])
        settings.SEAL_KEY = b"a guess: the key is not in the database"
        reseal()
    settings.SEAL_KEY = key
    found = problems()
    assert any("scellé no 2" in each for each in found)
    assert any("diffère de ce qui est gardé hors de la base" in each for each in found)


def test_even_the_key_does_not_help_against_the_anchors(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("update journal_reading set person_id = null where id = %s", [journal[4].pk])
        reseal()
    found = problems()
    assert found
    assert all("diffère de ce qui est gardé hors de la base" in each for each in found)
    assert len(found) == 2, "the seal of the altered line, and the one chained to it"


def test_a_tail_cut_off_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("delete from journal_seal where number = 3")
        cursor.execute("delete from journal_reading where id >= %s", [journal[6].pk])
    (problem,) = problems()
    assert "le scellé no 3" in problem
    assert "la fin du journal a été retranchée" in problem


def test_a_tail_cut_off_and_grown_again_is_found(journal, sealed) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("delete from journal_seal where number = 3")
        cursor.execute("delete from journal_reading where id >= %s", [journal[6].pk])
    f.ReadingFactory()
    sealed()
    assert any("scellé no 3" in each for each in problems())


def test_a_missing_seal_in_the_middle_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("delete from journal_seal where number = 2")
    assert any("le scellé no 2 manque" in each for each in problems())


def test_a_seal_that_claims_more_is_found(journal) -> None:
    with owner_without_triggers() as cursor:
        cursor.execute("update journal_seal set spans = '[[1, 9000000000]]' where number = 2")
    assert any("scellé no 2" in each and "modifié ou refait" in each for each in problems())


def test_anchors_that_disappear_are_found(journal) -> None:
    anchor_file().unlink()
    assert sum("rien n’en est gardé" in each for each in problems()) == 3


def test_an_anchor_file_tampered_with_is_found(journal) -> None:
    lines = anchor_file().read_text().splitlines()
    changed = json.loads(lines[1]) | {"digest": "0" * 64}
    anchor_file().write_text("\n".join([lines[0], json.dumps(changed), lines[2], "n’importe quoi"]))
    found = problems()
    assert any("scellé no 2" in each and "diffère" in each for each in found)
    assert any("illisible" in each for each in found)


def test_what_could_not_be_kept_outside_is_kept_the_next_time(journal, sealed) -> None:
    f.ReadingFactory()
    seal()  # the transaction ends, and the process dies before writing outside
    assert any("rien n’en est gardé" in each for each in problems())
    assert sealed().anchors_added == 1
    assert problems() == []


def test_the_anchors_are_handed_to_a_command(sealed, settings, tmp_path) -> None:
    settings.ANCHOR_COMMAND = f"tee -a {tmp_path / 'sent'}"
    f.ReadingFactory()
    sealed()
    assert json.loads((tmp_path / "sent").read_text())["number"] == 1


def test_a_command_that_fails_loses_nothing(sealed, settings, caplog) -> None:
    settings.ANCHOR_COMMAND = "false"
    f.ReadingFactory()
    sealed()
    assert problems() == []
    assert "the command of the anchors failed" in caplog.text


def test_another_key_finds_everything_altered(journal, settings) -> None:
    settings.SEAL_KEY = b"another"
    assert len(problems()) == 3


def test_lines_of_a_transaction_still_open_come_later(sealed) -> None:
    """What a seal could not see yet, in a gap of it, belongs to the next one."""
    first, late, last = f.ReadingFactory.create_batch(3)
    with owner_without_triggers() as cursor:
        cursor.execute("create temporary table aside as select * from journal_reading where id = %s", [late.pk])
        cursor.execute("delete from journal_reading where id = %s", [late.pk])  # as if not committed yet
    sealed()
    assert Seal.objects.get().spans == [[first.pk, first.pk], [last.pk, last.pk]]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("insert into journal_reading select * from aside")
    assert sealed().rows == 1
    assert Seal.objects.last().spans == [[late.pk, late.pk]]
    assert (problems(), Reading.objects.count()) == ([], 3)


def test_the_job_is_in_the_queue_s_hands() -> None:
    from arrimage.accounts.jobs import JOBS
    from arrimage.privacy.journal.tasks import seal_journal

    assert JOBS["journal.seal"] is seal_journal
