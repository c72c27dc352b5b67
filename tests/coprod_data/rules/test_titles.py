"""What report cards and themes are called."""

from datetime import UTC, date, datetime

from coprod_data.rules.titles import both_names, card_title, month_shown


def test_a_card_without_a_title_is_called_by_its_theme_and_month():
    assert card_title("", "Where I live", date(2026, 3, 1)) == "Where I live, March 2026"
    assert card_title("Keys first", "Where I live", date(2026, 3, 1)) == "Keys first"


def test_a_card_shows_the_month_it_was_shared_else_the_one_it_opened_in_london():
    opened = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)

    assert month_shown(None, opened) == date(2025, 7, 1)
    assert month_shown(date(2026, 2, 17), opened) == date(2026, 2, 1)


def test_both_names_of_a_theme_are_told_where_they_differ():
    assert both_names("A home", "Where I live") == "A home (Where I live)"
    assert both_names("Something else", "Something Else") == "Something else"
