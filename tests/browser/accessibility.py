"""Pages judged by axe, against WCAG 2.1 level AA."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def assert_accessible(page: Page) -> None:
    """Fail with the rules broken by the page as it is now shown, and the elements that break them."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    assert not violations, f"{page.url}\n" + "\n".join(map(described, violations))


def described(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for element in violation["nodes"]:
        lines.append(f"  {' '.join(map(str, element['target']))}: {element['html'][:200]}")
        lines.extend(f"    {line.strip()}" for line in element["failureSummary"].splitlines()[1:])
    return "\n".join(lines)
