"""Lists of actions: a count and its list have one condition, whatever is chosen beside it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, OpportunitySource, Person, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_listed import action_owners, actions_counted
from coprod_data.queries.overview import waits
from coprod_data.vocabulary.actions import Listed, Stage
from tests.helpers.builders import (
    TODAY,
    a_person,
    a_report_card,
    acting,
    add,
    an_opportunity,
    days_ago,
)
from tests.helpers.plans import under


@pytest.fixture
def plan(db: Session, theme: PromiseTheme, owner: Person) -> dict[str, int]:
    """An action of each kind that a list holds, by name."""
    gone = a_person(db, Role.MANAGER, disabled_at=days_ago(2))
    work = an_opportunity(db, theme, owner)
    add(db, OpportunitySource(opportunity_id=work.id, report_card_id=a_report_card(db, theme).id))
    idea = an_opportunity(db, theme, owner)
    add(db, OpportunitySource(opportunity_id=idea.id, idea_person_id=owner.id))
    kinds = {
        "young": under(db, theme, owner, opportunity_id=work.id),
        "idea": under(db, theme, owner, opportunity_id=idea.id),
        "late": under(db, theme, owner, due_on=TODAY - timedelta(days=1)),
        "today": under(db, theme, owner, due_on=TODAY),
        "stuck": under(db, theme, owner, moved_at=days_ago(60)),
        "slow": under(db, theme, owner, moved_at=days_ago(59)),
        "signed": under(db, theme, owner, stage=Stage.VERIFIED, moved_at=days_ago(400)),
        "done_late": under(db, theme, owner, stage=Stage.DONE, due_on=TODAY - timedelta(days=9)),
        "done_unsigned": under(db, theme, owner, stage=Stage.DONE, moved_at=days_ago(60)),
        "left": under(db, theme, gone),
        "left_signed": under(db, theme, gone, stage=Stage.VERIFIED),
        "proposed": under(db, theme, owner, stage=Stage.PROPOSED),
        "dropped": under(db, theme, owner, stage=Stage.DROPPED, moved_at=days_ago(90)),
    }
    return {name: action.id for name, action in kinds.items()}


LIVE = {
    "young", "idea", "late", "today", "stuck", "slow", "signed", "done_late", "done_unsigned",
    "left", "left_signed",
}  # fmt: skip


@pytest.mark.parametrize(
    ("which", "names"),
    [
        (Listed.ALL, LIVE),
        (Listed.LATE, {"late"}),
        (Listed.STUCK, {"stuck"}),
        (Listed.MINE, LIVE - {"left", "left_signed"}),
        (Listed.SERVICES, set()),
        (Listed.UNSIGNED, {"done_unsigned"}),
        (Listed.NO_OWNER, {"left"}),
        (Listed.PROPOSED, {"proposed"}),
        (Listed.NOT_YOUNG, LIVE - {"young"}),
    ],
)
def test_a_list_holds_what_its_word_says_and_its_count_counts_it(
    db: Session, plan: dict[str, int], owner: Person, which: Listed, names: set[str]
):
    actor = acting(owner, Role.MANAGER)

    rows = action_plan(db, actor, which=which)

    assert {row.id for row in rows} == {plan[name] for name in names}
    assert actions_counted(db, actor)[which] == len(rows)


@pytest.mark.usefixtures("plan")
def test_beside_an_owner_or_a_service_each_count_is_still_its_lists_length(
    db: Session, owner: Person
):
    actor = acting(owner, Role.MANAGER)
    services = set(db.scalars(sa.select(Action.service_id)))
    assert owner.id in action_owners(db, actor)

    asked = [{"owner_id": id_} for id_ in action_owners(db, actor)]
    asked += [{"service_id": id_} for id_ in services]
    for chosen in asked:
        counted = actions_counted(db, actor, **chosen)
        assert {which: len(action_plan(db, actor, which=which, **chosen)) for which in Listed} == (
            counted
        )
        assert counted[Listed.ALL] < len(LIVE)


def test_the_clock_of_the_overview_counts_the_list_of_stuck_actions(
    db: Session, plan: dict[str, int], member: Actor
):
    assert plan
    found = waits(db, member).actions

    assert found.count == actions_counted(db, member)[Listed.STUCK] == 1
    assert (found.longest, found.target) == (60, 60)
    assert waits(db, member).unsigned.count == actions_counted(db, member)[Listed.UNSIGNED] == 1
