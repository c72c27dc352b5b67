"""With the reader's own colours a chosen option still looks chosen, and no word is lost."""

import pytest
from playwright.sync_api import Page

from tests.helpers.looking import DESK, Visit

LOOK = """part => {
  const style = getComputedStyle(part);
  return style.backgroundColor + style.borderTopWidth + style.borderTopColor;
}"""


def looks(page: Page, of: str) -> list[str]:
    return page.eval_on_selector_all(of, f"all => all.map({LOOK})")


@pytest.mark.parametrize(
    ("username", "path", "chosen", "other"),
    [
        (
            "chair", "/report_cards",
            "a.choice[aria-current]", "a.choice:not([aria-current])",
        ),
        (
            "manager", "/actions?action=28",
            "[data-testid=stRadioOption][data-selected] > div > div:first-child",
            "[data-testid=stRadioOption]:not([data-selected]) > div > div:first-child",
        ),
        (
            "youth.voice", "/",
            "[data-testid=stTopNavLink][aria-current=page]",
            "[data-testid=stTopNavLink]:not([aria-current=page])",
        ),
        (
            "youth.voice", "/history",
            "[data-testid=stTopNavSection][aria-current]",
            "[data-testid=stTopNav] > :not([aria-hidden]) button:not([aria-current])",
        ),
    ],
)  # fmt: skip
def test_what_is_chosen_looks_chosen(
    visit: Visit, username: str, path: str, chosen: str, other: str
):
    page = visit(path, username, forced_colors="active", **DESK)

    assert looks(page, chosen)
    assert looks(page, other)
    assert not set(looks(page, chosen)) & set(looks(page, other))
