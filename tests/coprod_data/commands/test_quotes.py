"""A young person's words in a text of staff as a quote: it goes and comes back with them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.entries_steps import into_queue
from coprod_data.commands.opportunities import reword_opportunity
from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.commands.quotes import choose_quote, put_in_quotes
from coprod_data.commands.quotes_steps import CHOSEN
from coprod_data.models import (
    CardEntry,
    CoSignature,
    EntryMeant,
    EventText,
    Opportunity,
    Outcome,
    PromiseTheme,
    Quote,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Role
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.queries.quotes import QuoteOffer, quotes_to_offer
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import Again
from coprod_data.vocabulary.rewordings import BEING_REWORDED, TAKEN_OUT, TextPlace
from tests.helpers.builders import add, an_opportunity, holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import later, let_out, read, read_by_another
from tests.helpers.quoting import BOTH, OURS, THINKS, recalled
from tests.helpers.working_together import WORDED, Work, the_person

THEIRS = "they put my stuff in bin bags"
TEXT = f"A child said: “{THEIRS}”. Help us."
GONE = f"A child said: “{TAKEN_OUT}”. Help us."
FORM = ("reword", "1", "help_wanted")
PLACE = TextPlace.HELP_WANTED


def offers(db: Session, actor: Actor, typed: str, *, before: str = "") -> list[QuoteOffer]:
    return quotes_to_offer(db, actor, *FORM, typed, there=before, place=PLACE)


def save(db: Session, actor: Actor, made: Opportunity, text: str, *entries: CardEntry) -> None:
    """Save a text in which these entries were chosen to be quoted."""
    for entry in entries:
        choose_quote(db, actor, *FORM, entry.id, place=PLACE)
    put_in_quotes(db, actor, *FORM[:2])
    reword_opportunity(db, actor, made.id, wording=replace(WORDED, help_wanted=text))
    del db.info[CHOSEN]  # a transaction of the product ends here


@pytest.fixture
def made(db: Session, worker: Actor, theme: PromiseTheme, quoted: CardEntry) -> Opportunity:
    """An opportunity with the entry's words in it as a quote."""
    made = an_opportunity(db, theme, the_person(db, worker))
    save(db, worker, made, TEXT, quoted)
    return made


def let_out_again(db: Session, actor: Actor, entry: CardEntry, words: str) -> None:
    open_to_read(db, actor, entry.id)
    release_entry(db, actor, entry.id, shown_thinks=words, shown_wants="")


WAYS: dict[str, Callable[[Session, Actor, CardEntry], object]] = {
    "taken back": lambda db, _, entry: withdraw_entry(db, holding_the_code(entry), entry.id),
    "recalled": recalled,
    "held": lambda db, worker, entry: hold_entry(db, worker, entry.id),
    "worried about": lambda db, _, entry: say_worried(
        db, somebody(db, Role.BOARD_MEMBER), entry.id
    ),
    "only the Board": lambda db, _, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset({ConsentUse.BOARD})
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_words_leave_only_the_quote_goes(
    db: Session, worker: Actor, quoted: CardEntry, made: Opportunity, way: Callable[..., object]
):
    way(db, worker, quoted)

    assert made.help_wanted == GONE
    assert texts_to_reword(db, worker) == []
    logged = db.scalars(sa.select(EventText.text).where(EventText.text.contains("bin bags")))
    assert list(logged) == []


def test_it_is_back_when_the_words_are_out_again_wherever_it_is_by_then(
    db: Session, worker: Actor, second: Actor, quoted: CardEntry, made: Opportunity
):
    recalled(db, worker, quoted)
    save(db, later(worker), made, f"Come. {GONE} Thanks.")
    let_out_again(db, later(second, 20), quoted, THINKS)
    assert made.help_wanted == f"Come. {TEXT} Thanks."

    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    assert made.help_wanted == f"Come. {GONE} Thanks."
    assert db.scalars(sa.select(Quote)).all() == []  # erased words never come back


def test_when_more_is_hidden_before_they_are_out_again_only_what_is_whole_comes_back(
    db: Session, worker: Actor, second: Actor, card: ReportCard, theme: PromiseTheme
):
    other, made = "nobody ever said sorry to me", an_opportunity(db, theme, the_person(db, worker))
    quoted = let_out(db, worker, card, thinks=f"{THINKS} And {other}.", wants=None, consents=BOTH)
    save(db, worker, made, f"{TEXT} “{other}”", quoted)
    recalled(db, worker, quoted)

    hidden = f"{THINKS} And {other}.".replace("my stuff", "[things of mine]")
    let_out_again(db, later(second, 20), quoted, hidden)

    assert made.help_wanted == f"{GONE} “{other}”"


def test_a_wording_that_hides_more_while_the_words_are_out_takes_the_quote_out(
    db: Session, worker: Actor, second: Actor, card: ReportCard, theme: PromiseTheme
):
    quoted = let_out(db, worker, card, thinks=THINKS, wants=None, consents=BOTH)
    made = an_opportunity(db, theme, the_person(db, worker))
    save(db, worker, made, TEXT, quoted)
    with unrecorded(db):
        into_queue(later(worker), quoted, Again.ALLOWED)

    let_out_again(db, later(second, 20), quoted, THINKS.replace("my stuff", "[things of mine]"))

    assert made.help_wanted == GONE


@pytest.mark.parametrize(
    "edited",
    [
        "A child said: “they put my stuff in bin”. Help us.",  # cut
        "A child said: “they put my own stuff in bin bags”. Help us.",  # changed
    ],
)
def test_a_cut_or_changed_quote_is_a_copy(
    db: Session, worker: Actor, quoted: CardEntry, made: Opportunity, edited: str
):
    reword_opportunity(db, worker, made.id, wording=replace(WORDED, help_wanted=edited))

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert made.help_wanted == BEING_REWORDED


def test_words_beside_a_quote_that_are_no_quote_are_a_copy(
    db: Session, worker: Actor, quoted: CardEntry, made: Opportunity
):
    twice = f"{TEXT} When I moved: {THEIRS}."
    reword_opportunity(db, worker, made.id, wording=replace(WORDED, help_wanted=twice))

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert made.help_wanted == BEING_REWORDED


def test_an_edit_around_a_quote_keeps_it_one_and_deleting_the_gap_ends_it(
    db: Session, worker: Actor, second: Actor, quoted: CardEntry, made: Opportunity
):
    longer = f"Long before. {TEXT.upper()}"
    reword_opportunity(db, worker, made.id, wording=replace(WORDED, help_wanted=longer))
    recalled(db, worker, quoted)
    assert made.help_wanted == f"Long before. A CHILD SAID: “{TAKEN_OUT}”. HELP US."

    reword_opportunity(db, worker, made.id, wording=replace(WORDED, help_wanted=OURS))
    let_out_again(db, later(second, 20), quoted, THINKS)

    assert made.help_wanted == OURS


def test_what_two_children_said_alike_stays_while_the_one_who_is_quoted_lets_it(
    db: Session,
    worker: Actor,
    member: Actor,
    card: ReportCard,
    quoted: CardEntry,
    made: Opportunity,
):
    alike = let_out(db, worker, card, thinks=THINKS, wants=None, consents=BOTH)
    assert [one.entry_id for one in offers(db, member, TEXT)] == [alike.id]

    withdraw_entry(db, holding_the_code(alike), alike.id)
    assert made.help_wanted == TEXT
    save(db, later(worker), made, f"{TEXT} Come.")  # though the same words have just left

    recalled(db, worker, quoted)
    assert made.help_wanted == f"{GONE} Come."


def test_a_quote_on_another_chain_goes_too_and_a_title_too_short_for_it_has_none(
    db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    elsewhere = an_opportunity(db, themes[1], the_person(db, worker))
    save(db, worker, elsewhere, TEXT, quoted)
    title = f"{THEIRS} {'x' * 120}"
    reword_opportunity(
        db, worker, elsewhere.id, wording=replace(WORDED, title=title, help_wanted=TEXT)
    )

    read_by_another(db, quoted)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert elsewhere.help_wanted == GONE
    assert db.scalars(sa.select(Quote)).all() == []


def test_both_signatures_stay_under_a_text_with_a_quote(db: Session, together: Work, second: Actor):
    words = let_out(db, second, together.card, thinks=THINKS, wants=None, consents=BOTH)
    choose_quote(db, together.member, *FORM, words.id, place=TextPlace.OUTCOME_SAID)
    put_in_quotes(db, together.member, *FORM[:2])
    number = propose_outcome(
        db, together.member, together.opportunity.id, you_said=TEXT, worked_with="Two of us.",
        what_changed="Every child has a suitcase.",
    )  # fmt: skip
    db.info.pop(CHOSEN)
    co_sign(db, together.author, number)
    co_sign(db, together.member, number)
    outcome = db.get_one(Outcome, number)
    assert outcome.co_signed_at is not None

    withdraw_entry(db, holding_the_code(words), words.id)

    assert outcome.you_said == GONE
    assert outcome.co_signed_at is not None
    signed = sa.select(CoSignature).where(CoSignature.outcome_id == number)
    assert len(db.scalars(signed).all()) == 2


def test_a_tab_that_was_open_saves_no_words_that_have_left(
    db: Session, worker: Actor, quoted: CardEntry, made: Opportunity
):
    choose_quote(db, worker, *FORM, quoted.id, place=PLACE)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    with pytest.raises(Invalid, match="own words are in it"), db.begin_nested():
        save(db, later(worker), made, f"{TEXT} Come.")
    with pytest.raises(NotFound):
        choose_quote(db, worker, *FORM, quoted.id, place=PLACE)


def test_only_words_that_every_reader_of_the_text_may_read_are_offered(
    db: Session, worker: Actor, member: Actor, card: ReportCard, quoted: CardEntry
):
    for actor in (worker, member):
        (offer,) = offers(db, actor, TEXT)
        assert (offer.entry_id, offer.words, offer.chosen) == (quoted.id, THEIRS, False)
        assert TEXT[offer.start : offer.end] == THEIRS
    choose_quote(db, member, *FORM, quoted.id, place=PLACE)
    assert [one.chosen for one in offers(db, member, TEXT)] == [True]
    assert offers(db, member, TEXT, before=TEXT) == []
    assert offers(db, member, "They put my stuff in bags.") == []

    for consents, words in (
        ((ConsentUse.BOARD,), "the bus driver laughs at my pass every single day"),
        ((ConsentUse.SUMMARY,), "nobody ever asks me which school i would like"),
    ):
        given = let_out if ConsentUse.BOARD in consents else read
        entry = given(db, worker, card, thinks=words, wants=None, consents=consents)
        assert offers(db, worker, words) == []
        with pytest.raises(NotFound):
            choose_quote(db, worker, *FORM, entry.id, place=PLACE)

    add(db, EntryMeant(entry_id=quoted.id, person_id=member.id))
    assert offers(db, worker, TEXT) == []  # the one it may be about reads the text too
