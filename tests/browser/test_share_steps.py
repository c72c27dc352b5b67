"""The form on a phone: which step opens after a fault, and what the last look shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.helpers.looking import PHONE, axe_violations, sideways
from tests.helpers.share_form import NO_SCRIPT, STEPS, WORDS, box, sent_code, shown


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_an_empty_card_opens_only_the_step_that_is_needed(visit: Visit, screen: dict):
    page = visit("/share#check", **screen)

    page.get_by_role("button", name="Send my card").click()

    expect(page.get_by_text("Write a few words in one of the boxes.").first).to_be_in_viewport()
    assert shown(page) == ["words"]
    expect(box(page)).to_be_focused()
    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    expect(page.get_by_role("link", name="Help now").last).to_be_in_viewport()
    box(page).fill(WORDS)
    page.get_by_role("link", name="Next").click()
    assert shown(page) == ["who"]
    page.get_by_role("link", name="Look at my card").click()
    assert shown(page) == STEPS
    sent_code(page)


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_a_card_that_was_not_sent_yet_is_at_the_last_look(visit: Visit, screen: dict):
    page = visit("/share#words", **screen)
    box(page).fill(WORDS)
    page.locator("#card [name=enter]").evaluate("button => button.click()")

    expect(page.get_by_text("We did not send it yet.")).to_be_visible()
    assert shown(page) == STEPS
    page.get_by_role("link", name="Change What do you want to say?").click()
    assert shown(page) == ["words"]
    page.go_back()
    sent_code(page)


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_the_last_look_shows_every_answer_each_with_a_way_to_change_it(visit: Visit, screen: dict):
    page = visit("/share#talk", **screen)
    page.get_by_label("Yes, please").check()
    page.get_by_label("At school or college").check()
    page.get_by_label("Which school and which day? Or which worker?").fill("Oak School, Friday")
    page.get_by_label("It is about someone who reads these cards").check()
    page.get_by_label("Someone else").check()
    page.get_by_role("link", name="Look at my card").click()

    missing = page.get_by_text("But we cannot find you yet.")
    promised = page.get_by_text("Someone will try to reach you.", exact=True)
    expect(missing).to_be_visible()
    expect(promised).to_be_hidden()
    expect(page.get_by_text("This part is private.")).to_be_visible()
    where = "Which school and which day? Or which worker?"
    for name, visible in (("At school or college", False), (where, False),
                          ("Your first name", False), ("Your number", False),
                          ("Someone else", True)):  # fmt: skip
        expect(page.get_by_label(name)).to_be_visible(visible=visible)
    expect(page.locator("[name=whom][value=not_said]")).to_be_hidden()
    changes = page.locator(".change:visible").all_inner_texts()
    assert [" ".join(one.split()).removeprefix("Change ") for one in changes] == [
        "What it is about", "How you feel", "What do you want to say?",
        "Can the Board read your words?", "Do you want someone to talk to you?",
        "It is about someone who reads these cards",
    ]  # fmt: skip
    if screen is PHONE:  # axe is a script
        assert axe_violations(page) == []
    assert sideways(page) == []

    page.get_by_role("link", name="Change Do you want someone to talk to you?").click()
    page.get_by_label("Your first name").fill("Kai")
    page.get_by_role("link", name="Look at my card").click()
    expect(missing).to_be_hidden()
    expect(promised).to_be_visible()
    expect(page.get_by_label("Your first name")).to_be_hidden()
    expect(page.get_by_label("Your first name")).to_have_value("Kai")

    page.get_by_role("link", name="Change Do you want someone to talk to you?").click()
    page.get_by_label("Text me").check()
    page.get_by_label("Your number").fill("07700 90")
    page.get_by_role("link", name="Look at my card").click()
    expect(page.get_by_text("That number is too short.")).to_be_visible()
    expect(promised).to_be_hidden()
    page.get_by_role("link", name="Change Do you want someone to talk to you?").click()
    page.get_by_label("Your number").fill("")
    page.get_by_role("link", name="Look at my card").click()
    expect(missing).to_be_visible()
    expect(page.get_by_text("That number is too short.")).to_be_hidden()
    page.get_by_role("link", name="Change Do you want someone to talk to you?").click()
    page.get_by_label("Your number").fill("+44 7700 900 123")
    page.get_by_role("link", name="Look at my card").click()
    expect(promised).to_be_visible()


SMALL = {**PHONE, "viewport": {"width": 360, "height": 640}}
COVERED = """() => {
  const tools = document.querySelector('.tools').getBoundingClientRect();
  return [...document.querySelectorAll('.words :is(h2, h3, p, label, .choice)')].filter((one) => {
    const box = one.getBoundingClientRect();
    const at = [box.x + box.width / 2, Math.max(box.y, 1)];
    return box.height && box.y < tools.bottom && box.bottom > tools.y
      && !document.elementFromPoint(...at)?.closest('.tools');
  }).map((one) => one.textContent);
}"""


@pytest.mark.parametrize("size", ["", "225%"], ids=["usual", "twice as large"])
@pytest.mark.parametrize("path", ["/share#words", "/share#check", "/card"])
def test_nothing_is_read_through_the_way_out(visit: Visit, path: str, size: str):
    page = visit(path, **SMALL)
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")

    for down in (120, 200, 280):
        page.evaluate(f"window.scrollTo(0, {down})")
        assert page.evaluate(COVERED) == []
        expect(page.get_by_role("link", name="Leave quickly")).to_be_in_viewport()
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["viewport"]["width"]
