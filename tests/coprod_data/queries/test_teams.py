"""The names of the two teams, and how many young people's words an idea came from."""

from sqlalchemy.orm import Session

from coprod_data.models import CardHolder, OpportunitySource, PromiseTheme, ReportCard
from coprod_data.permissions import Role
from coprod_data.queries.sources_counted import from_one_card
from coprod_data.queries.teams import team_names
from tests.helpers.builders import (
    NOW,
    a_person,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    the_public,
)
from tests.helpers.working_together import a_source


def test_everybody_of_the_two_teams_is_named_and_nobody_else(db: Session):
    ruth = a_person(db, Role.YOUTH_VOICE, Role.SAFEGUARDING, name="Ruth")
    helen = a_person(db, Role.SAFEGUARDING, name="Helen", password_hash="set once")
    a_person(db, Role.YOUTH_VOICE, name="Gone", disabled_at=NOW)
    a_person(db, Role.BOARD_MEMBER, Role.MANAGER, name="Dawn")

    named = team_names(db, the_public())

    assert [(one.id, one.name, one.reads_first, one.there) for one in named] == [
        (helen.id, "Helen", False, True), (ruth.id, "Ruth", True, False),
    ]  # fmt: skip


def test_one_source_is_one_young_persons_words_by_whatever_way(
    db: Session, theme: PromiseTheme, card: ReportCard
):
    worker = a_person(db, Role.YOUTH_VOICE)
    one, two, by_card = (an_opportunity(db, theme, worker) for _ in range(3))
    mine = an_entry(db, card)
    a_source(db, one, mine)
    a_source(db, two, mine)
    a_source(db, two, an_entry(db, card))
    a_source(db, by_card, mine)
    add(db, OpportunitySource(opportunity_id=by_card.id, report_card_id=card.id))

    asked = [one.id, two.id, by_card.id]

    assert from_one_card(db, holding_the_code(mine), asked) == {one.id, by_card.id}
    jay = a_person(db, Role.YOUNG_PERSON)
    second = an_entry(db, card)
    a_source(db, one, second)
    assert from_one_card(db, holding_the_code(mine), asked) == {by_card.id}
    for entry in (mine, second):  # both codes are of one account, so both are one person's
        add(db, CardHolder(person_id=jay.id, entry_id=entry.id, added_at=NOW))
    assert from_one_card(db, holding_the_code(mine), asked) == {one.id, by_card.id}
    an_entry(db, card, place=1, released_at=NOW)
    assert from_one_card(db, holding_the_code(mine), asked) == {one.id}
