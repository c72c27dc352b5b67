"""Papers for the Board: nothing is left open, who signs, and what stays as it was signed."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.papers import (
    change_paper,
    correct_paper,
    keep_layout,
    move_paper,
    remove_paper,
    sign_paper,
    submit_paper,
    take_back_paper,
    write_paper,
)
from coprod_data.files.board_paper import TAKEN_BACK, printed_paper, read_paper, written_paper
from coprod_data.files.word_sample import sample_layout
from coprod_data.models import Meeting, Opportunity, Paper, Post, PromiseTheme, SessionCost
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.events_of import history_of_paper
from coprod_data.queries.papers import layout_in_use, paper, paper_of_item, papers
from coprod_data.rules.paper_said import Header, PaperSaid, open_places
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.papers import (
    HEADINGS,
    PaperStatus,
)
from coprod_data.vocabulary.posts import Office
from tests.helpers.builders import (
    NOW,
    TODAY,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    the_system,
    unrecorded,
)
from tests.helpers.cards_shared import shared
from tests.helpers.papers import DAY, FILLED, LEFT, WHOLE, P
from tests.helpers.sessions import held
from tests.helpers.working_together import the_person


@pytest.fixture
def meeting(db: Session, theme: PromiseTheme) -> Meeting:
    return add(db, Meeting(
        meets_on=DAY, theme_id=theme.id, state=MeetingState.PLANNED, planned_at=NOW
    ))  # fmt: skip


@pytest.fixture
def director(db: Session) -> Actor:
    """Holds the post of executive director; a councillor holds the portfolio, by name."""
    who = somebody(db, Role.MANAGER, name="Ellis Marr")
    for office, holder in (
        (Office.EXECUTIVE_DIRECTOR, {"person_id": who.person_id, "title": "Executive Director"}),
        (Office.PORTFOLIO_HOLDER, {"name": "Cllr Orla Finch", "title": "Children"}),
    ):
        add(db, Post(office=office, began_on=date(2020, 1, 1), **holder))
    return who


def handed_over(db: Session, actor: Actor, meeting: Meeting, **said: Any) -> int:
    number = write_paper(db, actor, meeting.id, item=4, title="Challenge cards")
    change_paper(db, actor, number, said=replace(WHOLE, **said))
    submit_paper(db, actor, number)
    return number


def signed(db: Session, director: Actor, number: int) -> None:
    found = read_paper(db, director, number)
    when, figures = found.detail.submitted_at, found.figures.fingerprint
    sign_paper(db, director, number, fingerprint=figures, submitted_at=when)


def text_of(file: bytes) -> str:
    """All that a Word file says, with its tables and its header."""
    document = Document(io.BytesIO(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    head = (line.text for line in document.sections[0].header.paragraphs)
    return "\n".join([*(line.text for line in document.paragraphs), *cells, *head])


def test_the_paper_of_the_seed_names_what_its_author_left_open_and_is_then_written(
    db: Session, meeting: Meeting, director: Actor, worker: Actor
):
    number = write_paper(db, worker, meeting.id, item=4, title="Challenge cards")
    left = PaperSaid(title="Challenge cards", status=PaperStatus.PUBLIC, texts=LEFT)
    change_paper(db, worker, number, said=left)

    with pytest.raises(Refused) as refused:
        submit_paper(db, worker, number)

    places = [line.partition(":")[0] for line in refused.value.sentence.splitlines()]
    assert places == [
        part.words
        for part in (
            P.DECISION_TYPE, P.LOCAL_COUNCILLORS, P.AUTHOR_TITLE, P.AUTHOR_TELEPHONE,
            P.AUTHOR_EMAIL, P.REASON, P.FINANCIAL, P.RISK_CURRENT, P.RISK_RESIDUAL, P.EQUALITIES,
            P.APPENDICES, P.CONSIDERED, P.AS_AT,
        )
    ]  # fmt: skip
    assert [place.part.words for place in paper(db, worker, number).open] == places

    change_paper(db, worker, number, said=WHOLE)
    submit_paper(db, worker, number)
    signed(db, director, number)
    name, file = written_paper(db, worker, number)
    said = text_of(file)
    assert name == "2026-03-10-item-04-challenge-cards-v1-public.docx"
    assert "{" not in said
    for text in (*FILLED.values(), "Cllr Orla Finch, Children", "Ellis Marr, Executive Director"):
        assert text in said
    at = [said.index(FILLED[part]) for part in HEADINGS if part is not P.APPENDICES]
    assert at == sorted(at)


def test_a_heading_is_filled_or_says_why_not():
    for text, is_open in (
        ("Choose an item.", True), ("Click or tap here to enter text", True), (" – ", True),
        ("TBC", True), ("n/a", True), ("None because", True), ("Being reworded", True),
        ("None, because it is not needed for this item.", False),
        ("Nonetheless it is the right time.", False),
    ):  # fmt: skip
        said = replace(WHOLE, texts=FILLED | {P.REASON: text})
        found = open_places(said, Header("A", "B"), spent="", today=TODAY)
        assert [place.part for place in found] == [P.REASON] * is_open, text


@pytest.mark.usefixtures("director")
def test_no_financial_implications_is_refused_while_sessions_have_cost_money(
    db: Session, meeting: Meeting, worker: Actor
):
    add(db, SessionCost(session_id=held(db, worker, starts_at=NOW - timedelta(days=5)),
                        miles=42, travel_pence=4_120))  # fmt: skip
    none = "None, because it is met from what there is."
    number = write_paper(db, worker, meeting.id, item=4, title="Challenge cards")
    change_paper(db, worker, number, said=replace(WHOLE, texts=FILLED | {P.FINANCIAL: none}))

    with pytest.raises(Refused, match=r"£41\.20"):
        submit_paper(db, worker, number)

    change_paper(db, worker, number, said=WHOLE)
    texts = read_paper(db, worker, number).facts.texts
    assert "£41.20" in texts[P.FINANCIAL]
    assert "42 miles" in texts[P.CLIMATE]


def test_only_who_holds_the_post_that_day_signs_and_then_nothing_changes(
    db: Session, meeting: Meeting, director: Actor, worker: Actor, theme: PromiseTheme
):
    waits = an_opportunity(db, theme, the_person(db, worker))
    number = handed_over(db, worker, meeting)
    seen = read_paper(db, worker, number)
    for other in (worker, somebody(db, Role.CHAIR)):
        with pytest.raises((NotAllowed, NotFound)):
            signed(db, other, number)
    for late in (replace(WHOLE, title="Other"), WHOLE):
        with pytest.raises(Refused):
            change_paper(db, worker, number, said=late)
    take_back_paper(db, worker, number)
    change_paper(db, worker, number, said=WHOLE)
    submit_paper(db, worker, number)
    signed(db, director, number)

    with unrecorded(db):
        meeting.meets_on = DAY + timedelta(days=7)
        db.get_one(Opportunity, waits.id).title = "Another title"
    later = replace(worker, at=NOW + timedelta(days=20))
    found = read_paper(db, later, number)
    assert found.detail.fingerprint == found.figures.fingerprint == seen.figures.fingerprint
    assert found.detail.row.meets_on == DAY
    assert found.detail.moved_to == DAY + timedelta(days=7)
    for press in (submit_paper, take_back_paper):
        with pytest.raises(Refused):
            press(db, worker, number)

    again = correct_paper(db, worker, number, why="The telephone number was wrong.")
    with pytest.raises(Invalid):
        correct_paper(db, worker, number, why="Twice.")
    change_paper(db, worker, again, said=replace(WHOLE, author_telephone="01632 960011"))
    submit_paper(db, worker, again)
    signed(db, director, again)
    reader = somebody(db, Role.BOARD_MEMBER)
    assert [(row.version, row.replaced) for row in papers(db, reader)] == [(2, False), (1, True)]
    assert "telephone number was wrong" in read_paper(db, reader, again).facts.texts[P.AS_AT]


def test_words_are_put_in_by_the_gate_of_the_moment(
    db: Session, meeting: Meeting, director: Actor, worker: Actor, theme: PromiseTheme
):
    card = shared(db, theme, days=2)
    public = an_entry(
        db, card, "Ours for everybody to read.", None, released=True,
        consents=(ConsentUse.BOARD, ConsentUse.PUBLIC),
    )  # fmt: skip
    an_entry(db, card, "Ours for the Board.", None, released=True)
    member, manager = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.MANAGER)
    number = handed_over(db, worker, meeting, status=PaperStatus.PART_EXEMPT)
    signed(db, director, number)

    open_to_all = text_of(written_paper(db, member, number)[1])
    assert "Ours for everybody" in open_to_all
    assert "Ours for the Board" not in open_to_all
    name, file = written_paper(db, member, number, restricted=True)
    assert name.endswith("-restricted.docx")
    assert "[For the Board only] “Ours for the Board.”" in text_of(file)
    with pytest.raises(NotAllowed):
        written_paper(db, manager, number, restricted=True)
    with pytest.raises(NotAllowed):
        written_paper(db, the_system(), number, restricted=True)
    assert paper_of_item(db, the_system(), DAY, 4) == number

    after = NOW + timedelta(hours=1)
    withdraw_entry(db, holding_the_code(public, at=after), public.id)
    said = text_of(written_paper(db, replace(member, at=after), number)[1])
    assert "Ours for everybody" not in said
    assert TAKEN_BACK in said
    with unrecorded(db):
        db.get_one(Paper, number).status = PaperStatus.EXEMPT
    assert printed_paper(db, member, number).detail.row.id == number
    with pytest.raises(NotAllowed):
        printed_paper(db, manager, number)


def test_drafts_are_read_by_who_writes_and_a_form_shows_both(
    db: Session, meeting: Meeting, worker: Actor
):
    number = write_paper(db, worker, meeting.id, item=4, title="Challenge cards")
    opened = paper(db, worker, number).said.values
    change_paper(db, worker, number, said=WHOLE, opened=opened)
    with pytest.raises(ChangedMeanwhile) as changed:
        change_paper(
            db, worker, number, said=replace(WHOLE, texts=FILLED | {P.REASON: "Mine."}),
            opened=opened,
        )  # fmt: skip
    assert changed.value.now["reason"] == FILLED[P.REASON]
    reader = somebody(db, Role.BOARD_MEMBER)
    assert papers(db, reader) == []
    with pytest.raises(NotFound):
        paper(db, reader, number)
    for item, title in ((4, "The same item"), (0, "None"), (None, "None"), (5, " ")):
        with pytest.raises(Invalid):
            write_paper(db, worker, meeting.id, item=item, title=title)
    with pytest.raises(NotFound):
        write_paper(db, worker, 999, item=1, title="Without a meeting")


def test_the_administrator_gives_the_layout(db: Session, worker: Actor):
    admin = somebody(db, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        keep_layout(db, worker, name="Ours.docx", file=sample_layout())
    with pytest.raises(Invalid):
        keep_layout(db, admin, name="Ours.docx", file=b"")
    keep_layout(db, admin, name="Ours.docx", file=sample_layout())
    used = layout_in_use(db, admin)
    assert used is not None
    assert used.name == "Ours.docx"


@pytest.mark.usefixtures("director")
def test_a_draft_is_moved_handed_over_and_deleted(db: Session, worker: Actor, meeting: Meeting):
    number = write_paper(db, worker, meeting.id, item=3, title="A bag")
    other = write_paper(db, worker, meeting.id, item=4, title="A bed")
    clerk = somebody(db, Role.CLERK, name="Tess Clerk", job="Clerk to the Board")
    here = {"meeting_id": meeting.id, "item": 5, "author_id": clerk.id}
    with pytest.raises(Invalid, match="already a paper"):
        move_paper(db, worker, number, **{**here, "item": 4})
    with pytest.raises(ChangedMeanwhile):
        move_paper(db, worker, number, **here, opened={"item": 2})
    move_paper(db, worker, number, **here, opened={"item": 3})
    found = paper(db, worker, number)
    assert (found.row.item, found.row.author, found.said.author_title) == (
        5, "Tess Clerk", "Clerk to the Board",
    )  # fmt: skip
    assert [row.did for row in history_of_paper(db, worker, number)][0].startswith("gave a paper")
    remove_paper(db, worker, other)
    assert [row.id for row in papers(db, worker)] == [number]
    waits = handed_over(db, worker, meeting)
    with pytest.raises(Refused):
        remove_paper(db, worker, waits)
