"""What agents write about some persons."""

from datetime import date
from random import Random

from arrimage.casework.enums import NoteVisibility
from arrimage.demo.planning.calendar import after
from arrimage.demo.planning.notes import PlannedNote, notes

MET_ON = date(2026, 3, 3)
UNTIL = after(MET_ON, 40)
READERS = list(NoteVisibility)


def of_many(readers: list[NoteVisibility]) -> list[list[PlannedNote]]:
    return [found for rank in range(3000) if (found := notes(Random(rank), MET_ON, UNTIL, readers))]


def test_a_few_persons_have_notes_for_every_kind_of_readers() -> None:
    found = of_many(READERS)
    assert 60 < len(found) < 240
    assert {note.visibility for each in found for note in each} == set(NoteVisibility)
    assert {bool(note.addition) for each in found for note in each} == {True, False}


def test_notes_are_written_in_order_and_not_in_the_future() -> None:
    for each in of_many(READERS):
        days = [note.on for note in each]
        assert days == sorted(days)
        assert days[0] >= MET_ON
        assert days[-1] <= UNTIL


def test_nothing_is_written_for_readers_who_are_not_there() -> None:
    alone = [NoteVisibility.TEAM]
    assert {note.visibility for each in of_many(alone) for note in each} == set(alone)
