"""Papers for the Board: begin, write, move, submit, take back, sign, correct; their layout."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import (
    kept,
    locked,
    must_be_an_adult,
    must_be_as_opened,
    must_be_new,
)
from coprod_data.models import Meeting, Paper, PaperLayout, PaperText, Person
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import LONDON, is_working_day, london_day
from coprod_data.rules.moments import past_moment
from coprod_data.rules.paper_said import PaperSaid, open_places
from coprod_data.rules.texts import required_line, required_text
from coprod_data.scopes.papers import (
    OF_ROW,
    header_on,
    said_in,
    since_when,
    spent_between,
)
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.papers import HEADINGS, Considered, PaperPart, PaperState
from coprod_data.vocabulary.rewordings import TextPlace

MOST_ITEMS = 60
CLEAR_DAYS = 6  # an agenda is out five clear days before its meeting
LARGEST = 2_000_000


def write_paper(db: Session, actor: Actor, meeting_id: int, *, item: int | None, title: str) -> int:
    """Begin a paper for an item of a meeting that is to come. Returns its id.

    Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.PAPERS_WRITE)
    title = required_line(title, "title", "Give the paper a title.")
    meeting, item = _must_be_a_free_place(db, meeting_id, item, london_day(actor.at))
    author = db.get(Person, actor.id)
    paper = Paper(
        meeting_id=meeting_id, item=item, title=title, author_id=actor.id, begun_at=actor.at,
        author_title=author.job if author else "",
        figures_on=_agenda_day(meeting.meets_on),
    )  # fmt: skip
    db.add(paper)
    db.flush()
    for part in HEADINGS:
        text = "All wards" if part is PaperPart.LOCAL_COUNCILLORS else ""
        db.add(PaperText(paper_id=paper.id, part=part, text=text))
    return kept(db, actor, EventKind.PAPER_BEGUN, paper)


def change_paper(
    db: Session,
    actor: Actor,
    paper_id: int,
    *,
    said: PaperSaid,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Write in a draft; `opened` is what the form showed, by the names of `PaperSaid.values`.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PAPERS_WRITE)
    paper = _paper_in(db, paper_id, PaperState.DRAFT)
    typed = said.checked().values
    must_be_as_opened(said_in(db, paper).values, opened, typed)
    for name in OF_ROW:
        setattr(paper, name, typed[name])
    for one in Considered:
        setattr(paper, one.value, one in typed["considered"])
    for row in db.scalars(sa.select(PaperText).where(PaperText.paper_id == paper.id)):
        row.text = typed[row.part.value]
    record_if_changed(db, actor, EventKind.PAPER_CHANGED, paper)


def move_paper(
    db: Session,
    actor: Actor,
    paper_id: int,
    *,
    meeting_id: int | None,
    item: int | None,
    author_id: int | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say for which item of which meeting a draft is, and who its author is. `opened` is what the
    form showed. Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PAPERS_WRITE)
    paper = _paper_in(db, paper_id, PaperState.DRAFT)
    typed = {"meeting_id": meeting_id, "item": item, "author_id": author_id}
    must_be_as_opened({name: getattr(paper, name) for name in typed}, opened, typed)
    if author_id is None:
        raise Invalid("Choose who writes it.", field="author")
    if (meeting_id, item) != (paper.meeting_id, paper.item):
        if paper.corrects_id is not None:
            raise Refused("A correction stays with the item of the paper that it corrects.")
        _must_be_a_free_place(db, meeting_id, item, london_day(actor.at))
    if author_id != paper.author_id:
        must_be_an_adult(db, author_id, "Choose an adult.")
        author = db.get_one(Person, author_id)
        paper.author_title, paper.author_telephone, paper.author_email = author.job, "", ""
    paper.meeting_id, paper.item, paper.author_id = meeting_id or 0, item or 0, author_id
    record_if_changed(db, actor, EventKind.PAPER_MOVED, paper)


def remove_paper(db: Session, actor: Actor, paper_id: int) -> None:
    """Delete a draft, with all that is written in it. Raises NotFound, Refused."""
    actor.must(Permission.PAPERS_WRITE)
    paper = _paper_in(db, paper_id, PaperState.DRAFT)
    texts = db.scalars(sa.select(PaperText).where(PaperText.paper_id == paper.id)).all()
    stop_rewording(db, actor, [(TextPlace.PAPER_TEXT, row.id) for row in texts])
    stop_rewording(
        db, actor, [(TextPlace.PAPER_TITLE, paper.id), (TextPlace.PAPER_CORRECTED, paper.id)]
    )  # fmt: skip
    for row in texts:
        db.delete(row)
    db.flush()
    db.delete(paper)
    record(db, actor, EventKind.PAPER_REMOVED, paper)


def submit_paper(db: Session, actor: Actor, paper_id: int) -> None:
    """Hand a paper over for its signature, once nothing is open in it. Its figures are from then
    on those at the end of the day it names. Raises NotFound, Refused with every open place.
    """
    actor.must(Permission.PAPERS_WRITE)
    paper = _paper_in(db, paper_id, PaperState.DRAFT)
    meeting = _meeting_to_come(db, paper)
    since = since_when(db, paper)
    said, today = said_in(db, paper), london_day(actor.at)
    spent = spent_between(db, since, said.figures_on or today)
    found = open_places(
        said, header_on(db, meeting.meets_on), spent=spent.money, today=today
    )  # fmt: skip
    if found:
        raise Refused("\n".join(f"{place.part.words}: {place.sentence}" for place in found))
    day = said.figures_on or today
    now = f"{actor.at.astimezone(LONDON):%H:%M}" if day == today else ""
    paper.figures_at = past_moment(day.isoformat(), now, actor.at)
    paper.figures_since = since
    paper.state, paper.submitted_at = PaperState.SUBMITTED, actor.at
    record(db, actor, EventKind.PAPER_SUBMITTED, paper)


def take_back_paper(db: Session, actor: Actor, paper_id: int) -> None:
    """Make a draft of a paper that waits for its signature. Raises NotFound, Refused."""
    actor.must(Permission.PAPERS_WRITE)
    paper = _paper_in(db, paper_id, PaperState.SUBMITTED)
    paper.figures_at = paper.figures_since = paper.submitted_at = None
    paper.state = PaperState.DRAFT
    record(db, actor, EventKind.PAPER_TAKEN_BACK, paper)


def sign_paper(
    db: Session, actor: Actor, paper_id: int, *, fingerprint: str, submitted_at: object
) -> None:
    """Sign a paper as who holds the post of executive director today; from then on it stays as it
    is. `fingerprint` is that of the figures its reader saw, of the paper as it was `submitted_at`.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.PAPERS_SIGN)
    paper = _paper_in(db, paper_id, PaperState.SUBMITTED)
    if paper.submitted_at != submitted_at:
        raise Refused("This paper was changed after you opened it. Read it again, then sign.")
    meeting = _meeting_to_come(db, paper)
    if header_on(db, london_day(actor.at)).signs_id != actor.id:
        raise actor.refusal(
            Permission.PAPERS_SIGN,
            "Only who holds the post of executive director today can sign this.",
        )
    header = header_on(db, meeting.meets_on)
    paper.portfolio_holder = header.portfolio_holder
    paper.executive_director = header.executive_director
    paper.meets_on = meeting.meets_on
    paper.layout_id = db.scalar(sa.select(sa.func.max(PaperLayout.id)))
    paper.fingerprint = fingerprint
    paper.state, paper.signed_at, paper.signed_by_id = PaperState.SIGNED, actor.at, actor.id
    record(db, actor, EventKind.PAPER_SIGNED, paper)


def correct_paper(db: Session, actor: Actor, paper_id: int, *, why: str) -> int:
    """Begin the next version of a signed paper, with a reason that everybody can read.

    Returns its id. Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.PAPERS_WRITE)
    before = _paper_in(db, paper_id, PaperState.SIGNED)
    must_be_new(
        db, Paper, "paper", taken="A correction has already begun. Open that one.",
        corrects_id=before.id,
    )  # fmt: skip
    said = said_in(db, before)
    paper = Paper(
        meeting_id=before.meeting_id, item=before.item, version=before.version + 1,
        **{name: getattr(before, name) for name in OF_ROW},
        **{one.value: getattr(before, one.value) for one in Considered},
        author_id=actor.id, begun_at=actor.at, corrects_id=before.id,
        why_corrected=required_text(why, "why", "Say what was wrong with it.", 500),
    )  # fmt: skip
    db.add(paper)
    db.flush()
    for part in HEADINGS:
        db.add(PaperText(paper_id=paper.id, part=part, text=said.texts.get(part, "")))
    return kept(db, actor, EventKind.PAPER_CORRECTED, paper)


def keep_layout(db: Session, actor: Actor, *, name: str, file: bytes) -> int:
    """Keep a Word file, which was checked, as the layout of papers from now on. Returns its id.

    Raises Invalid.
    """
    actor.must(Permission.SETTINGS_CHANGE)
    if not file or len(file) > LARGEST:
        raise Invalid("Choose a Word document of at most 2 MB.", field="file")
    layout = PaperLayout(
        name=required_line(name[-160:], "file", "Choose a Word document."),
        file=file, kept_at=actor.at,
    )  # fmt: skip
    return kept(db, actor, EventKind.LAYOUT_KEPT, layout)


def _must_be_a_free_place(
    db: Session, meeting_id: int | None, item: int | None, today: date
) -> tuple[Meeting, int]:
    if meeting_id is None:
        raise Invalid("Choose a meeting.", field="meeting")
    meeting = locked(db, Meeting, meeting_id, "meeting")
    if meeting.state is MeetingState.CANCELLED:
        raise Refused("This meeting is cancelled. Choose another.")
    if meeting.meets_on < today:
        raise Refused("This meeting has been. Choose one that is to come.")
    if item is None or not 1 <= item <= MOST_ITEMS:
        raise Invalid(f"Give the number of the item, from 1 to {MOST_ITEMS}.", field="item")
    must_be_new(
        db, Paper, "paper", taken="There is already a paper for this item. Open that one.",
        item=item, meeting_id=meeting_id,
    )  # fmt: skip
    return meeting, item


def _paper_in(db: Session, paper_id: int, state: PaperState) -> Paper:
    paper = locked(db, Paper, paper_id, "paper")
    if paper.state is not state:
        raise Refused(f"This paper is now: {paper.state.words.lower()}. Reload the page.")
    return paper


def _meeting_to_come(db: Session, paper: Paper) -> Meeting:
    meeting = db.get(Meeting, paper.meeting_id)
    if meeting is None:
        raise NotFound("We could not find the meeting of this paper.")
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(labelled("This meeting of the Board is cancelled, so nothing can be signed."))
    return meeting


def _agenda_day(meets_on: date) -> date:
    """Return the day by which the agenda of a meeting is out."""
    day, clear = meets_on, 0
    while clear < CLEAR_DAYS:
        day -= timedelta(days=1)
        clear += is_working_day(day)
    return day
