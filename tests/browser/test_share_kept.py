"""What is typed on /share stays until it is sent, on this phone, and nowhere else."""

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import Visit
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import PHONE, axe_violations
from tests.helpers.share_form import NO_SCRIPT, WORDS, box, sent_code, shown, write


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
    expect(other.get_by_text("There are words here from before.")).to_be_visible()
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

    expect(other.get_by_text("There are words here from before.")).to_be_hidden()
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


def test_sending_ends_no_draft_of_another_tab_and_says_what_was_not_kept(visit: Visit):
    page = visit("/share#words", **PHONE)
    other = page.context.new_page()
    other.goto(page.url)
    box(other).fill("Another card.")
    page.get_by_label("Keep my words on this phone for 1 day").check()
    box(page).fill(WORDS)
    other.goto(page.url.replace("#words", "#check"))
    sent_code(other)

    page.reload()

    expect(box(page)).to_have_value(WORDS)
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Next").click()
    gone = page.get_by_text("We did not keep the private part. Fill it in again.")
    expect(gone).to_be_visible()
    page.get_by_role("link", name="Look at my card").click()
    expect(gone).to_be_visible()
    sent_code(page)
    assert WORDS not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")


def test_a_wish_to_talk_stays_off_the_phone(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    wish(page)
    page.get_by_role("link", name="Look at my card").click()

    expect(
        page.get_by_text("Someone will try to reach you.", exact=True).locator("visible=true")
    ).to_have_count(1)
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert "Kai" not in kept
    assert "07700" not in kept
    sent_code(page)
    assert "07700" not in page.content()


def wish(page: Page) -> None:
    """Ask, from the words on, for somebody to talk to."""
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_label("Yes, please").check()
    page.get_by_label("Your first name").fill("Kai")
    page.get_by_label("Text me").check()
    page.get_by_label("Your number").fill("07700 900123")


def test_without_network_every_word_stays_and_is_sent_when_it_is_back(visit: Visit):
    page = visit("/share#words", **PHONE)
    box(page).fill(WORDS)
    wish(page)
    page.get_by_role("link", name="Look at my card").click()
    page.context.set_offline(True)

    for _ in range(2):
        page.get_by_role("button", name="Send my card").click()
        told = page.get_by_role("alert").filter(has_text="We could not send it.")
        expect(told).to_be_in_viewport()
    expect(told).to_contain_text("Your words are still here.")
    expect(box(page)).to_have_value(WORDS)
    expect(page.get_by_label("Your number")).to_have_value("07700 900123")
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
    assert "07700" not in page.evaluate("JSON.stringify(sessionStorage)")
    assert axe_violations(page) == []

    page.context.set_offline(False)
    sent_code(page)


def test_without_network_an_answer_on_a_card_stays_in_its_box(visit: Visit):
    page = visit("/share", **PHONE)
    write(page)
    sent_code(page)
    page.get_by_role("button", name="See my card").click()
    page.get_by_label("Write back").fill("It is the blue room.")
    page.context.set_offline(True)

    page.get_by_role("button", name="Send this").click()

    expect(page.get_by_text("We could not send it.")).to_be_in_viewport()
    expect(page.get_by_label("Write back")).to_have_value("It is the blue room.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send this").click()
    expect(
        page.get_by_text("We have your words. The Youth Voice Team will read them")
    ).to_be_visible()
