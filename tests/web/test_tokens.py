"""Every pair of colours that meets on a page is readable (WCAG 2.2: 4.5 for text, 3 for what is drawn)."""

import re
from pathlib import Path

import pytest

import arrimage

CSS = (Path(arrimage.__file__).parent / "web" / "static" / "css" / "tokens.css").read_text()
DARK_BY_DEVICE, DARK_BY_CHOICE = re.findall(
    r'(?:not\(\[data-bs-theme="light"\]\)|\n\[data-bs-theme="dark"\]) \{(.*?)\}', CSS, re.S
)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = tokens(CSS[CSS.index(":root {") : CSS.index("@media")])
DARK = LIGHT | tokens(DARK_BY_CHOICE)

TEXT = [
    (ink, ground)
    for ink in ("ink", "quiet", "river", "river-deep", "maple", "ok", "warn", "danger", "info")
    for ground in ("paper", "wash")
]
TEXT += [(tone, f"{tone}-wash") for tone in ("ok", "warn", "danger", "info", "maple")]
TEXT += [("ink", f"{ground}-wash") for ground in ("ok", "warn", "danger", "info", "river", "maple")]
TEXT += [("river", "river-wash"), ("river-deep", "river-wash"), ("quiet", "river-wash")]
TEXT += [
    ("danger", "river-wash"),
    ("warn", "river-wash"),
    ("on-river", "river"),
    ("on-river", "river-deep"),
    ("on-danger", "danger"),
]
TEXT += [("on-bar", "bar"), ("on-bar-quiet", "bar")]
DRAWN = [
    ("line-strong", "paper"),
    ("line-strong", "wash"),
    ("focus", "paper"),
    ("focus", "wash"),
    ("leaf-on-bar", "bar"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pair", "least"), [*((pair, 4.5) for pair in TEXT), *((pair, 3.0) for pair in DRAWN)])
def test_contrast(theme: dict[str, str], pair: tuple[str, str], least: float) -> None:
    assert contrast(theme[pair[0]], theme[pair[1]]) >= least


def test_dark_is_the_same_whoever_asks_for_it() -> None:
    assert tokens(DARK_BY_DEVICE) == tokens(DARK_BY_CHOICE)
