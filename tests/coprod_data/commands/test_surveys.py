"""Survey rounds: numbers that fit, findings that tell of nobody; what came of a priority."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.priorities import (
    PriorityTyped,
    add_priority,
    change_priority,
    remove_priority,
    tie_priority,
    untie_priority,
)
from coprod_data.commands.surveys import (
    FindingTyped,
    add_survey_round,
    change_survey_round,
    close_survey_round,
    keep_findings,
    remove_survey_round,
    share_survey_round,
    take_survey_back,
)
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.events_of import history_of_priority, history_of_survey
from coprod_data.queries.priorities import priorities, priorities_behind, priority
from coprod_data.queries.priorities_choices import what_may_be_tied
from coprod_data.queries.surveys import (
    findings,
    indicators,
    known_shares,
    round_before,
    survey_round,
    survey_rounds,
)
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.surveys import CameOf, Change, ChosenHow, FindingSide, SurveyState
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import a_session, held

YLBC = {"survey": "Your Life Beyond Care", "about": "care leavers"}
TODAY = london_day(NOW)
WORKER = FindingTyped(
    indicator="I can reach my worker", side=FindingSide.GOOD, percent=Decimal(71), base=118
)
NUMBERS = {**YLBC, "population": 310, "invited": 310, "replied": 118}


CHOSEN = PriorityTyped(
    title="A worker who answers", chosen_how=ChosenHow.VOTE, chosen_by="Westmarch Voices",
    chosen_on=TODAY,
)  # fmt: skip


def a_round(db: Session, worker: Actor, held_on: date = TODAY) -> int:
    return add_survey_round(db, worker, **YLBC, held_on=held_on)


def a_priority(db: Session, worker: Actor, finding_id: int | None = None) -> int:
    return add_priority(db, worker, replace(CHOSEN, finding_id=finding_id))


def test_two_rounds_stand_side_by_side(db: Session, worker: Actor, member: Actor):
    before, now = a_round(db, worker, TODAY - timedelta(700)), a_round(db, worker)
    keep_findings(db, worker, before, [WORKER])
    keep_findings(db, worker, now, [replace(WORKER, percent=Decimal(84), base=132)])

    (row,) = findings(db, member, now, before_id=before)

    assert (row.before, row.now, row.compared.points) == (71, 84, 13)
    assert row.compared.change is Change.BETTER
    assert round_before(db, member, now).id == before
    assert round_before(db, member, before) is None
    assert [one.state for one in survey_rounds(db, member)] == [SurveyState.RESULTS_IN] * 2
    assert next(iter(indicators(db, worker).values())).startswith("I can reach my worker (")


def test_a_survey_has_one_round_a_day(db: Session, worker: Actor):
    a_round(db, worker)
    with pytest.raises(Invalid) as refused:
        a_round(db, worker)
    assert "a round of that day already" in refused.value.sentence


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"invited": 311}, "invited"), ({"replied": 400}, "replied"), ({"replied": 0}, "replied"),
        ({"population": 4}, "population"), ({"about": " "}, "about"),
    ],
)  # fmt: skip
def test_numbers_of_people_fit_and_tell_of_nobody(db: Session, worker: Actor, changed, field: str):
    number = a_round(db, worker)
    with pytest.raises(Invalid) as refused:
        change_survey_round(db, worker, number, **{**NUMBERS, **changed}, held_on=TODAY)
    assert refused.value.field == field


def test_no_question_was_answered_by_more_than_replied(db: Session, worker: Actor):
    number = a_round(db, worker)
    change_survey_round(db, worker, number, **NUMBERS, held_on=TODAY)
    with pytest.raises(Invalid):
        keep_findings(db, worker, number, [replace(WORKER, base=119)])
    keep_findings(db, worker, number, [WORKER])
    with pytest.raises(Invalid) as refused:
        change_survey_round(db, worker, number, **{**NUMBERS, "replied": 100}, held_on=TODAY)
    assert refused.value.field == "replied"
    assert survey_round(db, worker, number).rate == 38


def test_a_share_that_tells_of_a_few_is_not_kept(db: Session, worker: Actor):
    number = a_round(db, worker)
    few = replace(WORKER, indicator="I feel unsafe", percent=Decimal(3), said="three in 100")

    assert keep_findings(db, worker, number, [WORKER, few]) == 1

    shown = {row.indicator: (row.now, row.said) for row in findings(db, worker, number)}
    assert shown == {"I can reach my worker": (71, ""), "I feel unsafe": (None, "")}


def test_findings_come_in_all_or_none_and_a_stale_tab_brings_none(db: Session, worker: Actor):
    number = a_round(db, worker)
    opened = known_shares(db, worker, number)
    twice = replace(WORKER, indicator="i can  reach my WORKER")
    with pytest.raises(Invalid):
        keep_findings(db, worker, number, [WORKER, twice])
    assert known_shares(db, worker, number) == {}
    keep_findings(db, worker, number, [WORKER], opened=opened)
    with pytest.raises(ChangedMeanwhile):
        keep_findings(db, worker, number, [replace(WORKER, percent=Decimal(1))], opened=opened)
    with pytest.raises(Invalid):
        keep_findings(db, worker, number, [])


def test_new_results_keep_the_finding_that_a_priority_came_from(db: Session, worker: Actor):
    number = a_round(db, worker)
    keep_findings(db, worker, number, [WORKER])
    (finding,) = findings(db, worker, number)
    a_priority(db, worker, finding.id)

    keep_findings(db, worker, number, [replace(WORKER, percent=Decimal(72))])
    with pytest.raises(Refused) as refused:
        keep_findings(db, worker, number, [replace(WORKER, indicator="Another")])

    assert "A worker who answers" in refused.value.sentence
    assert findings(db, worker, number)[0].id == finding.id


def test_a_round_is_closed_counted_and_told_to_young_people(db: Session, worker: Actor):
    number = a_round(db, worker, TODAY + timedelta(3))
    with pytest.raises(Refused):
        share_survey_round(db, worker, number)
    close_survey_round(db, worker, number)
    assert survey_round(db, worker, number).held_on == TODAY
    with pytest.raises(Refused):
        close_survey_round(db, worker, number)
    keep_findings(db, worker, number, [WORKER])
    share_survey_round(db, worker, number)
    assert survey_round(db, worker, number).state is SurveyState.SHARED


def test_a_priority_tells_what_came_of_it_to_those_who_may_know(
    db: Session, worker: Actor, member: Actor
):
    number = a_priority(db, worker)
    session = a_session(db, worker)
    tie_priority(db, worker, number, CameOf.SESSION, session)
    tie_priority(db, worker, number, CameOf.SESSION, session)
    assert not priority(db, member, number).met

    met = held(db, worker)
    tie_priority(db, worker, number, CameOf.SESSION, met)

    row = priority(db, member, number)
    assert ([one.id for one in row.sessions], row.met) == ([met, session], True)
    assert priority(db, somebody(db, Role.YOUNG_PERSON), number).sessions == ()
    assert priorities_behind(db, member, CameOf.SESSION, session) == {number: row.title}
    assert session in what_may_be_tied(db, worker)[CameOf.SESSION]
    untie_priority(db, worker, number, CameOf.SESSION, session)
    with pytest.raises(NotFound):
        untie_priority(db, worker, number, CameOf.SESSION, session)
    assert [one.id for one in priorities(db, member)[0].sessions] == [met]


def test_a_priority_is_chosen_before_it_is_written_down(db: Session, worker: Actor):
    number = a_priority(db, worker)
    said = replace(CHOSEN, title="Money that lasts", chosen_how=ChosenHow.WORKSHOP)
    for wrong in ({"chosen_on": TODAY + timedelta(1)}, {"title": ""}, {"chosen_by": " "}):
        with pytest.raises(Invalid):
            change_priority(db, worker, number, replace(said, **wrong))
    change_priority(db, worker, number, said)
    assert priority(db, worker, number).title == "Money that lasts"
    with pytest.raises(NotFound):
        tie_priority(db, worker, number, CameOf.ACTION, 99_999)


def test_members_read_surveys_and_do_not_keep_them(db: Session, worker: Actor, member: Actor):
    number, chosen = a_round(db, worker), a_priority(db, worker)
    for call in (
        lambda: a_round(db, member),
        lambda: change_survey_round(db, member, number, **NUMBERS, held_on=TODAY),
        lambda: take_survey_back(db, member, number),
        lambda: remove_survey_round(db, member, number),
        lambda: remove_priority(db, member, chosen),
        lambda: close_survey_round(db, member, number),
        lambda: share_survey_round(db, member, number),
        lambda: keep_findings(db, member, number, [WORKER]),
        lambda: a_priority(db, member),
        lambda: tie_priority(db, member, chosen, CameOf.ACTION, 1),
        lambda: untie_priority(db, member, chosen, CameOf.ACTION, 1),
        lambda: what_may_be_tied(db, member),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_what_was_added_or_pressed_by_mistake_is_put_right(db: Session, worker: Actor):
    wrong, number = a_round(db, worker, TODAY - timedelta(1)), a_round(db, worker)
    with pytest.raises(Invalid, match="round of that day"):
        change_survey_round(db, worker, wrong, **NUMBERS, held_on=TODAY)
    remove_survey_round(db, worker, wrong)
    change_survey_round(db, worker, number, **{**NUMBERS, "survey": "Your Life"}, held_on=TODAY)
    close_survey_round(db, worker, number)
    take_survey_back(db, worker, number)
    [row] = survey_rounds(db, worker)
    assert (row.id, row.survey, row.state) == (number, "Your Life", SurveyState.OPEN)
    keep_findings(db, worker, number, [WORKER])
    share_survey_round(db, worker, number)
    take_survey_back(db, worker, number)
    assert survey_round(db, worker, number).state is SurveyState.RESULTS_IN
    for refused in (take_survey_back, remove_survey_round):
        with pytest.raises(Refused):
            refused(db, worker, number)
    told = [row.did for row in history_of_survey(db, worker, number)]
    assert told[:2] == ["took back that a survey round had moved on", "moved a survey round on"]


def test_a_priority_that_nothing_came_of_is_deleted(db: Session, worker: Actor):
    number = a_priority(db, worker)
    session = a_session(db, worker)
    tie_priority(db, worker, number, CameOf.SESSION, session)
    with pytest.raises(Refused, match="Something came of"):
        remove_priority(db, worker, number)
    untie_priority(db, worker, number, CameOf.SESSION, session)
    assert [row.did for row in history_of_priority(db, worker, number)][0].startswith("took")
    remove_priority(db, worker, number)
    assert priorities(db, worker) == []
