"""The small drawings that go with a word. Always hidden from screen readers: the word says it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Drawn on 16 × 16, stroke 2, by us. A tone is told apart by its shape alone.
PATHS: dict[str, str] = {
    "ok": "M3 8.5 6.5 12 13 4.5",
    "info": "M8 7v5M8 4h.01M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z",
    "warn": "M8 2 1.5 13.5h13ZM8 6.5v3M8 11.5h.01",
    "danger": "M5.5 5.5l5 5M10.5 5.5l-5 5M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z",
    "maple": "M8 1.5 14.5 8 8 14.5 1.5 8ZM8 5v3.5M8 11h.01",
    "neutral": "M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
    "clock": "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5V8l2.5 1.5",
    "late": "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5v4M8 11.3h.01",
    "search": "M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2ZM10.7 10.7 14 14",
    "menu": "M2 4h12M2 8h12M2 12h12",
    "person": "M8 2a2.75 2.75 0 1 1 0 5.5A2.75 2.75 0 0 1 8 2ZM2.5 14c.6-2.6 2.7-4 5.5-4s4.9 1.4 5.5 4",
    "down": "M4 6l4 4 4-4",
    "next": "M6 3l5 5-5 5",
    "close": "M4 4l8 8M12 4l-8 8",
    "export": "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
    "filter": "M2 4h12M4.5 8h7M6.5 12h3",
    "theme": "M8 1.5a6.5 6.5 0 1 1 0 13ZM8 1.5a6.5 6.5 0 0 0 0 13",
}


def svg(name: str) -> SafeString:
    """Return the drawing of that name; an unknown name is a mistake of the template and raises `KeyError`."""
    return format_html(
        '<svg class="sign sign-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        name,
        mark_safe(PATHS[name]),
    )
