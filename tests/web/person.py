"""What a person does on a page, and waits for."""

import re

import pytest
from playwright.sync_api import Page

from tests.web.judging import SIGHT

FIELD = "Stel een vraag"
NEXT = "Volgende"
# What somebody at the keyboard is on, and whether that can be seen.
FOCUS = f"{SIGHT} sight.here()"
_LONGEST_WAY = 60  # times Tab


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def submit(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=NEXT).click()


def answer(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label, exact=True).check()
    submit(page)


def first_answer(page: Page) -> None:
    page.get_by_role("radio").first.check()
    submit(page)


def ask(page: Page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    press(page, "Enter")


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def sees_focus(page: Page) -> bool:
    seen: bool = page.evaluate(FOCUS)["visible"]
    return seen


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Every stop on the way must be in sight."""
    for _ in range(_LONGEST_WAY):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["visible"], f"{at['name']!r} has the focus and does not show it"
        if re.fullmatch(name if isinstance(name, re.Pattern) else re.escape(name), at["name"]):
            return
    pytest.fail(f"{name!r} cannot be reached")
