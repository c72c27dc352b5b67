"""The form on a phone: steps that fit, no script needed, every word kept through every fault."""

import re

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import Visit
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import DESK, PHONE, REFLOW, axe_violations, sideways

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


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_accessible_and_fits(visit: Visit, mode: str, step: str):
    page = visit(f"/share#{step}", **MODES[mode])

    assert axe_violations(page) == []
    assert sideways(page) == []
    assert step in shown(page)
    expect(page.get_by_role("link", name="Help now")).to_be_visible()
    expect(page.get_by_role("link", name="Leave quickly")).to_be_visible()
    expect(page.get_by_text("0800 1111")).to_be_visible()
    expect(page.get_by_text(re.compile("The Youth Voice Team will read this by"))).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_faults_and_the_code_page_are_accessible_and_fit(visit: Visit, mode: str):
    page = visit("/share#check", **MODES[mode])

    page.get_by_role("button", name="Send my card").click()
    expect(page.locator("#faults")).to_be_focused()
    assert axe_violations(page) == []
    assert sideways(page) == []
    page.get_by_role("link", name="Write a few words").click()
    expect(box(page)).to_be_focused()

    box(page).fill("My room is cold.")
    sent_code(page)
    assert axe_violations(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_one_step_is_shown_at_a_time_and_the_last_look_shows_what_will_be_sent(
    visit: Visit, screen: dict
):
    page = visit("/share", **screen)

    assert shown(page) == ["theme"]
    page.get_by_role("link", name="Next").click()
    assert shown(page) == ["feeling"]
    page.get_by_role("link", name="Go back").click()
    assert shown(page) == ["theme"]

    write(page)

    assert shown(page) == STEPS
    chosen = page.locator(".choice:visible").all_inner_texts()
    assert chosen == ["School", "Not good", "Yes, my words"]
    expect(box(page)).to_have_value(WORDS)
    expect(
        page.get_by_text("You did not say. That means no.").locator("visible=true")
    ).to_have_count(1)
    sent_code(page)


def test_help_is_one_press_away_and_the_step_stays(visit: Visit):
    page = visit("/share#feeling", **NO_SCRIPT)

    page.get_by_role("link", name="Help now").click()

    assert shown(page) == ["feeling"]
    expect(page.get_by_role("heading", name="I need help now")).to_be_in_viewport()


def test_back_and_forward_keep_every_word_without_script_while_the_server_is_down(
    own_server: LiveServer, browser: Browser
):
    page = browser.new_page(**NO_SCRIPT)
    page.goto(own_server.url + "/share")
    write(page)
    own_server.kill()

    for _ in range(4):
        page.go_back()
    assert shown(page) == ["feeling"]
    for _ in range(4):
        page.go_forward()

    expect(box(page)).to_have_value(WORDS)
    own_server.start()
    sent_code(page)
    page.context.close()


def test_words_survive_a_killed_server_a_reload_and_a_restart(
    own_server: LiveServer, browser: Browser
):
    page = browser.new_page(**PHONE)
    page.goto(own_server.url + "/share")
    write(page)
    own_server.kill()
    with pytest.raises(Error):
        page.reload()
    own_server.start()

    page.goto(own_server.url + "/share#check")

    expect(box(page)).to_have_value(WORDS)
    expect(page.get_by_label("School", exact=True)).to_be_checked()
    expect(page.get_by_label("Yes, my words")).to_be_checked()
    sent_code(page)
    page.get_by_role("link", name="Write another card").click()
    expect(box(page)).to_have_value("")
    page.context.close()


def test_the_draft_stays_in_this_tab_unless_the_tick_says_one_day(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    expect(page.get_by_text("Your words are kept until you close this page")).to_be_visible()

    other = page.context.new_page()
    other.goto(page.url)
    expect(box(other)).to_have_value("")

    page.get_by_label("Keep my words on this phone for 1 day").check()
    expect(page.get_by_text("Your words are kept on this phone for 1 day")).to_be_visible()
    page.reload()
    expect(box(page)).to_have_value(WORDS)  # whoever wrote them is not asked
    other.reload()
    expect(other.get_by_text("Words are kept here.")).to_be_visible()
    expect(box(other)).to_have_value("")
    assert WORDS not in other.content()
    other.get_by_role("button", name="Mine", exact=True).click()
    expect(box(other)).to_have_value(WORDS)

    other.clock.install()
    other.clock.fast_forward("24:00:01")
    other.reload()
    expect(box(other)).to_have_value("")


def test_the_next_person_rubs_out_what_is_not_theirs_without_reading_it(visit: Visit):
    page = visit("/share#words", **PHONE)
    page.get_by_label("Keep my words on this phone for 1 day").check()
    box(page).fill(WORDS)
    other = page.context.new_page()
    other.goto(page.url)

    other.get_by_role("button", name="Not mine, rub out").click()

    expect(other.get_by_text("Words are kept here.")).to_be_hidden()
    assert other.evaluate("JSON.stringify([sessionStorage, localStorage])") == "[{},{}]"
    other.reload()
    expect(box(other)).to_have_value("")


def test_rubbing_out_leaves_nothing_on_the_phone(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)

    page.get_by_role("button", name="Rub out my words").click()

    expect(box(page)).to_have_value("")
    expect(page.get_by_text("Your words are gone from this phone.")).to_be_visible()
    assert page.evaluate("JSON.stringify([sessionStorage, localStorage])") == "[{},{}]"


def test_letters_left_are_counted_as_the_server_counts(visit: Visit):
    page = visit("/share#words", **PHONE)

    box(page).fill(" 👩é" + "a" * 4990)
    expect(page.get_by_text("You can write 8 more letters")).to_be_visible()
    box(page).fill("a" * 5001)
    expect(page.get_by_text("Take out 1 letter.")).to_be_visible()


def test_leaving_wipes_the_words_and_shows_them_to_nobody_who_presses_back(
    visit: Visit, server: LiveServer
):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    page.get_by_label("Keep my words on this phone for 1 day").check()
    page.evaluate(
        "document.querySelector('[data-leave]').href = location.origin + '/app/static/young.css'"
    )

    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("**/young.css")
    page.go_back()
    assert WORDS not in page.content()
    page.goto(server.url + "/share#words")

    expect(box(page)).to_have_value("")
    assert page.evaluate("JSON.stringify([sessionStorage, localStorage])") == "[{},{}]"


def test_enter_in_a_face_sends_nothing_without_script(visit: Visit):
    page = visit("/share#feeling", **NO_SCRIPT)

    page.get_by_label("Not good").check()
    page.keyboard.press("Enter")

    expect(page.get_by_text("We did not send it yet.")).to_be_visible()
    expect(page.get_by_label("Not good")).to_be_checked()


def test_the_whole_form_goes_by_keyboard_and_enter_in_a_face_sends_nothing(visit: Visit):
    page = visit("/share#feeling", **DESK)

    page.get_by_label("Really bad").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Not good")).to_be_checked()
    page.keyboard.press("Enter")
    assert shown(page) == ["feeling"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == ["words"]
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()
    page.keyboard.type(WORDS)
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent.trim()") == "Next":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == ["who"]


VOICE = """
  window.said = [];
  const voice = { lang: 'en-GB', name: 'Test' };
  const synthesis = new EventTarget();
  Object.assign(synthesis, {
    speaking: false,
    getVoices: () => [voice],
    cancel: () => { synthesis.speaking = false; },
    speak: (one) => { synthesis.speaking = true; window.said.push(one.text); },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def test_the_step_is_read_aloud_where_the_device_has_a_voice_and_nowhere_else(visit: Visit):
    page = visit("/share#feeling", **PHONE)
    expect(page.get_by_role("button", name="Read to me")).to_be_hidden()

    page.add_init_script(VOICE)
    page.reload()
    page.get_by_role("button", name="Read to me").click()

    [said] = page.evaluate("window.said")
    assert "How do you feel about it today?" in said
    assert "What is it about?" not in said
    page.get_by_role("button", name="Stop reading").click()
    expect(page.get_by_role("button", name="Read to me")).to_be_visible()


def test_a_first_visit_weighs_less_than_60_kb(visit: Visit):
    page = visit("/share", **PHONE)

    weights = page.evaluate(
        """() => [performance.getEntriesByType('navigation')[0],
                  ...performance.getEntriesByType('resource')]
                 .map(one => [one.name.split('/').pop().split('?')[0], one.transferSize])"""
    )

    assert sum(size for _, size in weights) < SLOW_PHONE, weights


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_what_is_asked_only_beside_another_answer_shows_only_then(visit: Visit, screen: dict):
    page = visit("/share#who", **screen)
    everyone = page.get_by_label("Yes, show them")
    expect(everyone).to_be_hidden()

    for answer, asked in (("No, only the team", False), ("Yes, my words", True),
                          ("No. Tell them in other words", False)):  # fmt: skip
        page.get_by_label(answer).check()
        expect(everyone).to_be_visible(visible=asked)

    page.get_by_role("link", name="Next").click()
    expect(page.get_by_label("Your first name")).to_be_hidden()
    page.get_by_label("Yes, please").check()
    expect(page.get_by_label("Your first name")).to_be_visible()
    expect(page.get_by_label("Your number")).to_be_hidden()
    page.get_by_label("Text me").check()
    expect(page.get_by_label("Your number")).to_be_visible()
    expect(page.get_by_text("I do not want to say")).to_be_hidden()
    page.get_by_label("It is about someone who works with these cards").check()
    expect(page.get_by_text("I do not want to say")).to_be_visible()


def test_a_wish_to_talk_stays_off_the_phone_and_off_the_last_look(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Yes, please").check()
    page.get_by_label("Your first name").fill("Kai")
    page.get_by_label("Text me").check()
    page.get_by_label("Your number").fill("07700 900123")
    page.get_by_role("link", name="Look at my card").click()

    expect(
        page.get_by_text("Someone will try to reach you.").locator("visible=true")
    ).to_have_count(1)
    expect(page.get_by_label("Your first name")).to_be_hidden()
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert "Kai" not in kept
    assert "07700" not in kept
    sent_code(page)
    assert "07700" not in page.content()


def test_space_presses_what_looks_like_a_button_and_the_title_follows(visit: Visit):
    page = visit("/share", **DESK)

    page.get_by_role("link", name="Next").focus()
    page.keyboard.press("Space")

    assert shown(page) == ["feeling"]
    assert page.title().startswith("How do you feel about it today? – Tell us – ")


@pytest.mark.parametrize("step", STEPS)
def test_text_twice_as_large_does_not_scroll_sideways(visit: Visit, step: str):
    page = visit(f"/share#{step}", **PHONE)

    page.evaluate("document.documentElement.style.fontSize = '225%'")

    assert sideways(page) == []
