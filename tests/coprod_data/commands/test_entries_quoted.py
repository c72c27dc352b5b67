"""When a young person's words leave, texts of staff that repeat them are reworded."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.opportunities import reword_opportunity, suggest_opportunity
from coprod_data.models import (
    ActionUpdate,
    Answer,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    CardEntry,
    Draft,
    EntryMeant,
    EntryQuestion,
    EntrySummary,
    Event,
    EventText,
    Invitation,
    Milestone,
    Opportunity,
    OpportunitySource,
    Person,
    PromiseTheme,
    Reply,
    ReportCard,
    Rewording,
    Service,
    YoungView,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries_quoted import text_to_reword, texts_to_reword
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextEnd, TextPlace
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    an_outcome,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.entries_read import later, let_out, read
from tests.helpers.working_together import WORDED, Work, a_source, the_person

THINKS = "When I moved they put my stuff in bin bags. One split on the drive."
QUOTE = "A child said: “WHEN i moved, they put  my stuff in bin-bags”, and we are sorry."
OURS = "Every child gets a suitcase with their name on it before a move."
BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


@pytest.fixture
def entry(db: Session, worker: Actor, card: ReportCard) -> CardEntry:
    return let_out(db, worker, card, thinks=THINKS, wants=None, consents=BOTH)


@pytest.fixture
def opportunity(db: Session, theme: PromiseTheme, worker: Actor, entry: CardEntry) -> Opportunity:
    made = an_opportunity(db, theme, the_person(db, worker), title="Bags", help_wanted=QUOTE)
    a_source(db, made, entry)
    return made


def waiting(db: Session, worker: Actor) -> int:
    return texts_to_reword(db, worker)[0].id


def recalled(db: Session, worker: Actor, entry: CardEntry) -> None:
    recall_entry(db, later(worker), entry.id, reason="a name was left in")


WAYS: dict[str, Callable[[Session, Actor, CardEntry], object]] = {
    "taken back": lambda db, worker, entry: withdraw_entry(db, holding_the_code(entry), entry.id),
    "taken back for them": lambda db, worker, entry: withdraw_entry(db, worker, entry.id),
    "recalled": recalled,
    "worried about": lambda db, worker, entry: say_worried(
        db, somebody(db, Role.BOARD_MEMBER), entry.id
    ),
    "held": lambda db, worker, entry: hold_entry(db, worker, entry.id),
    "only the Board": lambda db, worker, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset({ConsentUse.BOARD})
    ),
    "only the team": lambda db, worker, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset()
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_words_leave_a_text_that_repeats_them_leaves_too(
    db: Session, worker: Actor, entry: CardEntry, opportunity: Opportunity, way: Callable[..., object]
):
    way(db, worker, entry)

    assert opportunity.help_wanted == BEING_REWORDED
    assert opportunity.title == "Bags"
    shown = text_to_reword(db, worker, waiting(db, worker))
    assert "".join(piece for piece, _ in shown.pieces) == QUOTE
    assert [piece for piece, own in shown.pieces if own] == [
        "WHEN i moved, they put  my stuff in bin-bags"
    ]


def a_row_of(
    db: Session, table: str, worker: Actor, card: ReportCard, opportunity: Opportunity
) -> object:
    """A row of this table on the chain of the card and the opportunity."""
    person, service = the_person(db, worker), a_service(db)
    action = an_action(
        db, a_commitment(db, db.get_one(PromiseTheme, card.theme_id)), person, service
    )
    by = {"person_id": person.id, "at": NOW}
    match table:
        case "report_card":
            return card
        case "opportunity":
            return opportunity
        case "action":
            return action
        case "answer":
            return add(db, Answer(report_card_id=card.id, text="-", **by))
        case "reply":
            return add(db, Reply(entry_id=an_entry(db, card).id, text="-", **by))
        case "entry_summary":
            other = an_entry(db, card)
            return add(db, EntrySummary(
                entry_id=other.id, text="-", made_at=NOW, made_by_id=person.id
            ))  # fmt: skip
        case "invitation":
            return add(db, Invitation(
                opportunity_id=opportunity.id, person_id=person.id, asked_at=NOW
            ))  # fmt: skip
        case "outcome":
            return an_outcome(db, opportunity, person)
        case "milestone":
            return add(db, Milestone(action_id=action.id, title="-"))
        case "action_update":
            return add(db, ActionUpdate(action_id=action.id, text="-", **by))
        case "audit_answer":
            return an_audit_answer(db, opportunity, person, service)
    raise AssertionError(f"No row of {table} is made here.")


def an_audit_answer(
    db: Session, opportunity: Opportunity, person: Person, service: Service
) -> AuditAnswer:
    """A rating that an opportunity came from."""
    audit = add(db, AuditRound(title="First", opened_on=TODAY, due_on=TODAY))
    standard = add(db, AuditStandard(
        round_id=audit.id, position=1, reference="A1", short="Asked", wording="Asked"
    ))  # fmt: skip
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))
    answer = add(db, AuditAnswer(
        return_id=owed.id, standard_id=standard.id, rater=Rater.SERVICE, at=NOW,
        person_id=person.id,
    ))  # fmt: skip
    add(db, OpportunitySource(opportunity_id=opportunity.id, audit_answer_id=answer.id))
    return answer


@pytest.mark.parametrize("place", TextPlace)
def test_every_place_of_the_chain_is_looked_through(
    db: Session, worker: Actor, card: ReportCard, entry: CardEntry, opportunity: Opportunity,
    place: TextPlace,
):  # fmt: skip
    row = a_row_of(db, place.table, worker, card, opportunity)
    with unrecorded(db):
        opportunity.help_wanted = "Help"
        setattr(row, place.column, QUOTE)

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert getattr(row, place.column) == BEING_REWORDED
    assert [one.place for one in texts_to_reword(db, worker)] == [place]


def test_texts_of_another_chain_and_other_words_stay_as_they_are(
    db: Session, worker: Actor, themes: list[PromiseTheme], entry: CardEntry
):
    person = the_person(db, worker)
    elsewhere = an_opportunity(db, themes[1], person, help_wanted=QUOTE)
    common = an_opportunity(db, themes[0], person, help_wanted="They put my stuff away.")
    for _ in range(3):  # none of the four words is rare in this council
        an_opportunity(db, themes[1], person, help_wanted="They put things: my own stuff, in it.")

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert (elsewhere.help_wanted, common.help_wanted) == (QUOTE, "They put my stuff away.")
    assert texts_to_reword(db, worker) == []


def test_four_words_in_a_row_are_enough_when_one_of_them_is_rare(
    db: Session, worker: Actor, themes: list[PromiseTheme], entry: CardEntry
):
    person = the_person(db, worker)
    common = ["They say one thing.", "One of the days.", "On a drive.", "The list.", "One list."]
    for words in common:
        an_opportunity(db, themes[1], person, help_wanted=words)
    rare = an_opportunity(db, themes[0], person, help_wanted="It SPLIT on the drive!")
    copy = an_opportunity(db, themes[0], person, title="Split on the drive", help_wanted="-")

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert (rare.help_wanted, copy.title) == (BEING_REWORDED, BEING_REWORDED)


def test_the_log_and_what_staff_typed_forget_the_words(
    db: Session, worker: Actor, member: Actor, chair: Actor, entry: CardEntry, card: ReportCard
):
    id_ = suggest_opportunity(
        db, chair, theme_id=card.theme_id, wording=replace(WORDED, help_wanted=QUOTE)
    )
    reword_opportunity(db, worker, id_, wording=replace(WORDED, help_wanted="Help us with bags."))
    draft = add(db, Draft(
        person_id=member.id, form="audit", subject="1", text=f"Before. {QUOTE} After.",
        saved_at=NOW,
    ))  # fmt: skip
    assert logged_words(db) == [QUOTE]

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert logged_words(db) == []
    assert draft.text.startswith(f"Before. A child said: “[{REMOVED.lower()}]")
    assert draft.text.endswith("After.")
    assert texts_to_reword(db, worker) == []


def logged_words(db: Session) -> list[str | None]:
    return list(db.scalars(sa.select(EventText.text).where(EventText.text.contains("stuff"))))


def test_hidden_words_count_and_only_the_team_can_see_the_text(
    db: Session, worker: Actor, lead: Actor, chair: Actor, card: ReportCard, theme: PromiseTheme
):
    entry = read(db, worker, card, thinks="My aunt Sharon from Hill Street told me off", wants=None)
    release_entry(
        db, worker, entry.id, shown_thinks="[somebody in my family] told me off", shown_wants="",
        confirmed_many=True,
    )  # fmt: skip
    made = an_opportunity(
        db, theme, the_person(db, worker), help_wanted="Ask my aunt Sharon from Hill Street."
    )

    recalled(db, worker, entry)

    assert made.help_wanted == BEING_REWORDED
    for actor in (lead, chair, somebody(db, Role.ADMINISTRATOR), somebody(db, Role.MANAGER)):
        for door in (
            lambda: texts_to_reword(db, actor),  # noqa: B023 - called at once
            lambda: text_to_reword(db, actor, 1),  # noqa: B023
            lambda: reword_text(db, actor, 1, text=OURS),  # noqa: B023
            lambda: put_text_back(db, actor, 1, ending=TextEnd.NOT_THEIRS),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                door()


def test_whoever_an_entry_may_be_about_never_meets_the_text(
    db: Session, worker: Actor, second: Actor, entry: CardEntry, opportunity: Opportunity
):
    add(db, EntryMeant(entry_id=entry.id, person_id=worker.id))
    recalled(db, second, entry)

    assert texts_to_reword(db, worker) == []
    number = waiting(db, second)
    with pytest.raises(NotFound):
        text_to_reword(db, worker, number)
    with pytest.raises(NotFound):
        reword_text(db, worker, number, text=OURS)


def test_rewording_writes_the_new_text_with_one_event_and_forgets_the_old(
    db: Session, worker: Actor, entry: CardEntry, opportunity: Opportunity
):
    recalled(db, worker, entry)
    number = waiting(db, worker)
    for text, why in ((" ", "other words"), (QUOTE, "own words are still in it"), ("x" * 5001, "")):
        with pytest.raises(Invalid, match=why), db.begin_nested():
            reword_text(db, later(worker), number, text=text)
    db.refresh(opportunity)
    db.info.pop("gathered", None)
    before = db.scalar(sa.select(sa.func.count()).select_from(Event)) or 0

    reword_text(db, later(worker), number, text=OURS)

    assert opportunity.help_wanted == OURS
    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == before + 1
    done = db.get_one(Rewording, number)
    assert (done.text, done.spans, done.ending) == (None, [], TextEnd.REWORDED)
    assert (texts_to_reword(db, worker), done.settled_by_id) == ([], worker.id)
    with pytest.raises(NotFound):
        reword_text(db, worker, number, text="Twice")


def test_a_usual_edit_of_the_text_ends_its_wait_unless_the_words_are_in_it_again(
    db: Session, worker: Actor, chair: Actor, entry: CardEntry, card: ReportCard
):
    id_ = suggest_opportunity(
        db, chair, theme_id=card.theme_id, wording=replace(WORDED, help_wanted=QUOTE)
    )
    recalled(db, worker, entry)
    with pytest.raises(Invalid, match="still in it"), db.begin_nested():
        reword_opportunity(db, chair, id_, wording=replace(WORDED, help_wanted=f"{QUOTE} Again."))
    db.expire_all()
    db.info.pop("gathered", None)

    reword_opportunity(db, chair, id_, wording=replace(WORDED, help_wanted=OURS))

    assert texts_to_reword(db, worker) == []


def test_what_is_not_their_words_is_put_back_and_not_asked_about_again(
    db: Session, worker: Actor, entry: CardEntry, opportunity: Opportunity
):
    recalled(db, worker, entry)
    put_text_back(db, worker, waiting(db, worker), ending=TextEnd.NOT_THEIRS)
    assert opportunity.help_wanted == QUOTE

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert opportunity.help_wanted == QUOTE
    kinds = db.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    assert kinds.count(EventKind.TEXT_PUT_BACK) == 1


def test_a_text_goes_back_once_all_its_words_are_out_again(
    db: Session, worker: Actor, entry: CardEntry, opportunity: Opportunity
):
    recalled(db, worker, entry)
    with pytest.raises(Refused, match="Not all of these words"):
        put_text_back(db, worker, waiting(db, worker), ending=TextEnd.OUT_AGAIN)
    open_to_read(db, later(worker), entry.id)
    release_entry(db, later(worker), entry.id, shown_thinks=THINKS, shown_wants="")

    put_text_back(db, later(worker), waiting(db, worker), ending=TextEnd.OUT_AGAIN)

    assert opportunity.help_wanted == QUOTE


def test_words_hidden_by_a_later_release_stay_out_of_the_text(
    db: Session, worker: Actor, entry: CardEntry, opportunity: Opportunity
):
    recalled(db, worker, entry)
    open_to_read(db, later(worker), entry.id)
    hidden = THINKS.replace("my stuff in bin bags", "[things]")
    release_entry(db, later(worker), entry.id, shown_thinks=hidden, shown_wants="")

    with pytest.raises(Refused, match="Not all of these words"):
        put_text_back(db, later(worker), waiting(db, worker), ending=TextEnd.OUT_AGAIN)


def test_words_of_two_young_people_in_one_text_both_keep_it_waiting(
    db: Session, worker: Actor, entry: CardEntry, card: ReportCard, opportunity: Opportunity
):
    other = let_out(db, worker, card, thinks="The bus to school is always late on Mondays")
    with unrecorded(db):
        opportunity.help_wanted = f"{QUOTE} The bus to school is always late."
    withdraw_entry(db, holding_the_code(entry), entry.id)
    withdraw_entry(db, holding_the_code(other), other.id)
    first, last = (row.id for row in texts_to_reword(db, worker))

    put_text_back(db, worker, first, ending=TextEnd.NOT_THEIRS)
    assert opportunity.help_wanted == BEING_REWORDED
    reword_text(db, worker, last, text=OURS)
    assert (opportunity.help_wanted, texts_to_reword(db, worker)) == (OURS, [])


def test_what_the_team_wrote_to_the_author_goes_with_erased_words(
    db: Session, worker: Actor, entry: CardEntry
):
    send_reply(db, worker, entry.id, text=f"You told us: they put my stuff in bin bags. {OURS}")
    reply = db.scalars(sa.select(Reply)).one()

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert (reply.text, texts_to_reword(db, worker)) == (REMOVED, [])
    assert logged_words(db) == []


def test_a_reworded_summary_is_asked_about_again(db: Session, worker: Actor, card: ReportCard):
    entry = read(db, worker, card, thinks=THINKS, wants=None, consents=(ConsentUse.BOARD,))
    summary_id = write_summary(db, worker, entry.id, text="They put my stuff in bin bags, they say")
    release_entry(db, worker, entry.id, shown_thinks=THINKS, shown_wants="")
    recalled(db, worker, entry)
    assert db.get_one(EntrySummary, summary_id).text == BEING_REWORDED

    reword_text(db, later(worker), waiting(db, worker), text="A bag broke when they moved.")

    old, new = db.scalars(sa.select(EntrySummary).order_by(EntrySummary.id)).all()
    assert (old.text, new.text, new.agreed_at) == (REMOVED, "A bag broke when they moved.", None)
    asked = [(q.summary_id, q.answered_at is None) for q in db.scalars(sa.select(EntryQuestion))]
    assert asked == [(old.id, False), (new.id, True)]


def test_the_words_of_an_answer_or_a_view_leave_like_those_of_a_card(
    db: Session, worker: Actor, card: ReportCard, entry: CardEntry, opportunity: Opportunity
):
    with unrecorded(db):
        opportunity.help_wanted = "Buses that come when the school day ends at three."
    let_out(
        db, worker, card, thinks="the school day ends at three on some days", wants=None,
        kind=EntryKind.ANSWER, about_id=entry.id,
    )  # fmt: skip

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert opportunity.help_wanted == BEING_REWORDED


def test_views_of_a_card_taken_back_leave_at_once_and_no_earlier_one_comes_instead(
    db: Session, together: Work
):
    action = an_action(
        db, a_commitment(db, together.theme), the_person(db, together.worker), a_service(db),
        opportunity_id=together.opportunity.id,
    )  # fmt: skip
    young = somebody(db, Role.YOUNG_PERSON)
    words = an_entry(db, together.card, kind=EntryKind.VIEW)
    for entry_id, person_id, words_id in (
        (together.entry.id, None, None), (None, young.id, None), (None, young.id, words.id),
    ):  # fmt: skip
        add(db, YoungView(
            action_id=action.id, entry_id=entry_id, person_id=person_id, face=Face.SMILE,
            words_entry_id=words_id, at=NOW,
        ))  # fmt: skip

    withdraw_entry(db, together.author, together.entry.id)
    assert {view.person_id for view in db.scalars(sa.select(YoungView))} == {young.id}
    withdraw_entry(db, together.worker, words.id)
    assert db.scalars(sa.select(YoungView)).all() == []
