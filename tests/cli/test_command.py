"""`arrimage`: its words, and how it ends."""

import pytest
from django.db import OperationalError

from arrimage import cli
from arrimage.config.database import DatabaseNotAvailable
from arrimage.foundation.errors import NotAllowed


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert f"arrimage {name}" in capsys.readouterr().out


def test_wrong_usage() -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["danser"])
    assert end.value.code == 2


@pytest.mark.parametrize(
    "error",
    [NotAllowed("Votre rôle ne permet pas cette action."), DatabaseNotAvailable("Pas de base."), OperationalError("x")],
)
def test_expected_errors_are_a_sentence(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end, cli.errors_for_people():
        raise error
    assert end.value.code == 1
    assert str(error) in capsys.readouterr().err


def test_data_may_come_before_or_after_the_command() -> None:
    assert str(cli.parse(["--data", "ici", "database-url"]).data) == "ici"
    assert str(cli.parse(["database-url", "--data", "ici"]).data) == "ici"
    assert cli.parse(["database-url"]).data is None
    assert cli.parse(["--data", "demo", "serve", "--port", "8001"]).port == 8001
