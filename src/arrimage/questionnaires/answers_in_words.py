"""An answer as a person says it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from arrimage.foundation.writing import write_date
from arrimage.questionnaires.definition import Kind, Question


def in_words(question: Question, answer: Any, language: str, themes: Mapping[str, str]) -> str:
    """Return one answer in `language`; `themes` are the names of themes by code. Nothing when nothing was said."""
    if answer is None:
        return ""
    options = {option.key: option.label.in_language(language) for option in question.options}
    match question.kind:
        case Kind.YES_NO:
            return _("Oui") if answer else _("Non")
        case Kind.CHOICE:
            return options.get(answer, str(answer))
        case Kind.SEVERAL:
            return " ; ".join(options.get(each, str(each)) for each in answer)
        case Kind.DATE:
            return write_date(date.fromisoformat(answer))
        case Kind.NEEDS:
            return " ; ".join(f"{row['label']} ({themes.get(row['theme'], row['theme'])})" for row in answer)
        case _:
            return str(answer)
