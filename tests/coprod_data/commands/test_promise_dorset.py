"""A published promise in its two wordings is entered, mapped, adopted twice, and tagged."""

import csv
from itertools import groupby
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise import add_commitment, add_theme, draft_promise
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, propose_successors, set_successors
from coprod_data.commands.promise_tags import tag_commitment
from coprod_data.models import Action, CommitmentTag, Event
from coprod_data.permissions import Actor, Invalid, NotAllowed, Role
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.promise import commitment_now, promise, wording, wordings
from coprod_data.queries.promise_changes import what_changes
from coprod_data.rules.frameworks import framework_items
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.promise import WordingChange
from tests.helpers.builders import a_person, a_service, an_action, somebody
from tests.helpers.wordings import heir, lines

DATA = Path(__file__).parents[2] / "data" / "dorset_promise_versions.csv"
BOARD = "Dorset Council"


def entered(db: Session, worker: Actor, version: str) -> int:
    """One of the two wordings as a draft, line by line, with a theme for anything else."""
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["promise_version"] == version]
    draft = draft_promise(db, worker, title=f"The Dorset Promise, {version}")
    for title, of_theme in groupby(rows, key=lambda row: row["theme"]):
        theme = add_theme(db, worker, draft, title=title, young_title=title[:60], icon="people")
        for row in of_theme:
            add_commitment(
                db, worker, theme, reference=row["commitment_ref"],
                wording=row["commitment_short"], easy_wording="",
            )  # fmt: skip
    add_theme(
        db, worker, draft, title="Anything else", young_title="Something else", icon="else",
        catch_all=True,
    )  # fmt: skip
    return draft


def test_the_two_wordings_are_mapped_and_every_action_is_carried_over(
    db: Session, worker: Actor, chair: Actor
):
    earlier = entered(db, worker, "earlier")
    adopt_promise(db, chair, earlier, adopted_by=BOARD)
    old = {one.reference: one for one in lines(db, earlier)}
    owner, service = a_person(db, Role.MANAGER), a_service(db)
    for commitment in old.values():
        an_action(db, commitment, owner, service)
    current = entered(db, worker, "current")

    linked = propose_successors(db, worker, current)  # by number, as most were renamed

    new = {one.reference: one for one in lines(db, current)}
    assert (len(old), len(new), linked) == (17, 19, 17)
    assert heir(db, current, old["3.1"].id) == new["3.1"].id  # "Get to know you properly" twice
    # By number 2.4 would become the advocate. It is what the newer wording says in 2.6, and the
    # advocate of 2.3 has a line of its own now.
    set_successors(db, worker, current, old["2.4"].id, [new["2.6"].id])
    set_successors(db, worker, current, old["2.3"].id, [new["2.3"].id, new["2.4"].id])
    change = what_changes(db, worker, current)
    kinds = {row.old[0].reference: row.kind for row in change.rows if row.old}
    assert kinds["3.1"] is WordingChange.MOVED or kinds["3.1"] is WordingChange.SAME
    assert kinds["2.3"] is WordingChange.SPLIT
    assert kinds["2.4"] is WordingChange.REWORDED
    assert [row.new[0].reference for row in change.rows if not row.old] == ["2.5"]
    [split] = change.left
    assert split.reference == "2.3"
    set_successors(db, worker, current, old["2.3"].id, [new["2.3"].id])
    adopt_promise(db, chair, current, adopted_by=BOARD, written_with="The Children in Care Council")

    assert db.scalar(sa.select(sa.func.count(Action.id))) == 17
    rows = [row for theme in progress_by_theme(db, chair) for row in theme.commitments]
    assert sum(row.live for row in rows) == 17
    assert [row.title for row in wordings(db, chair)] == [
        "The Dorset Promise, current", "The Dorset Promise, earlier",
    ]  # fmt: skip
    assert commitment_now(db, chair, old["2.3"].id) == (
        "2.3 If unhappy, supported to speak to someone who can help, known to you or an advocate",
        {new["2.3"].id: "2.3 Supported to tell someone if unhappy about something"},
    )
    assert commitment_now(db, chair, new["2.3"].id) is None
    before = wording(db, chair, earlier)
    assert [theme.title for theme in before.themes][:1] == ["Being people you can trust"]
    assert before.themes[0].commitments[0].wording == "Words and actions always kind"


def test_a_commitment_belongs_to_the_principles_of_the_act_also_once_adopted(
    db: Session, worker: Actor, second: Actor, chair: Actor
):
    draft = entered(db, worker, "current")
    line = lines(db, draft)[0].id
    assert [item.framework for item in framework_items().values()].count(
        "Corporate parenting principles"
    ) == 7

    tag_commitment(db, worker, line, ["act-2", "lundy-1"], opened=[])
    tag_commitment(db, second, line, ["act-3"], opened=[])  # what the other added stays
    adopt_promise(db, chair, draft, adopted_by=BOARD)
    tag_commitment(db, worker, line, ["act-2", "act-3"], opened=["act-2", "act-3", "lundy-1"])
    tag_commitment(db, worker, line, ["act-2", "act-3"], opened=["act-2", "act-3"])

    shown = promise(db, chair)
    assert shown is not None
    assert shown.themes[0].commitments[0].tags == ("act-2", "act-3")
    copy = copy_promise(db, worker, title="Next")
    tagged = sa.select(CommitmentTag.code).where(
        CommitmentTag.commitment_id == lines(db, copy)[0].id
    )
    assert set(db.scalars(tagged)) == {"act-2", "act-3"}
    told = sa.select(sa.func.count()).where(Event.kind == EventKind.COMMITMENT_TAGGED)
    assert db.scalar(told) == 3
    with pytest.raises(Invalid):
        tag_commitment(db, worker, line, ["act-8"])
    with pytest.raises(NotAllowed):
        tag_commitment(db, somebody(db, Role.BOARD_MEMBER), line, ["act-1"])
