"""Two people, or one person on two machines, fill in the same audit return."""

from streamlit.testing.v1 import AppTest

from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, words
from tests.pages.listening.test_audits import PAGE, answer, standards, the_return

CHANGED = "Somebody changed this after you opened it. It now says:"


def opened(
    open_as: OpenAs, council: Database, username: str, standard: int | None = None
) -> AppTest:
    asked = {"return": str(the_return(council, "Leaving Care"))}
    if standard is not None:
        asked["standard"] = str(standard)
    return open_as(username, PAGE, **asked)


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_what_one_saves_the_other_is_told_at_once_and_saves_only_after_reading_it(
    council: Database, open_as: OpenAs
):
    number = standards(council, the_return(council, "Leaving Care"))[0]
    priya, jen = (opened(open_as, council, name, number) for name in ("manager", "jen.castle"))
    answer(priya, "3", "Every plan has a page of ours.")

    jen.text_area[0].set_value("Ten of our twelve teams.").run()

    said = words(jen)
    assert CHANGED in said
    assert "Every plan has a page of ours." in said
    assert "Saved 3 Advanced, by Priya Nair on" in said
    assert jen.text_area[0].value == "Ten of our twelve teams."

    press(jen, "Save and continue")
    assert "nothing was saved" in words(jen)
    press(jen, "Save and continue")
    assert "Ten of our twelve teams." in words(opened(open_as, council, "manager", number))


def test_the_standard_that_one_writes_about_stays_when_the_other_answers_it(
    council: Database, open_as: OpenAs
):
    here, there = opened(open_as, council, "manager"), opened(open_as, council, "manager")
    heading = here.radio[0].key
    answer(there, "1", "From the other machine.")

    here.text_area[0].set_value("What I had begun to write.").run()

    assert here.radio[0].key == heading  # the form did not jump to the next standard
    assert here.text_area[0].value == "What I had begun to write."
    assert "From the other machine." in words(here)


def test_a_saved_level_is_in_the_list_of_who_opens_the_return_next(
    council: Database, open_as: OpenAs
):
    at = opened(open_as, council, "manager")
    before = words(opened(open_as, council, "jen.castle")).count("3 Advanced, no evidence")
    answer(at, "3", "")

    seen = words(opened(open_as, council, "jen.castle"))

    assert seen.count("3 Advanced, no evidence") == before + 1
    assert "7 of 11 standards answered" in seen
