"""/card and working together: yes or no to a member, done together or not yet."""

import re

import sqlalchemy as sa

from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.sessions_dates import choose_day, propose_days
from coprod_data.commands.venues import add_venue
from coprod_data.models import (
    CardEntry,
    Consent,
    CoSignature,
    Invitation,
    NotYet,
    OpportunityYoung,
    SessionAnswer,
)
from coprod_data.queries.sessions_dates import asked_for
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.sessions import SessionWay
from tests.helpers.builders import NOW
from tests.helpers.sessions import DAY, HOUR, a_session
from tests.helpers.young import (
    OWN_PAGE,
    Author,
    a_phone,
    an_offer,
    an_outcome_proposed,
    carried,
    code_on,
    rows,
    words_of,
)


def test_yes_to_whoever_offered_takes_a_place_in_the_work(author: Author):
    invitation, _ = an_offer(author)
    asked = author.card

    answer = author.do("offer", invitation=invitation, agreed="yes")

    assert "Cllr Dawn Pryce" in asked
    assert "Someone wants to work on it. Please answer." in asked
    assert "You work on it with" in words_of(answer.text)
    [seat] = rows(author.database, OpportunityYoung)
    assert (seat.entry_id, seat.confirmed_at) == (author.entry_id, NOW)


def test_no_to_whoever_offered_stands(author: Author):
    invitation, _ = an_offer(author)

    author.do("offer", invitation=invitation, agreed="no")

    assert rows(author.database, Invitation)[0].refused_at == NOW
    assert rows(author.database, OpportunityYoung) == []
    assert "Cllr Dawn Pryce" not in author.card
    assert "You said no. That is OK." in author.card
    stale = author.do("offer", invitation=invitation, agreed="yes")
    assert "You said no to this before." in words_of(stale.text)


def test_neither_yes_nor_no_is_asked_again(author: Author):
    invitation, _ = an_offer(author)

    assert author.do("offer", invitation=invitation).status_code == 422
    assert rows(author.database, Invitation)[0].confirmed_at is None


def test_work_that_goes_on_is_where_the_card_is_whatever_was_answered(author: Author):
    an_offer(author, OpportunityState.WORKING)
    with author.office() as (db, worker):
        send_reply(db, worker, author.entry_id, text="We have begun.")

    page = author.do().text

    assert re.search(r'class="place now".*?<h3>People work on it with you', page, re.DOTALL)
    assert "You have our answer" not in page
    assert "Done together" in page


def test_done_together_is_signed_once(author: Author):
    outcome = an_outcome_proposed(author)

    assert "Every room has a heater." in author.card
    author.do("sign", outcome=outcome)
    again = author.do("sign", outcome=outcome)

    assert again.status_code == 200
    assert "You said yes to this." in words_of(again.text)
    [signature] = rows(author.database, CoSignature)
    assert (signature.entry_id, signature.person_id) == (author.entry_id, None)


def test_a_tick_that_it_is_about_one_of_us_is_not_lost_with_an_empty_box(author: Author):
    outcome = an_outcome_proposed(author)

    ticked = author.do("not_yet", outcome=outcome, words=" ", about="yes", whom="not_said", key="k")

    assert ticked.status_code == 422
    assert "Write a few words about it too." in ticked.text
    assert re.search(r'name="whom" value="not_said"[^>]* checked', ticked.text), "it stays ticked"
    assert rows(author.database, NotYet) == []
    assert author.do("not_yet", outcome=outcome, words="", key="k2").status_code == 200
    assert len(rows(author.database, NotYet)) == 1


def test_not_yet_counts_at_once_and_its_words_wait_at_the_gate(author: Author):
    outcome = an_outcome_proposed(author)

    answer = author.do("not_yet", outcome=outcome, words="Mine is broken.", key="k1")

    assert "You said: not yet. So we will keep working on it." in words_of(answer.text)
    [not_yet] = rows(author.database, NotYet)
    [reason] = [row for row in rows(author.database, CardEntry) if row.kind is EntryKind.NOT_YET]
    assert (not_yet.reason_entry_id, reason.released_at) == (reason.id, None)


def test_a_card_that_a_worker_typed_cannot_sign_alone(author: Author):
    outcome = an_outcome_proposed(author)
    with author.database.engine.begin() as connection:
        person = connection.scalar(sa.text("SELECT min(id) FROM person"))
        connection.execute(sa.update(CardEntry).values(typed_by_id=person))

    said = author.card
    answers = [author.do("sign", outcome=outcome), author.do("not_yet", outcome=outcome, key="k")]

    assert "so a worker must be there when you sign." in said
    assert "Write back to us what is missing." in said
    assert 'value="not_yet"' not in said
    assert [answer.status_code for answer in answers] == [422, 422]
    assert rows(author.database, CoSignature) == rows(author.database, NotYet) == []


def test_a_code_reaches_its_own_card_alone(author: Author):
    other = a_phone("192.0.2.9")
    answer = other.post("/share", data={**carried(other), "thinks": "Not yours"}, headers=OWN_PAGE)
    assert answer.status_code == 200
    outcome = an_outcome_proposed(author)
    stranger = Author(
        other,
        author.database,
        code_on(answer.text),
        rows(author.database, CardEntry)[-1].id,
    )

    refused = [
        stranger.do("sign", outcome=outcome),
        stranger.do("not_yet", outcome=outcome, words="No", key="k"),
        stranger.do("offer", invitation=rows(author.database, Invitation)[0].id, agreed="no"),
        stranger.do("answer", question="1", agreed="yes"),
        stranger.do("anything"),
    ]

    assert [answer.status_code for answer in refused] == [422] * 5
    assert "My room is cold." not in stranger.card
    assert rows(author.database, CoSignature) == []
    assert rows(author.database, NotYet) == []


def test_words_of_a_second_not_yet_are_kept_for_the_team(author: Author):
    outcome = an_outcome_proposed(author)
    author.do("not_yet", outcome=outcome, key="k1")

    for words in ("Mine is broken.", "Mine is broken.", "It is still cold."):
        said = author.do("not_yet", outcome=outcome, words=words, may_read="yes", key="k2")
        assert said.status_code == 200

    [not_yet] = rows(author.database, NotYet)
    reason, more = [one for one in rows(author.database, CardEntry) if one.about_id]
    assert not_yet.reason_entry_id == reason.id
    uses = {one.entry_id: one.use for one in rows(author.database, Consent)}
    assert (uses.get(reason.id), uses.get(more.id)) == (ConsentUse.WORK, None)


def test_a_card_asks_when_to_meet_keeps_the_answer_and_shows_no_place(author: Author):
    _, opportunity = an_offer(author, OpportunityState.WORKING)
    with author.office() as (db, worker):
        venue = add_venue(db, worker, name="The Hub")
        number = a_session(
            db, worker, opportunity_id=opportunity, venue_id=venue, way=SessionWay.IN_PERSON
        )
        days = [(NOW + place * DAY, NOW + place * DAY + HOUR) for place in (7, 9)]
        propose_days(db, worker, number, days=days)
        first, second = (day.id for day in asked_for(db, worker, number).days)
    asked = author.card
    assert "When can we meet?" in asked
    assert author.do("meet", session=number, answer="can").status_code == 422  # on no day

    saved = author.do("meet", session=number, answer="can", **{f"day_{second}": "yes"})

    assert "We tell you here which day it is." in words_of(saved.text)
    assert [row.date_id for row in rows(author.database, SessionAnswer)] == [second]
    with author.office() as (db, worker):
        choose_day(db, worker, number, second)
    told = author.card
    assert "Your first meeting" in told
    assert "You will not meet alone." in told
    assert "You said you will come." in told
    assert "The Hub" not in asked + told
    author.do("meet", session=number, answer="later")
    assert "You said not now. We will ask you again in three days." in author.card
