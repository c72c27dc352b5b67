"""Paper, and the mark of a demonstration: on every screen in the header, on every print."""

import re
import zlib
from urllib.parse import urljoin

import pytest
from playwright.sync_api import FloatRect

from tests.helpers.looking import Visit, wait_ready

FILLED = [
    "/report_cards", "/report_cards?id=1", "/meetings?id=1", "/papers?id=1", "/sessions?id=13",
]  # fmt: skip
SCREENS = [(1920, 1080), (1440, 900), (1024, 768), (360, 740)]


def texts_of_pages(pdf: bytes) -> list[int]:
    """Return how many pieces of text each page of a PDF shows."""
    objects = {
        int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj(.*?)endobj", pdf, re.S)
    }
    counts = []
    for body in objects.values():
        if re.search(rb"/Type\s*/Page\b", body):
            contents = re.search(rb"/Contents\s+(\d+) 0 R", body)
            assert contents is not None
            stream = re.search(rb"stream\r?\n(.*?)endstream", objects[int(contents[1])], re.S)
            assert stream is not None
            counts.append(len(re.findall(rb"T[jJ]\b", zlib.decompress(stream[1]))))
    return counts


def apart(one: FloatRect, other: FloatRect) -> bool:
    """Whether two boxes do not overlap by more than a pixel."""
    return any(
        first[at] + first[size] <= second[at] + 1
        for first, second in ((one, other), (other, one))
        for at, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize(("username", "path"), [("chair", "/"), ("young.person", "/my_cards")])
def test_a_demonstration_says_so_in_the_header_and_covers_nothing(
    visit: Visit, username: str, path: str
):
    page = visit(path, username)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wait_ready(page)
        mark = page.locator(".demo").bounding_box()

        assert mark is not None
        assert mark["y"] + mark["height"] <= 60
        for beside in (".who-name > span + span", ".who form button"):  # the name is above or left
            box = page.locator(beside).bounding_box()
            assert box is None or apart(mark, box)
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 2000)")
        assert page.locator(".demo").bounding_box() == mark


def test_every_sheet_is_filled_and_has_council_day_and_number(visit: Visit):
    page = visit(FILLED[0], "chair")
    for path in FILLED:
        page.goto(urljoin(page.url, path))
        wait_ready(page)
        assert min(texts_of_pages(page.pdf(format="A4"))) > 100, path

    head = page.evaluate("[...document.querySelectorAll('style')].map(s => s.textContent).join('')")
    assert 'counter(page) " of " counter(pages)' in head
    said = re.sub(r"\\([0-9a-f]{6})", lambda sign: chr(int(sign[1], 16)), head)
    assert re.search(r'"Westmarch · \d+ \w+ \d{4} · Demonstration, everybody is invented"', said)
    page.emulate_media(media="print")
    assert page.locator(".demo-more").is_visible()


def test_an_action_on_paper_has_lines_of_words_in_one_column(visit: Visit):
    page = visit("/actions?action=9", "chair")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins

    for parts in (".milestones li > :nth-child(2)", "[data-testid=stColumn]"):
        boxes = [part.bounding_box() for part in page.locator(parts).all()]
        assert boxes
        assert all(box is None or box["width"] > 400 for box in boxes)
    assert not page.locator(".above-heading > .link").is_visible()  # a button is no use on paper


@pytest.mark.parametrize("path", ["/share", "/card", "/sign-in"])
def test_a_plain_page_on_paper_begins_with_council_and_day(visit: Visit, path: str):
    page = visit(path)
    head = page.locator(".on-paper")
    assert not head.is_visible()

    page.emulate_media(media="print")
    assert head.is_visible()
    said = head.inner_text()
    assert re.fullmatch(r"Westmarch · \d+ \w+ \d{4} · Demonstration, everybody is invented", said)


@pytest.mark.parametrize("path", ["/share", "/card"])
def test_every_sheet_of_a_plain_page_begins_so(visit: Visit, path: str):
    page = visit(path)
    on_screen = texts_of_pages(page.pdf(format="A5"))
    assert len(on_screen) > 1, "or nothing is shown about a second sheet"

    head = page.locator(".on-paper")
    head.evaluate("head => head.remove()")
    without = texts_of_pages(page.pdf(format="A5"))
    assert all(more > less for more, less in zip(on_screen, without, strict=True))


def test_a_policys_story_is_one_side_and_both_its_texts_lie_across(visit: Visit):
    page = visit("/policy/1/story", "board.member")
    page.emulate_media(media="print")
    story = page.pdf(prefer_css_page_size=True)
    assert len(texts_of_pages(story)) == 1

    page.goto(urljoin(page.url, "/policy/1/twin"))
    twin = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"MediaBox \[([^]]+)\]", twin)}
    assert sizes
    assert all(right > top for _, _, right, top in sizes)
