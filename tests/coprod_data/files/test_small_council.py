"""The small council, played on both engines: two staff, nine entries a year, every rule kept."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.files.csv_in import read_sheet
from coprod_data.files.seed import COUNCILS, PASSWORD
from coprod_data.files.sheets import SHEETS
from coprod_data.models import (
    CardEntry,
    CoSignature,
    Event,
    Group,
    Outcome,
    Person,
    RoleGrant,
    Service,
)
from coprod_data.permissions import Role
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.settings import duty
from coprod_data.rules.clocks import london_day
from coprod_data.store.actors import Played, actor_for, stored_mode
from coprod_data.store.passwords import is_password
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.settings import DutyPost, Mode
from tests.helpers.builders import NOW, TODAY
from tests.helpers.demo import DEMO, SMALL

YEAR = timedelta(days=365)


def holders(db: Session, role: Role) -> set[str]:
    return set(
        db.scalars(
            sa.select(Person.username)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(RoleGrant.role == role, RoleGrant.confirmed_at.is_not(None))
        )
    )


def test_two_people_read_words_and_either_can_when_the_other_is_away(sallowmere: Session) -> None:
    for role in (Role.YOUTH_VOICE, Role.SAFEGUARDING):
        assert holders(sallowmere, role) == {"youth.voice", "safeguarding.lead"}


def test_there_is_one_service_no_group_a_board_of_three_and_a_clerk(sallowmere: Session) -> None:
    board = holders(sallowmere, Role.CHAIR) | holders(sallowmere, Role.BOARD_MEMBER)

    assert len(sallowmere.scalars(sa.select(Service.id)).all()) == 1
    assert sallowmere.scalars(sa.select(Group.id)).all() == []
    assert board == {"chair", "board.member", "cllr.finch"}
    assert holders(sallowmere, Role.ADMINISTRATOR) == {"administrator"}
    assert holders(sallowmere, Role.YOUNG_PERSON) == set()


def test_those_who_sign_in_have_the_roles_and_the_password_that_are_printed(
    sallowmere: Session,
) -> None:
    for username, roles in SMALL.items():
        assert actor_for(sallowmere, Played(username, NOW), NOW, []).roles == roles
    hashes = set(sallowmere.scalars(sa.select(Person.password_hash)))
    assert [is_password(PASSWORD, one) for one in hashes] == [True]
    assert set(SMALL) < set(DEMO)


def test_nine_young_people_wrote_within_a_year_the_last_of_them_lately(sallowmere: Session) -> None:
    sent = sorted(sallowmere.scalars(sa.select(CardEntry.sent_at)))

    assert len(sent) == 9
    assert sent[-1] - sent[0] < YEAR
    assert TODAY - timedelta(days=7) <= london_day(sent[-1]) < TODAY


def test_each_wait_that_a_small_council_has_is_one_or_none(sallowmere: Session) -> None:
    chair = actor_for(sallowmere, Played("chair", NOW), NOW, [])
    waiting, counted = waits(sallowmere, chair), numbers(sallowmere, chair)

    assert (waiting.unread.count, waiting.opportunities.count, waiting.replies.count) == (1, 1, 1)
    assert (waiting.invitations.count, waiting.disputed.count) == (0, 0)
    assert (counted.cards, counted.together, counted.answered) == (1, 1, 0)


def test_what_was_done_together_has_both_signatures(sallowmere: Session) -> None:
    signed = sallowmere.scalars(
        sa.select(CoSignature.side)
        .join(Outcome, Outcome.id == CoSignature.outcome_id)
        .where(Outcome.co_signed_at.is_not(None))
    ).all()

    assert sorted(signed) == [Side.STAFF, Side.YOUNG]


def test_the_form_is_open_and_the_database_says_that_all_of_it_is_invented(
    sallowmere: Session,
) -> None:
    somebody = actor_for(sallowmere, Played("chair", NOW), NOW, [])

    on_duty = duty(sallowmere, somebody)
    assert [one.post for one in on_duty.people] == [DutyPost.LEAD, DutyPost.DEPUTY]
    assert on_duty.hours == "Monday to Friday, 9am to 5pm"
    assert stored_mode(sallowmere) is Mode.DEMO
    assert set(sallowmere.scalars(sa.select(Event.recorded_at))) == {NOW}


def test_no_entry_of_one_council_bears_the_name_of_one_of_another() -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.name == "card_entries")
    names = [row["entry"] for folder in COUNCILS.values() for row in read_sheet(folder, sheet)]

    assert len(names) == len(set(names))
