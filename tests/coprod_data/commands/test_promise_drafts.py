"""A line of a drafted Promise is corrected until the Board adopts it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise import add_commitment, add_theme, draft_promise
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, propose_successors
from coprod_data.commands.promise_drafts import change_commitment, change_theme
from coprod_data.models import Event, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import somebody


@pytest.fixture
def draft(db: Session, worker: Actor) -> tuple[int, int, int]:
    """A version, its first theme and the commitment in it."""
    version_id = draft_promise(db, worker, title="The Promise, again")
    theme_id = add_theme(
        db, worker, version_id, title="Hoems", young_title="Where I live", icon="home"
    )
    add_theme(
        db, worker, version_id, title="Something else", young_title="Something else", icon="else",
        catch_all=True,
    )  # fmt: skip
    commitment_id = add_commitment(
        db, worker, theme_id, reference="1.1", wording="We chek every room.", easy_wording=""
    )
    return version_id, theme_id, commitment_id


def test_a_drafted_line_is_corrected(db: Session, worker: Actor, draft: tuple[int, int, int]):
    _, theme_id, commitment_id = draft

    change_theme(db, worker, theme_id, title="Homes", young_title="Where I live")
    for _ in range(2):
        change_commitment(
            db, worker, commitment_id,
            reference="1.2", wording="We check every room.", easy_wording="Warm rooms.",
        )  # fmt: skip

    theme = db.get_one(PromiseTheme, theme_id)
    commitment = db.get_one(PromiseCommitment, commitment_id)
    assert (theme.title, theme.young_title, theme.icon) == ("Homes", "Where I live", "home")
    assert (commitment.reference, commitment.wording, commitment.easy_wording) == (
        "1.2", "We check every room.", "Warm rooms.",
    )  # fmt: skip
    assert db.scalars(sa.select(Event.kind).order_by(Event.id.desc()).limit(2)).all() == [
        EventKind.COMMITMENT_CHANGED, EventKind.THEME_CHANGED,
    ]  # fmt: skip


def test_titles_and_numbers_stay_different(db: Session, worker: Actor, draft: tuple[int, int, int]):
    _, theme_id, commitment_id = draft
    said = {"wording": "We check.", "easy_wording": ""}
    add_commitment(db, worker, theme_id, reference="1.2", **said)

    with pytest.raises(Invalid) as refused:
        change_theme(db, worker, theme_id, title="something ELSE", young_title="X")
    assert refused.value.field == "title"
    with pytest.raises(Invalid) as refused:
        change_commitment(db, worker, commitment_id, reference="1.2", **said)
    assert refused.value.field == "reference"
    with pytest.raises(Invalid) as refused:
        change_commitment(db, worker, commitment_id, reference="1.1", wording=" ", easy_wording="")
    assert refused.value.field == "wording"


def test_an_adopted_line_stays_as_it_is(
    db: Session, worker: Actor, chair: Actor, draft: tuple[int, int, int]
):
    version_id, theme_id, commitment_id = draft
    adopt_promise(db, chair, version_id, adopted_by="Full Council, 4 March")

    with pytest.raises(Refused, match="has been adopted"):
        change_theme(db, worker, theme_id, title="Homes", young_title="Where I live")
    with pytest.raises(Refused, match="has been adopted"):
        change_commitment(
            db, worker, commitment_id, reference="1.1", wording="We check.", easy_wording=""
        )


def test_only_who_drafts_it_corrects_it(db: Session, worker: Actor, draft: tuple[int, int, int]):
    _, theme_id, commitment_id = draft
    said = {"reference": "1.1", "wording": "We check.", "easy_wording": ""}
    for role in (Role.MANAGER, Role.BOARD_MEMBER, Role.YOUNG_PERSON):
        with pytest.raises(NotAllowed):
            change_theme(db, somebody(db, role), theme_id, title="Homes", young_title="X")
        with pytest.raises(NotAllowed):
            change_commitment(db, somebody(db, role), commitment_id, **said)
    with pytest.raises(NotFound):
        change_theme(db, worker, 4711, title="Homes", young_title="X")
    with pytest.raises(NotFound):
        change_commitment(db, worker, 4711, **said)


def test_the_first_promise_is_not_a_copy(db: Session, worker: Actor):
    with pytest.raises(Refused, match="no Promise to copy"):
        copy_promise(db, worker, title="First")
    version = draft_promise(db, worker, title="First")
    theme = add_theme(db, worker, version, title="Homes", young_title="Home", icon="home")
    add_commitment(db, worker, theme, reference="1", wording="A home.", easy_wording="")
    assert propose_successors(db, worker, version) == 0
