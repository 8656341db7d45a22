"""Sealing while pages are read: two connections."""

import threading

import pytest
from django.db import connection, transaction

from arrimage.privacy.journal.models import Reading, Seal
from arrimage.privacy.journal.sealing import seal
from arrimage.privacy.journal.verification import verify
from tests import factories as f
from tests.roles import act_as_tests


@pytest.mark.django_db(transaction=True)
def test_no_line_of_an_open_transaction_is_skipped(settings, tmp_path) -> None:
    settings.ANCHORS = tmp_path
    file, user = f.FileFactory(), f.UserFactory()
    written, sealed = threading.Event(), threading.Event()

    def slow_page() -> None:
        try:
            with transaction.atomic():
                act_as_tests()
                f.ReadingFactory(file=file, user=user)
                written.set()
                sealed.wait(20)
        finally:
            connection.close()

    page = threading.Thread(target=slow_page)
    page.start()
    assert written.wait(20)
    after = f.ReadingFactory(file=file, user=user)  # a higher number, committed first
    assert seal().rows == 1
    assert Seal.objects.get().spans == [[after.pk, after.pk]]
    sealed.set()
    page.join()
    assert Reading.objects.count() == 2
    assert seal().rows == 1
    found = verify()
    assert (found.problems, found.rows, found.waiting) == ([], 2, 0)
