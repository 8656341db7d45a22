"""A full-page picture of a page of a running site.

python tests/browser/screenshot.py URL OUT.png [--width 1280] [--phone] [--login EMAIL PASSWORD]
"""

import argparse
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.chromium import launched


def main() -> None:
    parser = argparse.ArgumentParser(description="Take a full-page picture of a page.")
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--phone", action="store_true", help="a phone's screen and touch, 390 wide")
    parser.add_argument("--login", nargs=2, metavar=("EMAIL", "PASSWORD"))
    arguments = parser.parse_args()
    width = 390 if arguments.phone else arguments.width
    with launched() as browser:
        page = browser.new_page(
            locale="fr-CA",
            timezone_id="America/Montreal",
            viewport={"width": width, "height": 844 if arguments.phone else 900},
            is_mobile=arguments.phone,
            has_touch=arguments.phone,
            device_scale_factor=2 if arguments.phone else 1,
        )
        page.on("pageerror", lambda error: print(f"script error: {error}", file=sys.stderr))
        page.on("console", lambda message: print(f"console {message.type}: {message.text}", file=sys.stderr))
        if arguments.login:
            log_in(page, arguments.url, *arguments.login)
        response = page.goto(arguments.url, wait_until="networkidle")
        page.screenshot(path=arguments.out, full_page=True)
        print(f"{response.status if response else '?'} {page.url} → {arguments.out}")


def log_in(page: Page, url: str, email: str, password: str) -> None:
    """Sign in through the site's own form."""
    page.goto(urljoin(url, "/compte/login/"))
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("form", has=page.locator("[name=password]")).locator("[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    if "/compte/login" in page.url:
        raise SystemExit(f"sign-in refused for {email}")


if __name__ == "__main__":
    main()
