"""Who sees whom in an opportunity, and which words are shown with it."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, PromiseTheme, ReportCard, SafeguardingHold
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.opportunities import (
    opportunities,
    opportunity,
)
from coprod_data.queries.opportunities_sources import beginning
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import a_person, add, an_entry, days_ago, somebody
from tests.helpers.working_together import Work, a_seat, a_source, an_invitation, work

READERS = [Role.YOUTH_VOICE, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR]


# Who sees whom


def silent(together: Work, db: Session) -> Actor:
    """Somebody who was asked and has not answered; another who said not this time."""
    asked = somebody(db, Role.BOARD_MEMBER)
    an_invitation(db, together.opportunity, asked)
    an_invitation(
        db,
        together.opportunity,
        somebody(db, Role.MANAGER),
        reply=InvitationReply.NOT_THIS_TIME,
        reason="Too busy.",
    )
    return asked


def test_who_never_replied_shows_to_the_chair_and_the_team_alone(db: Session, chair: Actor):
    together = work(db)
    asked = silent(together, db)

    def seen_by(actor: Actor) -> list[str]:
        return [one.state for one in opportunity(db, actor, together.opportunity.id).members]

    assert sorted(seen_by(chair)) == ["invited", "matched", "not_this_time"]
    assert sorted(seen_by(together.worker)) == ["invited", "matched", "not_this_time"]
    assert sorted(seen_by(asked)) == ["invited", "matched"]
    for role in (Role.MANAGER, Role.BOARD_MEMBER):
        assert seen_by(somebody(db, role)) == ["matched"]


def test_young_people_in_it_are_a_number_for_those_in_the_work_and_never_named(
    db: Session, chair: Actor, member: Actor
):
    together = work(db)
    account = somebody(db, Role.YOUNG_PERSON, name="Jay")
    a_seat(db, together.opportunity, account=account, confirmed=False)
    taken_back = an_entry(db, together.card, released=True, withdrawn_at=days_ago(1))
    a_seat(db, together.opportunity, entry=taken_back)

    def seen_by(actor: Actor) -> tuple[bool, int | None]:
        row = opportunity(db, actor, together.opportunity.id)
        assert "Jay" not in str(row)
        assert [row] == [one for one in opportunities(db, actor) if one.id == row.id]
        return row.has_young, row.young

    assert seen_by(together.worker) == seen_by(together.member) == (True, 1)
    for other in (chair, member, somebody(db, Role.MANAGER)):
        assert seen_by(other) == (True, None)


def test_one_more_young_person_in_the_work_changes_nothing_for_those_who_are_not_in_it(
    db: Session, chair: Actor
):
    together = work(db)
    silent_one = silent(together, db)
    before = [opportunities(db, reader) for reader in (chair, silent_one)]

    a_seat(db, together.opportunity, entry=an_entry(db, together.card, released=True))

    assert [opportunities(db, reader) for reader in (chair, silent_one)] == before
    assert opportunity(db, together.worker, together.opportunity.id).young == 2


# Words


@pytest.mark.parametrize("role", READERS)
def test_a_list_for_the_room_shows_public_words_alone(
    db: Session, card: ReportCard, opportunity_: Opportunity, role: Role
):
    for_the_board = an_entry(db, card, "Zebra board words.", released=True)
    a_source(db, opportunity_, for_the_board)
    reader = somebody(db, role)
    assert opportunity(db, reader, opportunity_.id).voice is None

    for_all = an_entry(db, card, "I may be heard.", released=True, consents=[ConsentUse.PUBLIC])
    a_source(db, opportunity_, for_all)
    voice = opportunity(db, reader, opportunity_.id).voice
    assert voice is not None
    assert (voice.entry_id, voice.thinks) == (for_all.id, "I may be heard.")
    assert voice.month.day == 1


@pytest.mark.parametrize("what", ["raw", "held", "taken back"])
def test_words_that_do_not_pass_the_gate_stand_in_no_row(
    db: Session, card: ReportCard, opportunity_: Opportunity, chair: Actor, what: str
):
    entry = an_entry(
        db,
        card,
        "Zebra.",
        released=what != "raw",
        consents=[ConsentUse.PUBLIC, ConsentUse.BOARD],
        withdrawn_at=days_ago(1) if what == "taken back" else None,
    )
    a_source(db, opportunity_, entry)
    if what == "held":
        hold = SafeguardingHold(
            entry_id=entry.id, opened_at=days_ago(1), opened_by_id=a_person(db).id
        )
        add(db, hold)

    assert "Zebra" not in str(opportunities(db, chair))


# What a new one starts with


def test_it_begins_with_words_or_a_card_that_one_may_read(
    db: Session, theme: PromiseTheme, card: ReportCard, chair: Actor
):
    entry = an_entry(db, card, "Zebra.", released=True, consents=[ConsentUse.BOARD])
    raw = an_entry(db, card, "Lion.")

    words = beginning(db, chair, entry_id=entry.id)

    assert words is not None
    assert (words.theme_id, words.thinks, words.public) == (theme.id, "Zebra.", False)
    assert beginning(db, chair, entry_id=raw.id) is None
    named = beginning(db, chair, report_card_id=card.id)
    assert named is not None
    assert (named.theme_id, named.thinks) == (theme.id, "")
    manager = somebody(db, Role.MANAGER)
    assert beginning(db, manager, entry_id=entry.id) is None
    assert beginning(db, manager, report_card_id=card.id) is None
    with pytest.raises(NotAllowed):
        beginning(db, somebody(db, Role.ADMINISTRATOR), entry_id=entry.id)
