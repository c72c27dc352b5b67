"""How an entry's words are released, made findable and erased: steps of its commands.

The command that takes a step has already locked the entry and checked the rules.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn, open_card
from coprod_data.commands.entries_quoted_steps import words_are_out, words_leave
from coprod_data.commands.entries_room_steps import off_the_wall
from coprod_data.commands.event_log import record
from coprod_data.models import (
    Action,
    CardEntry,
    CardHolder,
    CheckStep,
    Consent,
    ContactWish,
    Draft,
    EntryQuestion,
    EntrySummary,
    EntryVersion,
    Event,
    EventText,
    PageWords,
    Recall,
    ReportCard,
    RoomWords,
    UseDecision,
    YoungView,
)
from coprod_data.permissions import Actor
from coprod_data.rules.texts import required_text
from coprod_data.scopes.actions import out_of_card
from coprod_data.scopes.entries import let_out
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.store.released_text import forget_words, index_words
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import BESIDE, Again, StepKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import STANDING

IN_ALREADY = "Its words are in by now, so nothing was left to decide."
Nots = Mapping[ConsentUse, str]  # uses that the author allows and the team does not, and why


def let_words_out(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    version_id: int,
    uses: frozenset[ConsentUse],
    nots: Nots,
) -> Event:
    """Decide each of these uses of an entry with this one wording, and make it findable.

    With every use in `nots` nothing is out, and the entry ends as kept with the team. An entry let
    out for the first time goes on the card now collecting; one let out again stays on its card.
    """
    before = entry.released_version_id if entry.released_at is not None else None
    decide_uses(db, actor, entry, uses, nots)
    if before not in (None, version_id):
        words_leave(db, actor, [entry], but_id=version_id)
    _leave_queue(db, actor, entry, out=not set(nots) >= uses)
    if set(nots) >= uses:
        entry.review, entry.released_at = Review.KEPT, None
        off_the_wall(db, actor, [entry])
        event = record(db, actor, EventKind.ENTRY_KEPT, entry)
        index_again(db, [entry.id])
        return event
    if entry.place is None:
        card = db.get_one(ReportCard, entry.report_card_id)
        if entry.about_id is None and card.state not in STANDING:
            entry.report_card_id = open_card(db, actor, card.theme_id).id
        in_turn(db, "places")
        last = db.scalar(sa.select(sa.func.max(CardEntry.place)))
        entry.place = (last or 0) + 1
    entry.review, entry.released_version_id = Review.RELEASED, version_id
    entry.released_at, entry.released_by_id = actor.at, actor.id
    words_are_out(db, actor, entry, version_id, uses - set(nots))
    event = record(db, actor, EventKind.ENTRY_RELEASED, entry)
    index_again(db, [entry.id])
    return event


def reasons_for(nots: Nots, uses: frozenset[ConsentUse]) -> dict[ConsentUse, str]:
    """Return the uses that are not let out, each with its reason in clean words.

    What is not let out to the Board is not let out to everyone either. Raises Invalid.
    """
    said = {
        use: required_text(
            reason, f"not_{use.value}", "Say why not, in words that the young person can read."
        )
        for use, reason in nots.items()
        if use in uses
    }
    if ConsentUse.BOARD in said and ConsentUse.PUBLIC in uses:
        said.setdefault(ConsentUse.PUBLIC, said[ConsentUse.BOARD])
    return said


def decide_uses(
    db: Session, actor: Actor, entry: CardEntry, uses: frozenset[ConsentUse], nots: Nots
) -> None:
    """Write down for each use whether the words may be read, in place of what was decided."""
    stays = uses - frozenset(nots)
    end_decisions(db, actor, entry, frozenset(ConsentUse), stays=stays)
    db.add_all(
        UseDecision(
            entry_id=entry.id,
            use=use,
            let_out=use not in nots,
            reason=nots.get(use),
            decided_at=actor.at,
            decided_by_id=actor.id,
        )
        for use in ConsentUse
        if use in uses
    )


def end_decisions(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    uses: frozenset[ConsentUse],
    *,
    stays: frozenset[ConsentUse] = frozenset(),
) -> None:
    """End what was decided about these uses: the words leave those views, with their quotes.

    Of these, `stays` are about to be let out again.
    """
    left = False
    for decision in db.scalars(
        sa.select(UseDecision).where(
            UseDecision.entry_id == entry.id,
            UseDecision.use.in_(uses),
            UseDecision.ended_at.is_(None),
        )
    ):
        decision.ended_at = actor.at
        left = left or (decision.let_out and decision.use not in stays)
    db.flush()
    if left:
        words_leave(db, actor, [entry])


def end_here(db: Session, actor: Actor, entry: CardEntry, review: Review) -> None:
    """Take an entry out of the queue without letting anything out, the wall included."""
    entry.review = review
    off_the_wall(db, actor, [entry])
    _leave_queue(db, actor, entry, out=entry.released_at is not None)


def into_queue(actor: Actor, entry: CardEntry, again: Again) -> None:
    """Put an entry into the queue once more, with the clock of a new one."""
    entry.review, entry.again = Review.SUBMITTED, again
    entry.taken_by_id = entry.taken_at = entry.dealt_at = None
    entry.waits_since = actor.at


def forget_steps(
    db: Session, actor: Actor, entry: CardEntry, *, but: Collection[StepKind] = ()
) -> None:
    """Drop what waits for a second person, because something else happened to the entry.

    Steps of the kinds `but` go on waiting. Whoever proposed to take words back in reads on the
    entry that they are in.
    """
    for step in db.scalars(
        sa.select(CheckStep).where(
            CheckStep.entry_id == entry.id,
            CheckStep.settled_at.is_(None),
            CheckStep.kind.not_in(but),
        )
    ):
        step.settled_at = actor.at
        if step.kind is StepKind.RECALL:
            step.settled_by_id, step.agreed, step.answer = actor.person_id, False, IN_ALREADY


def index_again(db: Session, entry_ids: list[int]) -> None:
    """Put these entries' shown words into the search index; take out those not released."""
    placed = db.scalars(sa.select(CardEntry.place).where(CardEntry.id.in_(entry_ids)))
    forget_words(db, [place for place in placed if place is not None])
    for place, thinks, wants in db.execute(
        sa.select(CardEntry.place, EntryVersion.thinks, EntryVersion.wants)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.id.in_(entry_ids), let_out())
    ):
        if place is not None:
            index_words(db, place, thinks, wants)


def forget_drafts(db: Session, entries: list[CardEntry]) -> None:
    """Delete checkers' drafts about these entries: they contain the young person's words."""
    for entry in entries:
        db.execute(
            sa.delete(Draft).where(
                Draft.form == DRAFT_FORM, Draft.subject.startswith(f"{entry.id}:", autoescape=True)
            )
        )


def take_views_out(db: Session, entry: CardEntry, taken: list[CardEntry]) -> None:
    """Take out the views that go with an entry that is taken back, faces and all.

    Those given with its code, those whose words were taken back, and those that the holder of the
    card gave of the work that came from it. A shown face stays until five people's views changed.
    """
    ids = [one.id for one in taken]
    holders = sa.select(CardHolder.person_id).where(CardHolder.entry_id == entry.id)
    from_it = sa.select(Action.id).where(out_of_card(entry.id))
    views = db.scalars(
        sa.select(YoungView).where(
            sa.or_(
                YoungView.entry_id.in_(ids),
                YoungView.words_entry_id.in_(ids),
                sa.and_(YoungView.person_id.in_(holders), YoungView.action_id.in_(from_it)),
            )
        )
    ).all()
    for view in views:
        for one in db.scalars(_up_to(view)):
            db.delete(one)
    db.flush()


def _up_to(view: YoungView) -> sa.Select[YoungView]:
    """Return a view with its giver's earlier ones, so that none counts again in its place."""
    giver = (
        YoungView.person_id == view.person_id
        if view.entry_id is None
        else YoungView.entry_id == view.entry_id
    )
    return sa.select(YoungView).where(
        YoungView.action_id == view.action_id, YoungView.id <= view.id, giver
    )


def erase_words(db: Session, actor: Actor, entries: list[CardEntry]) -> None:
    """Erase every wording of these entries, and what the team wrote over them, the log included.

    Other texts that repeat the words are being reworded from then on. A wish to talk that nobody
    has closed stays, for somebody to read.
    """
    words_leave(db, actor, entries, erased=True)
    for entry in entries:
        entry.translated = entry.translated_by_id = None
    ids = [entry.id for entry in entries]
    for version in db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id.in_(ids))):
        version.thinks = version.wants = None
        version.spans = []
    for words in db.scalars(sa.select(RoomWords).where(RoomWords.entry_id.in_(ids))):
        words.spans = []
    for summary in db.scalars(sa.select(EntrySummary).where(EntrySummary.entry_id.in_(ids))):
        summary.text = ""
        _erase_told(db, f"entry_summary:{summary.id}.text")
    for question in db.scalars(sa.select(EntryQuestion).where(EntryQuestion.entry_id.in_(ids))):
        question.text = ""
        _erase_told(db, f"entry_question:{question.id}.text")
    for step in db.scalars(sa.select(CheckStep).where(CheckStep.entry_id.in_(ids))):
        step.text = step.why = step.answer = None
        step.detail = {}
    for decision in db.scalars(sa.select(UseDecision).where(UseDecision.entry_id.in_(ids))):
        decision.reason = None
    for recall in db.scalars(sa.select(Recall).where(Recall.entry_id.in_(ids))):
        recall.reason = None
    for consent in db.scalars(sa.select(Consent).where(Consent.entry_id.in_(ids))):
        consent.ended_because = None
    closed = ContactWish.entry_id.in_(ids), ContactWish.closed_at.is_not(None)
    for wish in db.scalars(sa.select(ContactWish).where(*closed)):
        erase_wish(db, actor, wish)
    for page in db.scalars(sa.select(PageWords).where(PageWords.entry_id.in_(ids))):
        page.reply_to_id = None
    forget_drafts(db, entries)


def erase_wish(db: Session, actor: Actor, wish: ContactWish) -> None:
    """Erase how somebody can be reached, from the database's files too."""
    owe_wiping(db, actor.at)
    wish.first_name = wish.how = wish.when_safe = None


def _erase_told(db: Session, field: str) -> None:
    db.execute(sa.update(EventText).where(EventText.field == field).values(text=None, salt=None))


def _leave_queue(db: Session, actor: Actor, entry: CardEntry, *, out: bool) -> None:
    forget_steps(db, actor, entry, but=BESIDE if out else (StepKind.END_WISH,))
    entry.dealt_at, entry.again = actor.at, None
