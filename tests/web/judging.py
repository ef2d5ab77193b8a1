"""What is wrong with a page for people with other eyes, hands or screens."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page, ViewportSize

_HERE = Path(__file__).parent
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_LAYOUT = (_HERE / "layout.js").read_text(encoding="utf-8")
SIGHT = (_HERE / "sight.js").read_text(encoding="utf-8")
_JUDGE = """(rules) => axe.run({ runOnly: rules, resultTypes: ["violations", "incomplete"] })
  .then(({ violations, incomplete }) => [...violations, ...incomplete])"""
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EVERYTHING = {"type": "tag", "values": _LEVELS}
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# People may set these, and then nothing may be lost (WCAG 1.4.12).
_SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p, li { margin-bottom: 2em !important }
"""
# The security policy of the page does not hold back a sheet that is made by a script.
_STYLED = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
_ALL_OPEN = "for (const details of document.querySelectorAll('details')) details.open = true"
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}


def judged(page: Page) -> list[str]:
    """All faults, in one pass: to load a page takes longer than to look at it."""
    page.evaluate(_ALL_OPEN)
    page.set_viewport_size(DESK)
    faults = accessibility(page, _EVERYTHING)
    faults += layout(page, "desk")
    styled(page, _SPACED)
    faults += layout(page, "desk, spaced")
    page.set_viewport_size(PHONE)
    faults += layout(page, "phone, spaced")
    styled(page, "")
    faults += layout(page, "phone")
    faults += keyboard(page)
    # The elements are the same in the dark, so that only colours can be wrong.
    page.emulate_media(color_scheme="dark")
    faults += accessibility(page, _COLOURS)
    faults += page.evaluate("sight.focused()")
    faults += fixed_colours(page)
    page.emulate_media(color_scheme="light")
    return faults


def colours(page: Page) -> list[str]:
    """Only what a change of the colours can bring about."""
    _see(page)
    faults = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        faults += accessibility(page, _COLOURS) + page.evaluate("sight.focused()")
    return faults


def accessibility(page: Page | Frame, rules: dict[str, Any] = _EVERYTHING) -> list[str]:
    """What axe finds, and what it cannot judge: nobody else would look at that."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    return [
        f"{fault['id']}: {node['html']} {json.dumps(node['any'])}"
        for fault in page.evaluate(_JUDGE, rules)
        for node in fault["nodes"]
    ]


def layout(page: Page | Frame, where: str) -> list[str]:
    return [f"{where}: {fault}" for fault in page.evaluate(_LAYOUT)]


def keyboard(page: Page) -> list[str]:
    """Goes round with Tab: through everything, in order, in sight, and out at the end."""
    _see(page)
    for _ in range(page.evaluate("sight.watch()")):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("sight.walked()")
    return found


def fixed_colours(page: Page) -> list[str]:
    """What is lost when the device fixes the colours: then hardly more than lines are left."""
    _see(page)
    faults: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        found = page.evaluate("[...sight.fixed(), ...sight.focused()]")
        faults += [f"fixed colours, {scheme}: {fault}" for fault in found]
    page.emulate_media(forced_colors="none")
    return faults


def styled(page: Page, style: str) -> None:
    """In place of the style that it was given before."""
    page.evaluate(_STYLED, style)


def _see(page: Page) -> None:
    page.evaluate(SIGHT)
