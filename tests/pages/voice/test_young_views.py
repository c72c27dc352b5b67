"""The jobs on a young person's card: the face waits for its month, the words to be checked."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CardHolder, Person, PromiseTheme, YoungView
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.actions import Face, Stage
from coprod_data.vocabulary.entries import EntryKind
from tests.helpers.builders import NOW, a_person, add, an_opportunity
from tests.helpers.opening import OpenAs, words
from tests.helpers.plans import under
from tests.helpers.working_together import a_source
from tests.helpers.young import Author, marked, rows


def a_job(author: Author, *, of_the_card: bool = True, **fields: object) -> int:
    """A job of the plan; one of the card comes from an opportunity that came from its words."""
    with author.office() as (db, worker):
        of = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Homes")).one()
        if of_the_card:
            opportunity = an_opportunity(db, of, worker)
            a_source(db, opportunity, db.get_one(CardEntry, author.entry_id))
            fields["opportunity_id"] = opportunity.id
        return under(db, of, a_person(db, Role.MANAGER), **fields).id


def views(author: Author) -> list[tuple[Face, int | None, int | None]]:
    return [(view.face, view.entry_id, view.person_id) for view in rows(author.database, YoungView)]


def test_jobs_show_once_somebody_has_read_the_card(author: Author):
    a_job(author, title="Check the heating of every flat")
    a_job(author, title="Not from this card", of_the_card=False)
    a_job(author, title="Not agreed yet", stage=Stage.PROPOSED)
    assert "What we are doing about it" not in author.card

    author.let_out()

    seen = author.card
    assert "Check the heating of every flat" in seen
    assert "Not from this card" not in seen
    assert "Not agreed yet" not in seen


def test_a_face_and_words_are_kept_apart(author: Author):
    job = a_job(author)
    author.let_out()

    author.do("view", job=job, face="frown", words="Still cold zebra", key="k" * 12)

    assert views(author) == [(Face.FROWN, author.entry_id, None)]
    [entry] = [e for e in rows(author.database, CardEntry) if e.kind is EntryKind.VIEW]
    assert (entry.about_id, entry.released_at) == (author.entry_id, None)
    assert "You said: not good." in author.card
    assert "“Still cold zebra” Only the team reads this." in author.card


def test_the_same_answer_twice_is_one_and_another_job_is_another(author: Author):
    first, second = a_job(author), a_job(author)
    author.let_out()

    for job in (first, first, second):
        author.do("view", job=job, face="flat", words="Meh", key="k" * 12)

    assert len(views(author)) == 2


def test_without_a_face_it_says_so_and_keeps_the_words(author: Author):
    job = a_job(author)
    author.let_out()

    answer = author.do("view", job=job, words="It got better", key="k" * 12)

    assert "Pick one face first." in answer.text
    assert re.search(r'<details class="job" open>', answer.text)
    assert "It got better</textarea>" in answer.text
    assert views(author) == []


def test_words_too_long_come_back_with_the_face_and_a_sentence_beside_their_box(author: Author):
    job, other = a_job(author), a_job(author, title="Another job")
    author.let_out()

    answer = author.do("view", job=job, face="frown", words="b" * 5001, key="k" * 12)

    assert answer.status_code == 422
    assert answer.text.count("b" * 5001) == 1
    assert f'id="job-{job}-fault"' in answer.text
    assert f'id="job-{other}-fault"' not in answer.text
    assert answer.text.count('name="face" value="frown" checked') == 1


def test_a_job_that_did_not_come_from_the_card_takes_no_view(author: Author):
    other = a_job(author, of_the_card=False)
    author.let_out()

    assert "We cannot find that job." in author.do("view", job=other, face="smile").text
    assert views(author) == []


def test_it_is_said_when_a_face_counts_and_it_can_be_taken_back(author: Author):
    job = a_job(author)
    author.let_out()
    assert "We count the faces once a month." in author.card
    assert "Take my answer back" not in author.card
    author.do("view", job=job, face="frown")
    assert "Take my answer back" in author.card

    answer = author.do("view_back", job=job)

    assert "We took it out." in answer.text
    assert views(author) == []
    assert "You said: not good." not in author.card
    assert author.do("view_back", job=job).status_code == answer.status_code


def test_a_card_that_was_taken_back_shows_no_jobs(author: Author):
    job = a_job(author)
    author.let_out()
    author.do("take_back")

    assert "What we are doing about it" not in author.card
    author.do("view", job=job, face="smile")
    assert views(author) == []


def test_an_account_says_it_on_the_card_it_holds(
    author: Author, empty_council: Database, open_as: OpenAs
):
    job = a_job(author)
    author.let_out()
    with author.office() as (db, _):
        jay = a_person(db, Role.YOUNG_PERSON, username="jay", password_hash=DUMMY_HASH)
        add(db, CardHolder(person_id=jay.id, entry_id=author.entry_id, added_at=NOW))
    at = open_as("jay", "voice/my_cards.py", id=marked(author.database, author.entry_id))
    assert "What we are doing about it" in words(at)

    at.radio(key=f"face-{job}").set_value(Face.SMILE)
    next(button for button in at.button if button.label == "Tell us how it feels").click().run()

    assert "You said: good." in words(at)
    with Session(empty_council.engine) as db:
        jay_id = db.scalar(sa.select(Person.id).where(Person.username == "jay"))
    assert views(author) == [(Face.SMILE, None, jay_id)]

    next(button for button in at.button if button.label == "Take my answer back").click().run()

    assert "You said: good." not in words(at)
    assert views(author) == []
