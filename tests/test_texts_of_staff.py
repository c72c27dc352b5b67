"""No text of staff is forgotten when a young person's words leave; each box offers to quote."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest
import sqlalchemy as sa

from coprod_data.models import Base
from coprod_data.vocabulary.rewordings import TextPlace
from tests.helpers import house_rules
from tests.helpers.source import Source, all_source, dotted

BOXES = (".area", ".line", "text_box")
ABOUT_NOBODYS_WORDS = {  # boxes whose text is saved in no TextPlace
    "pages/board/meetings_recording.py": "days by which something is due",
    "pages/board/meetings_heard.py": "times of day",
    "pages/board/meetings_plan.py": "days, times and places",
    "pages/listening/heard.py": "the day of the totals",
    "pages/board/posts.py": "offices, who holds them, and days",
    "pages/board/papers_form.py": "the author’s contact, and the day of the figures",
    "pages/office/": "wordings of the council",
    "pages/promise/wordings_draft.py": "wordings of the council",
    "pages/shared/duty.py": "closed days",
    "pages/voice/checking_after.py": "read by the author, and erased with the entry",
    "pages/voice/checking_first.py": "read by the team, and erased with the entry",
    "pages/voice/checking_left.py": "read by the author, and erased with the entry",
    "pages/voice/checking_release.py": "read by the author, and erased with the entry",
    "pages/voice/checking_second.py": "read by the team, and erased with the entry",
    "pages/voice/checking_words.py": "the young person's own words",
    "pages/voice/checking_steps.py": "a question is read by the author; a summary is in our words",
    "pages/together/opportunities_reviewing.py": "the day to look again",
    "pages/together/opportunities_steps.py": "the day to look again",
    "pages/together/sessions_before.py": "days and times",
    "pages/listening/audits_office.py": "days, and what is asked of services, no chain of words",
    "pages/listening/surveys_forms.py": "the name of a survey, and days",
    "pages/listening/priorities.py": "days",
    "pages/listening/training_course.py": "the name of a course",
    "pages/listening/training_date.py": "days, times and places",
    "pages/together/policies_asking.py": "days and numbers",
    "pages/together/policies_boards.py": "days",
    "pages/together/policies_forms.py": "days",
    "pages/together/projects_forms.py": "days",
    "pages/together/library_forms.py": "links, and days",
    "pages/together/recruitment.py": "the name of a post, and days",
    "pages/together/sessions_dates.py": "days and times",
    "pages/together/sessions_series.py": "days and times",
    "pages/together/sessions_plan.py": "days and times",
    "pages/promise/wordings_plan.py": "a day, and a number of months",
    **dict.fromkeys(
        (
            "pages/promise/actions_changes.py", "pages/promise/actions_forms.py",
            "pages/promise/actions_facts.py",
            "pages/promise/actions_undo.py", "pages/shared/meet_milestone.py",
            "pages/shared/propose_action.py",
        ),
        "days by which something is due, or was met",
    ),
}  # fmt: skip
NO_BOX = {  # places whose text nobody types
    TextPlace.POLICY_CUT: "it is kept when somebody takes it out of a part",
    TextPlace.POLICY_CUT_HEADING: "it is the heading of that part",
    TextPlace.STEP_TITLE: "it is a line of the box of the run sheet, which names the other part",
    TextPlace.FIRST_DUE: "the first wording is kept when another is agreed",
    TextPlace.SUMMARY: "it says in other words what they said",
    TextPlace.WRITTEN_WITH: "it is asked once, beside the day of the adoption",
    TextPlace.FINDING: "it comes in from a sheet",
    TextPlace.FINDING_SAID: "it comes in from a sheet",
}
BOXES_THEMSELVES = {  # files that may use Streamlit's own box of several lines
    "pages/parts/boxes.py",  # the box itself, which only those below use
    "pages/parts/carried.py", "pages/voice/checking_box.py",  # the two kinds of boxes of staff
    "pages/voice/add_entry.py", "pages/shared/send_form.py",  # young people's own
    "pages/voice/my_cards_talk.py", "pages/together/sessions_wall.py",
}  # fmt: skip


def boxes_without_offer(sources: Iterable[Source]) -> Iterator[str]:
    """Boxes of staff that do not say where their text goes, or say nowhere without a reason."""
    for source in sources:
        path, wrappers = str(source.path), str(source.path) in BOXES_THEMSELVES
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or wrappers:
                continue
            name = dotted(node.func)
            if name.endswith(("text_area", "text_lines")):
                yield f"{path}:{node.lineno}: {name} - use a box that offers to quote"
            if not name.endswith(BOXES):
                continue
            said = {one.arg: one.value for one in node.keywords}
            nowhere = isinstance(said.get("place"), ast.Constant)
            if "place" not in said or (nowhere and not path.startswith(tuple(ABOUT_NOBODYS_WORDS))):
                yield f"{path}:{node.lineno}: {name} - name the place of its text"


def places_offered(sources: Iterable[Source]) -> set[str]:
    return {
        name.rpartition(".")[2]
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and (name := dotted(node)).startswith("TextPlace.")
    }


def test_every_column_of_text_is_looked_through_when_words_leave_or_named_with_the_others():
    assert not list(house_rules.texts_without_a_place(Base.metadata, list(TextPlace)))


def test_a_new_column_of_text_is_caught_and_so_is_one_that_is_gone():
    added = sa.MetaData()
    sa.Table("minutes", added, sa.Column("text", sa.Text))

    caught = "\n".join(house_rules.texts_without_a_place(added, list(TextPlace)))

    assert "minutes.text - a text of staff is in TextPlace" in caught
    assert "reply.text - there is no such column" in caught


def test_a_column_that_can_hold_a_sentence_is_no_name(monkeypatch: pytest.MonkeyPatch):
    named = {*house_rules.NO_WORDS_OF_THEIRS, "meeting.private_part", "venue.getting_there"}
    monkeypatch.setattr(house_rules, "NO_WORDS_OF_THEIRS", named)

    caught = "\n".join(house_rules.texts_without_a_place(Base.metadata, list(TextPlace)))

    assert "meeting.private_part - it can hold a sentence" in caught
    assert "venue.getting_there - it can hold a sentence" in caught


def test_each_box_of_staff_offers_to_put_young_peoples_words_in_as_a_quote():
    pages = all_source("pages")

    assert list(boxes_without_offer(pages)) == []
    missing = {place.name for place in TextPlace} - places_offered(pages)
    assert missing == {place.name for place in NO_BOX}
    typed = [str(source.path) for source in pages]
    for file in {*ABOUT_NOBODYS_WORDS, *BOXES_THEMSELVES}:
        assert any(path.startswith(file) for path in typed), file


def test_a_new_box_without_the_offer_is_caught():
    text = "form.area('What?', 'what')\nform.line('Why?', 'why', place=None)\nst.text_area('x')\n"
    path = PurePosixPath("pages/promise/minutes.py")

    caught = "\n".join(boxes_without_offer([Source(path, text)]))

    assert ":1: form.area" in caught
    assert ":2: form.line" in caught
    assert ":3: st.text_area" in caught
