"""In a meeting the overview can be read from the back of the room: one screen, nothing small."""

from tests.helpers.looking import Visit

PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}

SMALLEST = """() => {
  const whole = document.querySelector('.overview');
  const texts = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT), sizes = [];
  while (texts.nextNode()) {
    const words = texts.currentNode.textContent.trim(), holder = texts.currentNode.parentElement;
    if (words && holder.checkVisibility()) {
      sizes.push(parseFloat(getComputedStyle(holder).fontSize));
    }
  }
  return Math.min(...sizes);
}"""

LOWEST = """() => Math.max(...[...document.querySelectorAll(
  '.overview > :not(.overview-wide), .overview > :not(.overview-wide) *'
)].filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().bottom))"""


def test_the_first_screen_of_the_overview_holds_all_that_is_talked_about(visit: Visit):
    page = visit("/", "chair", **PROJECTOR)

    assert page.locator(".overview .hero, .overview .tile").count() == 4
    assert page.locator(".overview .row-voice").count() == 3
    assert page.locator(".overview .promise-row").count() == 6
    assert page.evaluate(LOWEST) <= 1080 - 12  # fonts are a little taller elsewhere


def test_nothing_on_the_overview_is_too_small_for_the_back_of_the_room(visit: Visit):
    page = visit("/", "board.member", **PROJECTOR)

    assert page.evaluate(SMALLEST) >= 35
