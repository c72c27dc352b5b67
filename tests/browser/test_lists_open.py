"""Every list of choices, opened by keyboard: axe finds no fault, and options read as typed."""

import ast
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from coprod_data.vocabulary.notices import HostKind, Safety
from coprod_data.vocabulary.settings import DutyPost
from tests.browser.test_opportunities import open_all
from tests.helpers.looking import DESK, PHONE, SCREENS, Visit, axe_violations, sideways, wait_ready
from tests.helpers.source import all_source

# Streamlit adds an open list to the body, outside the landmarks, where our styles do not apply. A
# screen reader reaches it from its box, not by landmarks, so `region` is ignored only for it.
OPEN_LIST = ":is([data-testid=stSelectboxVirtualDropdown], [role=listbox])"

POSTS = [post.words for post in DutyPost]
LED = ["Service", "Who leads it"]
OF_A_SERIES = ["Group that it is with", "Who leads it", "How people take part", "Venue"]
OF_A_PLAN = [  # of a session
    "What kind of session it is", "Theme", "Opportunity that it works on", *OF_A_SERIES,
]  # fmt: skip
PLACES = {
    ("youth.voice", "/sessions"): ["Theme"],
    ("manager", "/sessions?new=1"): OF_A_PLAN,
    ("manager", "/sessions?new=series"): OF_A_SERIES,
    ("youth.voice", "/sessions?id=13"): [
        "Theme", "Which opportunity", "Another service", "How most people came",
    ],
    ("youth.voice", "/sessions?id=14"): ["Who does it", *OF_A_PLAN],
    ("board.member", "/actions?list=all"): ["Owner", "Service"],
    ("manager", "/actions?show=propose"): [
        "Under which commitment?", "Which group of young people agreed that?", "Who owns it?",
        "Which service?", "Together with which group?",
    ],
    ("manager", "/actions?action=28"): [
        "Which group of young people agreed that?", "Under which commitment?", "Who could own it?",
    ],
    ("chair", "/opportunities?id=13"): ["Reviewed at", "A member or officer"],
    ("board.member", "/opportunities?id=13"): ["Pass it to"],
    ("youth.voice", "/opportunities?id=4"): [
        "Who signed", "A member or officer", "A young person with an account",
    ],
    ("youth.voice", "/opportunities?id=14"): ["Reviewed at"],
    ("youth.voice", "/report_cards?id=1"): [
        "Opportunity", "Which commitment is this card about?",
    ],
    ("youth.voice", "/checking"): ["Theme", "Language"],
    ("safeguarding.lead", "/absences"): ["Who is away?"],
    ("safeguarding.lead", "/settings"): [*POSTS, "Who is away?"],
    ("administrator", "/set_up"): [
        *POSTS, "Who is responsible for this service", "Which service?",
        "Which service is now part of another?", "Of which?", "Who is no longer responsible?",
    ],
    ("administrator", "/audits"): [
        "Part of The Promise that gaps belong to", "Part of The Promise for its gaps",
    ],
    ("administrator", "/measures"): ["Of which day?"],
    ("youth.voice", "/audits?return=10"): ["Young auditors with an account"],
    ("clerk", "/meetings?id=2"): ["About which item", "Which item was talked about"],
    ("clerk", "/meetings?id=3"): ["Which item", "Invited", "Who", "Theme"],
    ("clerk", "/papers"): ["For which meeting"],
    ("clerk", "/papers?id=2"): [
        "What the Board is asked to do", "Current risk", "Report status", "Residual risk",
        "Meeting that it is for", "Who writes it",
    ],
    ("administrator", "/training"): ["Service, for an officer", "Who left"],
    ("administrator", "/training?date=11"): ["Who", "Whose", "Venue"],
    ("clerk", "/posts"): ["Who has an account", "Which one", "Which entry"],
    ("youth.voice", "/groups?id=1"): [
        "Somebody with an account", "From", "Who left", "Who takes their seat (can be left empty)",
        "Who is heard there, if it is for them",
    ],
    ("manager", "/projects?id=8"): ["Who agreed it for the council (empty: you)", *LED],
    ("youth.voice", "/recruitment?id=6"): LED,
    ("youth.voice", "/policies?id=2"): ["Who leads it", "Pages at most"],
    ("youth.voice", "/policies?id=2&part=text"): ["Version", "What changed since"],
    ("youth.voice", "/policies?id=2&part=asking"): [
        "What was it for?", "Which way?", "Did it work?",
    ],
    ("youth.voice", "/policies?id=2&part=boards"): [
        "Under which commitment of The Promise?", "Who was there",
    ],
    ("youth.voice", "/add_entry?policy=2"): ["Which part is it about?"],
    ("youth.voice", "/library?id=2"): [
        "What kind is it?", "Who keeps it", "Belongs together with",
    ],
    ("youth.voice", "/priorities?id=1"): [
        "Which one?", "Which one did not come of it?", "The finding it came from",
    ],
}  # fmt: skip

# Of these several can be chosen: the box is free for the next one.
OF_SEVERAL = {
    "Invited", "Who was there", "Belongs together with", "Young auditors with an account",
}  # fmt: skip

OF_NOTICES = {  # the second is asked beside this choice of the first
    "Through what are notices sent?": HostKind.SMTP.words,
    "How the connection is kept safe": Safety.STARTTLS.words,
}


def open_list(page: Page, label: str) -> list[str]:
    """Open one list by keyboard and return its options as read.

    On a busy machine a run started by an earlier choice may finish just then and close the list.
    """
    box = page.get_by_role("combobox", name=label, exact=True)
    options = page.get_by_role("option")
    for _ in range(3):
        box.focus()
        expect(box).to_be_focused()
        page.keyboard.press("ArrowDown")
        with suppress(Error):
            options.first.wait_for(timeout=5_000)
            if found := options.all_inner_texts():
                return found
    options.first.wait_for()
    return options.all_inner_texts()


def choose(page: Page, label: str) -> str:
    """Choose the option that has the focus, and return what the box then reads."""
    page.keyboard.press("Enter")
    opened = page.get_by_role("listbox")
    with suppress(Error):
        opened.wait_for(state="hidden", timeout=3_000)
    if opened.is_visible():  # one of which several can be chosen, or opened again by a late run
        page.keyboard.press("Escape")
    opened.wait_for(state="hidden")
    wait_ready(page)
    return page.get_by_role("combobox", name=label, exact=True).input_value()


@pytest.mark.parametrize(("username", "path"), PLACES)
def test_an_open_list_is_accessible_and_reads_as_typed(visit: Visit, username: str, path: str):
    page = visit(path, username, **DESK)
    open_all(page)
    boxes = page.get_by_test_id("stMain").get_by_role("combobox")
    expect(boxes).to_have_count(len(PLACES[username, path]))
    labels = [box.get_attribute("aria-label") for box in boxes.all()]
    assert labels == PLACES[username, path]

    for label in labels:
        open_all(page)  # a filter shows the page again, with its folds shut
        options = open_list(page, label)
        assert [option for option in options if "\\" in option] == []
        if label == labels[0]:  # the others of a page are made of the same parts
            assert axe_violations(page, outside=OPEN_LIST) == []
        assert sideways(page) == []
        assert choose(page, label) in ([""] if label in OF_SEVERAL else options)
    page.set_viewport_size(PHONE["viewport"])
    open_all(page)
    open_list(page, labels[0])
    assert axe_violations(page, outside=OPEN_LIST) == []
    assert sideways(page) == []


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_lists_of_notices_are_accessible_and_read_as_typed(visit: Visit, screen: str):
    page = visit("/settings", "administrator", **SCREENS[screen])

    for label, first in OF_NOTICES.items():
        assert first in open_list(page, label)
        assert axe_violations(page, outside=OPEN_LIST) == []
        assert sideways(page) == []
        page.keyboard.type(first)
        assert choose(page, label) == first


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/actions?list=all", {"Service": "All services", "Owner": "All owners"}),
    ],
)
def test_a_list_that_nobody_touched_reads_as_its_link_says(
    visit: Visit, path: str, read: dict[str, str]
):
    page = visit(path, "chair")

    for label, value in read.items():
        expect(page.get_by_role("combobox", name=label, exact=True)).to_have_value(value)


def test_names_with_signs_in_them_read_as_typed(visit: Visit):
    page = visit("/actions?list=all", "board.member")

    options = open_list(page, "Service")
    assert {"Children's Homes", "Reviewing, Advocacy and Family Time"} < set(options)
    page.keyboard.type("Children's")
    expect(page.get_by_role("option")).to_have_text(["Children's Homes"])
    page.keyboard.press("ArrowDown")
    assert choose(page, "Service") == "Children's Homes"


def test_every_list_of_the_pages_is_opened():
    asked = [
        call.args[0]
        for source in all_source("pages")
        for _, name, call in source.calls()
        if name.rpartition(".")[2] in ("selectbox", "multiselect")
    ]
    typed = {label.value for label in asked if isinstance(label, ast.Constant)}
    others = {ast.unparse(label) for label in asked if not isinstance(label, ast.Constant)}

    # Not opened here: one for each theme of a pasted Promise, and for each thing a leaver holds.
    for_each = {"f'Picture of theme {place}'", "f'{kind}: {one.name}'"}
    of_sessions = {"LABELS['kind']", "LABELS['way']", "LABELS['mode']"}
    of_drafts = {"labels['commitment_id']"}
    of_meetings = {"LABELS['theme_id']", "LABELS['meeting_id']", "LABELS['author_id']"}
    of_meetings |= {"labelled(part.words)"}  # of a paper
    of_others = {"LABELS['finding_id']", "LABELS['hears']"}
    # One for each goal of a session that is being held, and for each column of a file of results.
    on_the_way = {"row.text", "WORDS[name]"}
    of_services = {"labels['service_id']", "labels['owner_id']", "LABELS['venue_id']"}
    of_policies = {"LABELS['owner_id']", "LABELS['target_pages']"}
    of_policies |= {"labelled('Under which commitment of The Promise?')"}
    of_services |= of_policies
    of_services |= {"LABELS['keeper_id']", "AGREED_WITH"}
    of_audits = {
        f"labelled('{label}')"
        for label in (
            "Part of The Promise that gaps belong to", "Part of The Promise for its gaps",
        )
    }  # fmt: skip
    of_services |= of_audits
    of_services |= {"f\"{PLAN['agreed_by_id']} (empty: you)\""}
    of_others |= of_sessions | of_drafts | of_meetings | of_services
    assert others == {"post.words", "label"} | for_each | of_others | on_the_way
    typed |= {
        word.value.value
        for source in all_source("pages")
        for _, name, call in source.calls()
        if name == "choose"
        for word in call.keywords
        if word.arg == "label" and isinstance(word.value, ast.Constant)
    }
    opened = {label for labels in PLACES.values() for label in labels} | {*OF_NOTICES}
    of_a_draft = {  # the demo council has adopted its Promise
        "Which line?", "Which principles or outcomes does it belong to?",
        "Which commitments of the new version carry it on? None: it is left out.",
    }  # fmt: skip
    later = {  # of which the demo council has none, or which show once a file was chosen
        "Which decision", "Begin with an agenda", "Sheet", "Which standard?", "To what",
    }  # fmt: skip
    given = {
        *POSTS, "Which commitment is this card about?", *OF_A_PLAN, "How most people came",
        "Who is heard there, if it is for them", "The finding it came from",
        *PLACES["youth.voice", "/policies?id=2"], "Under which commitment of The Promise?",
        "What was it for?", "Which way?", "Did it work?",
        *PLACES["clerk", "/papers?id=2"], *PLACES["manager", "/projects?id=8"],
        *PLACES["administrator", "/audits"], *PLACES["youth.voice", "/library?id=2"],
        "Which group of young people agreed that?", "Reviewed at",
    }  # fmt: skip
    assert opened == typed - of_a_draft - later | given
