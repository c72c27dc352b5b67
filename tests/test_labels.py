"""A council that calls its Board a panel and its Promise a pledge: how sentences say so."""

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import PurePosixPath

import pytest
from jinja2 import Environment

from coprod_data.vocabulary.base import Spoken, Worded, WordedNumber
from coprod_data.vocabulary.labels import A_LABEL, labelled, labelled_with_gaps, use_labels
from pages.parts.labels import LabelsInTemplates
from tests.helpers import label_rules
from tests.helpers.source import Source, all_source

SOURCES = all_source("coprod_data", "pages", "dashboard.py")
SAID_LATER = {  # constants with words that are said where they are shown
    "coprod_data/queries/events.py": ["THINGS"],
    "pages/door/demo.py": ["SEES"],
    "pages/menu.py": ["SECTIONS"],
    "pages/office/set_up_pasted.py": ["HOW"],
    "pages/together/opportunities_wait.py": ["WAITS"],
    "pages/voice/checking_facts.py": ["ALLOWED"],
    "pages/voice/checking_release.py": ["QUESTIONS", "NOT_SO", "WHY_NOT", "CHOOSE"],
    "pages/voice/report_cards_acts.py": ["WISHES"],
}
Rule = Callable[[list[Source]], Iterable[str]]


def sentences_are_labelled(sources: list[Source]) -> Iterable[str]:
    return label_rules.sentences_are_labelled(sources, SAID_LATER)


RULES: list[tuple[Rule, str]] = [
    (sentences_are_labelled, "st.text('Ask the Board')"),
    (sentences_are_labelled, "TITLE = 'The Promise'"),
    (sentences_are_labelled, "st.text(f'{names} and other board members')"),
    (label_rules.labels_are_said_when_a_page_is_drawn, "TITLE = labelled('The Promise')"),
    (
        label_rules.only_our_sentences_are_labelled,
        "def f(name): return labelled(f'{name} is on the Board')",
    ),
]


@pytest.fixture
def panel_and_pledge() -> None:
    use_labels("Corporate Parenting Panel", "Our Pledge")


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _ in RULES), ids=lambda r: r.__name__)
def test_label_rule(rule: Rule):
    broken = list(rule(SOURCES))

    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(("rule", "text"), RULES)
def test_a_label_rule_catches(rule: Rule, text: str):
    assert list(rule([Source(PurePosixPath("pages/voice/x.py"), text)]))


def test_no_exception_has_outlived_its_constant():
    without = label_rules.sentences_are_labelled(SOURCES, {})

    assert {line.split(":")[0] for line in without} == set(SAID_LATER)


def test_no_script_of_a_browser_names_a_label():
    assert label_rules.scripts_that_name_a_label() == []


@pytest.mark.parametrize(
    ("board", "promise", "said"),
    [
        (
            "Corporate Parenting Board", "The Promise",
            "The Board keeps The Promise. There is a Promise. Corporate Parenting Board",
        ),
        (
            "Corporate Parenting Panel", "Our Pledge",
            "The Panel keeps Our Pledge. There is a Pledge. Corporate Parenting Panel",
        ),
        (
            "Panel of Corporate Parents", "Pledge",
            "The Panel keeps The Pledge. There is a Pledge. Panel of Corporate Parents",
        ),
        ("The Panel", "our offer", "The Panel keeps Our offer. There is an offer. Panel"),
        (
            "Corporate Parents", "Westmarch Charter",
            "The Corporate Parents keeps The Westmarch Charter. There is a Westmarch Charter. "
            "Corporate Parents",
        ),
    ],
)  # fmt: skip
def test_a_sentence_is_said_with_the_labels_of_the_council(board: str, promise: str, said: str):
    use_labels(board, promise)

    sentence = "The Board keeps The Promise. There is a Promise. Corporate Parenting Board"

    assert labelled(sentence) == said


@pytest.mark.usefixtures("panel_and_pledge")
def test_no_closed_list_names_a_board_or_a_promise():
    lists = [Worded, WordedNumber, *Spoken.__subclasses__()]
    for one in lists:
        lists += [inner for inner in one.__subclasses__() if inner not in lists]
    words = [member.words for one in lists if issubclass(one, Enum) for member in one]

    assert len(words) > 300
    assert [said for said in words if label_rules.LABELS.search(said)] == []
    assert {"Panel member", "Hand a report card to the Panel", "Corporate Parenting Panel"} <= set(
        words
    )


@pytest.mark.usefixtures("panel_and_pledge")
def test_words_that_only_look_like_a_label_are_left():
    kept = "What the council promises, on the whiteboard; a Promised Boardroom"

    assert labelled(kept) == kept


def test_a_label_with_a_brace_is_no_gap_of_a_sentence():
    use_labels("Panel {day}", "Our Pledge")

    sentence = labelled_with_gaps("{day}: the Board").format(day="Monday")

    assert sentence == "Monday: the Panel"


@pytest.mark.usefixtures("panel_and_pledge")
def test_a_template_says_the_labels_and_leaves_what_is_filled_in():
    template = Environment(autoescape=True, extensions=[LabelsInTemplates]).from_string(
        "<p>The Board’s {{ typed }} of {{ 'The Promise' if typed }}</p>"
    )

    assert template.render(typed="<b>Board</b>") == (
        "<p>The Panel’s &lt;b&gt;Board&lt;/b&gt; of Our Pledge</p>"
    )


@pytest.mark.parametrize(
    "label",
    ["Panel", "Children's Board", "Parents' Panel", "Children & Families Panel", "Bwrdd Rhiantâ 2"],
)
def test_a_name_is_a_label(label: str):
    assert A_LABEL.fullmatch(label)


@pytest.mark.parametrize("label", ["**Panel**", "{day}", ":red[x]", "<b>Board</b>", "- Board"])
def test_markup_is_no_label(label: str):
    assert not A_LABEL.fullmatch(label)
