"""The looks of every page: contrast, states, escaping, nothing from outside."""

import re
import tomllib
from pathlib import Path

import jinja2
import pytest

from coprod_data.vocabulary.audits import AuditLevel
from coprod_data.vocabulary.base import Worded
from coprod_data.vocabulary.opportunities import OpportunityProgress
from pages.door.assembled import assembled
from pages.parts import html
from pages.parts.looks import LOOKS, Look, initials, look, short_name
from pages.parts.tables import Column, export_link
from tests.helpers.source import ROOT

STATIC = ROOT / "pages" / "static"
CSS = assembled()["app.css"].decode()
PLAIN = {"public", "door"}  # pages of their own kind
TEMPLATES = [
    path
    for path in sorted((ROOT / "pages").glob("*/templates/*.html"))
    if path.parts[-3] not in PLAIN
]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

HEX = "#[0-9A-F]{6}"
TOKEN = re.compile(rf"--([a-z-]+): ({HEX}|#[0-9A-F]{{3}})\b")
PAGE, PAPER = "#F4F7FA", "#FFFFFF"
TONES = re.findall(rf"--(?:tone|heat): ({HEX}); --(?:tone|heat)-ink: ({HEX})", CSS)
ON_PAGE = ["#14213D", "#434E63", "#0B5563"]
EDGES = ["#7A889E", "#9A7400", "#2E7F7A", "#8C1D18", "#0B5563"]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: 1 for the same colour, 21 for black on white."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0


@pytest.mark.parametrize(("ground", "ink"), TONES)
def test_every_tone_reads_at_seven_to_one(ground: str, ink: str):
    assert contrast(ground, ink) >= 7


def test_the_stylesheet_holds_all_tones_themes_and_levels():
    assert len(TONES) == 6 + 7 + 6


@pytest.mark.parametrize("ink", ON_PAGE)
@pytest.mark.parametrize("ground", [PAGE, PAPER])
def test_text_on_page_and_paper_reads_at_seven_to_one(ground: str, ink: str):
    assert contrast(ground, ink) >= 7


@pytest.mark.parametrize("edge", EDGES)
def test_edges_that_carry_meaning_stand_out_at_three_to_one(edge: str):
    assert contrast(PAPER, edge) >= 3
    assert edge in CSS


def test_the_focus_ring_stands_out_on_the_page_and_on_ink():
    assert contrast(PAGE, "#14213D") >= 3
    assert contrast("#14213D", "#FFC845") >= 3


def test_streamlit_wears_the_colours_of_the_stylesheet():
    theme = CONFIG["theme"]
    tokens = dict(re.findall(rf"--(\w+): ({HEX});", CSS))

    assert theme["textColor"] == tokens["ink"]
    assert theme["primaryColor"] == tokens["primary"] == theme["linkColor"]
    assert theme["backgroundColor"] == tokens["page"]
    assert theme["secondaryBackgroundColor"] == tokens["paper"]
    assert theme["borderColor"] == tokens["edge"]
    for colour in ("red", "orange", "yellow", "blue", "green", "violet", "gray"):
        assert contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]) >= 7


@pytest.mark.parametrize("sheet", ["plain.css", "young.css"])
def test_a_plain_page_wears_the_colours_of_the_stylesheet(sheet: str):
    def whole(colour: str) -> str:
        return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])

    def tokens(css: str) -> dict[str, str]:
        root = re.search(r":root \{.*?\}", css, re.DOTALL)
        return {name: whole(colour) for name, colour in TOKEN.findall(root[0] if root else "")}

    ours, theirs = tokens(CSS), tokens((STATIC / sheet).read_text("utf-8"))

    assert {name: theirs[name] for name in ours.keys() & theirs.keys()} == {
        name: ours[name] for name in ours.keys() & theirs.keys()
    }
    assert len(ours.keys() & theirs.keys()) >= 8


@pytest.mark.parametrize("colour", CONFIG["theme"]["chartCategoricalColors"])
def test_chart_colours_stand_out_at_three_to_one(colour: str):
    assert contrast(PAPER, colour) >= 3


@pytest.mark.parametrize("states", LOOKS)
def test_every_member_of_a_list_that_is_shown_has_a_word_and_a_tone(states: type[Worded]):
    shown = [look(state) for state in states]

    assert [one.word for one in shown if not one.word] == []
    assert [one for one in shown if f".tone-{one.tone}" not in CSS] == []


class Course(Worded):
    """Another noun's list, with a value that an opportunity has too."""

    OPEN = "open", "Places left"


def test_a_list_without_looks_is_refused_even_where_another_has_that_value():
    assert look(OpportunityProgress("open")).word == "Waiting for one of us"
    with pytest.raises(KeyError):
        look(Course.OPEN)


def test_a_look_is_one_already():
    assert look(Look("3 lower", "alert", "frown")).word == "3 lower"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_template_says_its_values_first_and_trusts_none(template: Path):
    text = template.read_text("utf-8")

    assert text.startswith("{# ")
    assert "|safe" not in text
    assert "autoescape" not in text
    html._templates.get_template(template.name)


def test_a_young_persons_words_stay_words():
    words = "<script>alert(1)</script> & <b>{{ 7 * 7 }}</b>"
    drawn = html.render(
        "voices.html",
        voices=[
            {
                "thinks": words,
                "wants": "",
                "summary": "",
                "agreed": False,
                "feeling": None,
                "said_by": "A young person",
                "month": "May 2026",
                "note": "",
            }
        ],
    )

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;{{ 7 * 7 }}&lt;/b&gt;" in drawn
    assert "<script" not in drawn
    assert "49" not in drawn


@pytest.mark.parametrize(
    ("letters", "drawn_as"), [(90, "own-words "), (91, "own-words long"), (151, "own-words longer")]
)
def test_the_longer_the_opening_words_the_smaller_they_stand(letters: int, drawn_as: str):
    assert f'class="{drawn_as}"' in opening("x" * letters)


def test_opening_words_are_cut_to_what_a_screen_holds():
    drawn = opening("word " * 1000)

    assert drawn.count("word ") < 50
    assert "word…”" in drawn


def opening(words: str) -> str:
    theme = {"title": "School", "icon": "school"}
    voice = {"words": words, "said_by": "A young person", "month": "May 2026", "theme": theme}
    return html.render(
        "hero.html", voice={**voice, "href": "/report_cards?id=1", "worried": True}, empty=""
    )


def test_a_value_that_was_forgotten_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        html.render("empty.html", title="No cards yet", icon="inbox")


def test_a_level_says_its_word_and_a_hollow_one_says_why():
    drawn = html.render(
        "heat.html",
        caption="Levels this year",
        columns=["We had a say", "They told us after", "They asked us"],
        rows=[
            {
                "name": "Fostering",
                "cells": [
                    {"level": AuditLevel.ADVANCED, "evidence": True, "change": 1},
                    {"level": AuditLevel.NOT_YET, "evidence": False, "change": None},
                    {"level": None, "evidence": False, "change": None},
                ],
            }
        ],
    )

    cells = [
        re.sub(r"<[^>]+>|\s+", " ", cell).split()
        for cell in re.findall(r"<td class.*?</td>", drawn, re.S)
    ]
    assert cells == [
        ["3", "Advanced", "up", "1", "since", "last", "year"],
        ["0", "Not", "yet", "no", "evidence"],
        ["–", "Not", "looked", "at"],
    ]
    assert drawn.count('scope="col"') == 3
    assert drawn.count('scope="row"') == 1


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Cllr Dawn Pryce", "DP"), ("Sam", "S"), ("Ade van der Berg", "AB"), ("Dr. Mo Ali", "MA")],
)
def test_a_badge_shows_the_first_and_the_last_letter(name: str, letters: str):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "short"), [("Dr Anita Rao", "A Rao"), ("Cllr Dawn Pryce", "D Pryce"), ("Sam", "Sam")]
)
def test_a_name_is_shortened_to_its_initial_without_its_title(name: str, short: str):
    assert short_name(name) == short


def test_the_export_link_carries_only_the_filters_that_are_set():
    assert export_link("actions", theme=3, stage=None, owner="") == "/export/actions.csv?theme=3"
    assert export_link("actions") == "/export/actions.csv"
    assert Column("Days", number=True).number


def test_nothing_is_fetched_from_another_host():
    addresses = re.findall(r"url\(\"?([^)\"]{1,60})", CSS)
    files = {address for address in addresses if not address.startswith("data:image/svg+xml")}
    faces = {f"/{font['url']}" for font in CONFIG["theme"]["fontFaces"]}  # the same, fetched once

    assert files == {"fonts/bricolage-latin.woff2", *faces}
    assert (STATIC / "fonts/bricolage-latin.woff2").is_file()
    assert "@import" not in CSS
    for font in CONFIG["theme"]["fontFaces"]:
        assert (STATIC / font["url"].removeprefix("app/static/")).is_file()


def test_fonts_carry_their_licence():
    for name in ("fonts/atkinson-next-OFL.txt", "fonts/bricolage-OFL.txt"):
        assert "SIL OPEN FONT LICENSE" in (STATIC / name).read_text("utf-8").upper()


def test_streamlit_is_quiet_closed_and_ours():
    server, browser, client = CONFIG["server"], CONFIG["browser"], CONFIG["client"]

    assert server["address"] == "127.0.0.1"
    assert server["headless"] is True
    assert server["showEmailPrompt"] is False
    assert server["fileWatcherType"] == "none"
    assert server["maxUploadSize"] == 5
    assert server["trustedUserHeaders"] == {
        "X-Coprod-Session": "session", "X-Coprod-Screen": "screen",
    }  # fmt: skip
    assert browser == {"serverAddress": "localhost", "gatherUsageStats": False}
    assert client["showErrorDetails"] == "none"
    assert client["toolbarMode"] == "minimal"
