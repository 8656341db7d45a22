"""Working by the keyboard alone: the focus goes where it is led, and is seen there."""

from playwright.sync_api import Locator, Page

RING = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1;
}"""
IS_FOCUSED = "element => element === document.activeElement"


def reach(page: Page, target: Locator, *, key: str = "Tab", at_most: int = 150) -> None:
    """Press a key until the target has the focus; fail when it never has, or when it does not show it."""
    target.wait_for()
    for _press in range(at_most):
        page.keyboard.press(key)
        if target.evaluate(IS_FOCUSED):
            assert target.evaluate(RING), f"the focus is not seen on {target}"
            return
    raise AssertionError(f"{at_most} × {key} from the top of {page.url} do not lead to {target}")


def go_through(page: Page, target: Locator) -> None:
    """Reach a link or a button by Tab, and use it by Enter."""
    reach(page, target)
    page.keyboard.press("Enter")


def tick(page: Page, target: Locator) -> None:
    """Reach a box by Tab, and tick it by the space bar."""
    reach(page, target)
    page.keyboard.press("Space")
    assert target.is_checked(), f"the space bar does not tick {target}"


def write(page: Page, target: Locator, text: str) -> None:
    """Reach a field by Tab, and write in it."""
    reach(page, target)
    page.keyboard.type(text)
