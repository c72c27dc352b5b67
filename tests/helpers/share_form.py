"""The form on /share in a browser: its steps, and a young person who goes through them."""

import re

from playwright.sync_api import Page, expect

from tests.helpers.looking import DESK, PHONE, REFLOW

STEPS = ["theme", "feeling", "words", "who", "talk", "check"]
MODES = {
    "desk": DESK,
    "dark": {**DESK, "color_scheme": "dark"},
    "phone": PHONE,
    "reflow": REFLOW,
}
NO_SCRIPT = {**PHONE, "java_script_enabled": False}
WORDS = "I want my bike back. It is still at my old house."
SLOW_PHONE = 60 * 1024


def box(page: Page):
    return page.get_by_label("What do you want to say?")


def shown(page: Page) -> list[str]:
    """The steps that can be seen just now."""
    return [step for step in STEPS if page.locator(f"#{step}").is_visible()]


def write(page: Page) -> None:
    """Go from the first step to the final check as a young person does."""
    page.get_by_label("School", exact=True).check()
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Not good").check()
    page.get_by_role("link", name="Next").click()
    box(page).fill(WORDS)
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Yes, my words").check()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Look at my card").click()


def sent_code(page: Page) -> str:
    page.get_by_role("button", name="Send my card").click()
    code = page.locator("[data-card-code]")
    expect(code).to_have_text(re.compile(r"^(\w+ ){4}\w+$"))
    return code.inner_text()
