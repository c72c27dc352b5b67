"""The menu of each role: few words across, in the order of the rooms."""

import itertools

import pytest

from coprod_data.permissions import Role
from pages.menu import MENU, MOST_FLAT, SEARCH, SECTIONS, WORDINGS, in_sections, menu_for

MOST_ACROSS = 8

SOME_ROLES = [
    roles for size in range(1, len(Role) + 1) for roles in itertools.combinations(Role, size)
]


def test_nobody_has_more_than_eight_words_across():
    for roles in SOME_ROLES:
        sections = in_sections(menu_for(roles))
        assert len(sections[""]) + len(sections) - 1 <= MOST_ACROSS, roles


@pytest.mark.parametrize("pages", range(MOST_FLAT + 1))
def test_a_menu_of_few_pages_is_a_flat_list_in_its_order(pages: int):
    mine = list(MENU[:pages])

    assert in_sections(mine) == {"": mine}


def test_a_longer_menu_is_folded_into_its_rooms_in_their_order():
    words = list(in_sections(list(reversed(MENU))))

    assert words == ["", *(room for room in SECTIONS.values() if room in words)]
    assert len(words) > 2


def test_no_section_is_empty_and_no_page_is_left_out():
    for roles in SOME_ROLES:
        mine = menu_for(roles)
        sections = in_sections(mine)

        assert [words for words, pages in sections.items() if words and not pages] == []
        assert sorted(page.file for pages in sections.values() for page in pages) == sorted(
            page.file for page in mine if not page.framed
        )


def test_the_search_is_in_the_frame_of_everybody_and_in_no_menu():
    for roles in SOME_ROLES:
        beside = [page.file for page in menu_for(roles) if page.framed]
        assert [file for file in beside if file != WORDINGS] == [SEARCH]
