"""Zeros are plain rings, not crossed out, and need no font that is not loaded anyway."""

import pytest
from playwright.sync_api import Page

from tests.helpers.looking import DESK, PHONE, Visit

PLAIN = ["atkinson-next-latin.woff2", "bricolage-zero.woff2"]
LATIN = ["atkinson-next-latin.woff2", "bricolage-latin.woff2"]


def drawn_zeros(page: Page, part: str) -> tuple[int, int]:
    """How many zeros are in parts of a page, and how many characters there use another font.

    The rest is set in Atkinson, so these are its zeros; only Chromium says which font drew what.
    """
    chromium = page.context.new_cdp_session(page)
    for tool in ("DOM", "CSS"):
        chromium.send(f"{tool}.enable")
    root = chromium.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = chromium.send("DOM.querySelectorAll", {"nodeId": root, "selector": part})["nodeIds"]
    fonts = [
        font
        for node in found
        for font in chromium.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    zeros = sum(words.count("0") for words in page.locator(part).all_inner_texts())
    return zeros, sum(f["glyphCount"] for f in fonts if "Bricolage" in f["familyName"])


@pytest.mark.parametrize(
    ("username", "path", "part", "fonts", "screen"),
    [
        ("youth.voice", "/history", ".sheet tbody th", LATIN, DESK),
        ("youth.voice", "/checking", ".queue-row .soft", LATIN, PHONE),
        ("chair", "/actions?action=1", ".facts dd", LATIN, DESK),
        (None, "/share", "#help b", PLAIN, DESK),
        (None, "/share", "#help b", PLAIN, PHONE),
    ],
)
def test_a_zero_is_a_plain_ring(
    visit: Visit,
    username: str | None,
    path: str,
    part: str,
    fonts: list[str],
    screen: dict[str, object],
):
    page = visit(path, username, **screen)
    zeros, plain = drawn_zeros(page, part)

    assert zeros
    assert plain == zeros
    asked_for = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    names = {address.rpartition("/")[2] for address in asked_for}
    assert sorted(name for name in names if name.endswith(".woff2")) == fonts
