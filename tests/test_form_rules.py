"""Whatever overwrites a value is told what its form showed, and what staff type is kept.

The rules walk through every command and page, so that a new one cannot forget it.
"""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

import pytest

from tests.helpers import form_rules
from tests.helpers.boxes import (
    A_BOX,
    A_LINE,
    ELSEWHERE,
    LINES,
    LINES_ELSEWHERE,
    REACHED,
    YOUNG,
)  # fmt: skip
from tests.helpers.source import ROOT, Source, all_source

SOURCES = all_source("coprod_data", "pages")
WRITTEN_ONCE = {  # commands that write what was typed where nothing of anybody can be lost
    "adopt_promise": "a version that was adopted is refused",
    "answer_question": "a question that was answered is refused",
    "cancel_meeting": "a meeting that was cancelled is refused",
    "sign_paper": "a paper that was changed since, or signed, is refused",
    "cancel_session": "a session that was cancelled is refused",
    "stop_item": "what the clock says is not typed by anybody",
    "change_own_password": "the old one is typed beside it",
    "finish_line": "a line that is done is refused",
    "decide_change": "a change that was decided is refused",
    "give_view": "each view is a row of its own",
    **dict.fromkeys(
        ("keep_draft", "keep_draft_of_tab", "choose_quote"), "a draft is its writer's own"
    ),
    "meet_milestone": "a milestone that was met is refused",
    "put_in_its_place": "the card of before is only taken back; doing it twice is once",
    **dict.fromkeys(("move_theme", "move_commitment"), "one place from wherever it is now"),
    "put_text_back": "a text that was settled is not waiting any more",
    "refuse_step": "a step that was settled is refused",
    "reword_text": "a text that was reworded is not waiting any more",
    "take_step_over": "a step that was settled is refused",
    "plan_series": "new sessions",
    "review_session": "a session whose question was answered is refused",
    **dict.fromkeys(("turn_screen", "turn_meeting_screen"), "it turns only what was seen"),
    "show_in_room": "only which words are hidden, over the original",
    "say_not_yet": "each is a row of its own",
    "end_post": "a post that has ended is refused",
    "erase_again": "what a restored backup brought back goes again",
    **dict.fromkeys(("send_entry", "send_comment"), "a new entry"),
    "set_password_by_link": "a link works once",
    "settle_notice": "the job's own row",
    "share_report_card": "a body that has the card is refused",
    "say_useful": "one's own answer, under the key of one form",
    "start_project": "a project that has started is refused",
    "stop_project": "a project that was stopped is refused",
    "sign_off": "a version that was changed since, or signed off, is refused",
    "withdraw_item": "what is not published is refused",
    "sign_in": "one's own password, under another cost",
    "suggest_opportunity": "a new row",
    **dict.fromkeys(("tick_step", "tick_task"), "a tick says the same whoever gives it"),
    "take_share_back": "the day that is left of the other bodies",
}
ABSOLUTE = {  # calls in which somebody asks for all of it, whatever a form showed
    "report_cards_acts.change_consent": "a young person told a worker all that may stay",
    "card_acts.change_consent": "stopping one answer takes all of it away",
}
OWN_KEEPING = {  # boxes that keep what is typed by themselves, or that must not
    "pages/office/set_up_pasted.py": "a pasted Promise is longer than a draft",
    "pages/together/sessions_wall.py": "raw words are in no draft; the original stays",
    "pages/shared/send_form.py": "a young person's words stay on their own device",
    "pages/voice/add_entry.py": "drafts of a form of its own",
    "pages/voice/checking_box.py": "drafts that are erased with the entry",
    "pages/voice/my_cards_talk.py": "a young person's words stay on their own device",
}
Rule = Callable[[list[Source]], Iterable[str]]


def edits_carry_what_was_opened(sources: list[Source]) -> Iterable[str]:
    return form_rules.edits_carry_what_was_opened(sources, WRITTEN_ONCE)


def pages_hand_on_what_they_showed(sources: list[Source]) -> Iterable[str]:
    return form_rules.pages_hand_on_what_they_showed(sources, ABSOLUTE)


def long_boxes_keep_what_is_typed(sources: list[Source]) -> Iterable[str]:
    return form_rules.long_boxes_keep_what_is_typed(sources, OWN_KEEPING)


def choices_beside_kept_texts_come_back(sources: list[Source]) -> Iterable[str]:
    return form_rules.choices_beside_kept_texts_come_back(sources)


def boxes_that_read_no_markup_are_given_none(sources: list[Source]) -> Iterable[str]:
    return form_rules.boxes_that_read_no_markup_are_given_none(sources)


def no_box_cuts_what_is_typed(sources: list[Source]) -> Iterable[str]:
    return form_rules.no_box_cuts_what_is_typed(sources)


RENAME = (
    "def rename(db, actor, row_id, *, name):\n    row = locked(db, row_id)\n    row.name = name\n"
)
IN_A_HELPER = (
    "def rename(db, actor, *, name):\n    said = name.strip()\n    _write(1, said)\n"
    "def _write(row, name):\n    setattr(row, 'name', name)\n"
)
IN_A_LOOP = (
    "def change(db, actor, *, typed):\n    for field, value in typed.items():\n"
    "        setattr(row, field, value)\n"
)
CARRIED = Source(
    PurePosixPath("coprod_data/commands/x.py"), RENAME.replace("name):", "name, opened=None):")
)
PAGE = "with saving() as (db, actor):\n    rename(db, actor, 1, name='x')"


def a_command(text: str) -> list[Source]:
    return [Source(PurePosixPath("coprod_data/commands/x.py"), text)]


def a_page(text: str) -> Source:
    return Source(PurePosixPath("pages/voice/x.py"), text)


@pytest.mark.parametrize(
    "rule",
    [
        edits_carry_what_was_opened,
        pages_hand_on_what_they_showed,
        long_boxes_keep_what_is_typed,
        choices_beside_kept_texts_come_back,
        boxes_that_read_no_markup_are_given_none,
        no_box_cuts_what_is_typed,
    ],
    ids=lambda rule: rule.__name__,
)
def test_form_rule(rule: Rule):
    broken = list(rule(SOURCES))

    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize("text", [RENAME, IN_A_HELPER, IN_A_LOOP])
def test_a_command_that_overwrites_blindly_is_caught(text: str):
    assert list(edits_carry_what_was_opened(a_command(text)))
    assert not list(edits_carry_what_was_opened([CARRIED]))


def test_a_page_that_hands_on_nothing_is_caught():
    handed = PAGE.replace("'x')", "'x', opened=form.opened)")

    assert list(pages_hand_on_what_they_showed([CARRIED, a_page(PAGE)]))
    assert not list(pages_hand_on_what_they_showed([CARRIED, a_page(handed)]))


def test_a_choice_that_is_lost_beside_a_kept_text_is_caught():
    text = "form = carried_form('x', 1)\nform.area('Why?', 'why')\n"
    lost = text + "st.radio('How?', [1, 2], key=form.key_of('how'))"
    kept = text + "st.radio('How?', [1, 2], **form.choice('how', [1, 2]))"

    assert list(choices_beside_kept_texts_come_back([a_page(lost)]))
    assert not list(choices_beside_kept_texts_come_back([a_page(kept)]))


def test_a_list_that_shows_escapes_is_caught():
    page = a_page("st.multiselect('Which?', [1], format_func=lambda one: inert(known[one]))")

    assert list(form_rules.boxes_that_read_no_markup_are_given_none([page]))


def test_a_box_that_loses_what_is_typed_is_caught():
    assert list(long_boxes_keep_what_is_typed([a_page("st.text_area('Why?')")]))


@pytest.mark.parametrize(
    "text",
    [
        "st.text_input('Name', key='name')",
        "left.text_area('Why?')",
        "st.number_input('How many?', 0, 30)",
        "form.line('Name', 'name', place=None, max_chars=160)",
    ],
)
def test_a_box_that_cuts_a_longer_paste_is_caught(text: str):
    assert list(form_rules.no_box_cuts_what_is_typed([a_page(text)]))
    assert not list(form_rules.no_box_cuts_what_is_typed([a_page("text_line('Name', longest=9)")]))


def test_no_plain_page_cuts_a_longer_paste():
    templates = {str(one): one.read_text() for one in (ROOT / "pages").rglob("*.html")}

    assert templates
    assert form_rules.templates_that_cut(templates) == []
    assert form_rules.templates_that_cut({"a.html": '<input maxlength="60">'}) == ["a.html"]


def test_no_exception_has_outlived_its_reason():
    blind = {
        name
        for name, (_, function) in form_rules.commands_that_overwrite(SOURCES).items()
        if form_rules.OPENED not in form_rules.parameters(function)
    }

    assert blind == set(WRITTEN_ONCE)


def test_every_file_with_a_box_of_several_lines_is_walked_in_a_browser():
    files = {
        str(source.path).removeprefix("pages/")
        for source in SOURCES
        if source.folder.startswith("pages.")
        and source.folder != "pages.parts"
        and A_BOX.search(source.text)
    }

    assert files == {*REACHED, *ELSEWHERE, *YOUNG}


def test_every_other_file_with_a_box_is_walked_with_too_much_in_it():
    files = {
        str(source.path).removeprefix("pages/")
        for source in SOURCES
        if source.folder.startswith("pages.")
        and source.folder != "pages.parts"
        and A_LINE.search(source.text)
    }

    assert files - {*REACHED, *ELSEWHERE} == {*LINES, *LINES_ELSEWHERE}
