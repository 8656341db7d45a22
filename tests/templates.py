"""An undefined variable in one of our templates is an error, not an empty place on a page."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.template import Context

import arrimage

OURS = str(Path(arrimage.__file__).parent)


class UndefinedVariable(Exception):
    """A template of ours writes a variable that its view does not give."""


class Undefined(str):
    """What Django writes in place of an undefined variable (`string_if_invalid`); in our templates, it raises.

    Templates of other packages count on undefined variables being empty, also when they extend or include ours.
    """

    __slots__ = ()

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "%s")  # Django then formats it with the variable's name

    def __mod__(self, name: Any) -> str:
        templates = templates_being_rendered()
        if templates and all(template.startswith(OURS) for template in templates):
            raise UndefinedVariable(f"« {name} » is not defined in {templates[-1]}")
        return ""


def templates_being_rendered() -> list[str]:
    """Return the file of the page being rendered and of the template within it, from the frames of the call."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        context = frame.f_locals.get("context")
        if isinstance(context, Context):
            names = [context.template, context.render_context.template]
            return [template.origin.name for template in names if template is not None]
        frame = frame.f_back
    return []
