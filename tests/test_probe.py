import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.roles import as_owner

@pytest.mark.django_db
def test_web_role():
    with connection.cursor() as c:
        c.execute("select current_user, session_user"); print(c.fetchone())
        with as_owner():
            c.execute("create table zzz (a int)")
        c.execute("select current_user"); assert c.fetchone()[0] == "arrimage_test_web"
        with pytest.raises(ProgrammingError):
            c.execute("drop table zzz")

def test_db_fixture(db):
    with connection.cursor() as c:
        c.execute("select current_user"); assert c.fetchone()[0] == "arrimage_test_web"

def test_tx(transactional_db):
    with connection.cursor() as c:
        c.execute("select current_user"); assert c.fetchone()[0] == "arrimage_test_web"

@pytest.mark.django_db(transaction=True)
def test_tx2():
    with connection.cursor() as c:
        c.execute("select current_user"); assert c.fetchone()[0] == "arrimage_test_web"

def test_none():
    pass
