"""The form on a phone: steps that fit, no script needed, every word kept through every fault."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.looking import DESK, PHONE, axe_violations, sideways
from tests.helpers.share_form import (
    MODES,
    NO_SCRIPT,
    SLOW_PHONE,
    STEPS,
    WORDS,
    box,
    sent_code,
    shown,
    write,
)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_accessible_and_fits(visit: Visit, mode: str, step: str):
    page = visit(f"/share#{step}", **MODES[mode])

    assert axe_violations(page) == []
    assert sideways(page) == []
    assert step in shown(page)
    expect(page.get_by_role("link", name="Help now")).to_be_visible()
    expect(page.get_by_role("link", name="Leave quickly")).to_be_visible()
    expect(page.locator("#help").get_by_text("0800 1111")).to_be_visible()
    said = "The Youth Voice Team will read this (by|on|today|tomorrow)"
    reader = page.get_by_text(re.compile(said)).last
    expect(reader).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_faults_and_the_code_page_are_accessible_and_fit(visit: Visit, mode: str):
    page = visit("/share#check", **MODES[mode])

    page.get_by_role("button", name="Send my card").click()
    expect(box(page)).to_be_focused()
    assert axe_violations(page) == []
    assert sideways(page) == []

    box(page).fill("My room is cold.")
    page.get_by_role("link", name="Look at my card").click()
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


def test_the_last_look_says_once_that_nothing_was_said_of_who_reads_it(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    page.goto(page.url.split("#")[0] + "#check")

    said = page.get_by_text("You did not say. That means no.").locator("visible=true")
    expect(said).to_have_count(1)


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_a_face_by_itself_is_told_before_sending_what_it_needs(visit: Visit, screen: dict):
    page = visit("/share#feeling", **screen)
    page.get_by_label("Not good").check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("A face by itself is not enough.")).to_be_visible()

    page.goto(page.url.split("#")[0] + "#check")
    told = page.get_by_text("Write a few words in one of the boxes.")
    expect(told).to_be_visible()
    page.goto(page.url.split("#")[0] + "#words")
    box(page).fill("It is cold.")
    page.goto(page.url.split("#")[0] + "#check")
    expect(told).to_be_hidden()


def test_help_is_one_press_away_and_the_step_stays(visit: Visit):
    page = visit("/share#feeling", **NO_SCRIPT)

    page.get_by_role("link", name="Help now").click()

    assert shown(page) == ["feeling"]
    expect(page.get_by_role("heading", name="I need help now")).to_be_in_viewport()
    page.goto(page.url.split("#")[0] + "#words")
    page.set_viewport_size({"width": 360, "height": 360})  # with the keyboard open
    box(page).fill("He is here now.")
    expect(page.get_by_role("link", name="Help now").last).to_be_in_viewport()
    page.get_by_role("link", name="Help now").last.click()
    assert shown(page) == ["words"]
    expect(page.get_by_role("heading", name="I need help now")).to_be_in_viewport()


def test_letters_left_are_counted_as_the_server_counts(visit: Visit):
    page = visit("/share#words", **PHONE)

    box(page).fill("a" * 3999)
    expect(page.locator("[data-count=thinks]")).to_be_hidden()
    box(page).fill("a" * 4000)
    expect(page.get_by_text("You can write 1,000 more letters")).to_be_visible()
    box(page).fill(" 👩é" + "a" * 4990)
    expect(page.get_by_text("You can write 8 more letters")).to_be_visible()
    box(page).fill("a" * 5001)
    expect(page.get_by_text("Take out 1 letter.")).to_be_visible()


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


def test_the_empty_form_is_sent_packed_and_one_that_repeats_words_is_not(server: LiveServer):
    with server.client() as phone:
        packed = phone.get("/share?thinks=overheard", headers={"Accept-Encoding": "gzip"})
        plain = phone.get("/share", headers={"Accept-Encoding": "identity"})
        faulty = phone.post(
            "/share",
            data={**hidden_fields(plain.text), "thinks": "a" * 5001},
            headers={"Accept-Encoding": "gzip", "Origin": server.url},
        )

    assert packed.headers["content-encoding"] == "gzip"
    assert "overheard" not in packed.text
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers
    assert faulty.status_code == 422
    assert "content-encoding" not in faulty.headers


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
    whom = page.locator("#talk").get_by_text("I do not want to say")
    expect(whom).to_be_hidden()
    page.get_by_label("It is about someone who reads these cards").check()
    expect(whom).to_be_visible()


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
