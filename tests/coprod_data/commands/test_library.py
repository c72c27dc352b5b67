"""The library: who writes, what is let out, that nothing unseen is, and what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coprod_data.commands.library import (
    back_to_draft,
    change_library_item,
    keep_file,
    keep_link,
    publish_item,
    relate_items,
    remove_format,
    withdraw_item,
)
from coprod_data.models import LibraryItem, Person
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.events_of import history_of_library_item
from coprod_data.queries.library import (
    library_file,
    library_item,
    library_items,
    related_items,
    titles,
)
from coprod_data.queries.search import search
from coprod_data.queries.work import turns
from coprod_data.rules.library import LibraryPlan, checked_link
from coprod_data.vocabulary.library import LibraryFormat, LibraryKind, LibraryState
from coprod_data.vocabulary.search import FoundKind
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, a_person, somebody, the_public, unrecorded
from tests.helpers.library import LINK, PDF, a_plan, an_item

DAY = timedelta(days=1)
STANDARD, AUDIO = LibraryFormat.STANDARD, LibraryFormat.AUDIO


@pytest.fixture
def team(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


@pytest.fixture
def manager(db: Session) -> Actor:
    return somebody(db, Role.MANAGER)


def test_a_manager_writes_a_draft_and_only_the_team_lets_it_out(
    db: Session, team: Actor, manager: Actor
):
    number = an_item(db, manager)
    with pytest.raises(NotAllowed):
        publish_item(db, manager, number)
    publish_item(db, team, number)

    row = library_item(db, manager, number)
    assert (row.state, row.may_change, row.may_publish) == (LibraryState.PUBLISHED, False, False)
    for refused in (
        lambda: change_library_item(db, manager, number, plan=a_plan(manager, about="More.")),
        lambda: keep_link(db, manager, number, form=STANDARD, link=LINK),
        lambda: remove_format(db, manager, row.formats[0].id),
        lambda: relate_items(db, manager, number, others=()),
    ):
        with pytest.raises(NotAllowed):
            refused()
    change_library_item(db, team, number, plan=a_plan(manager, about="More."))
    assert library_item(db, team, number).plan.about == "More."


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.YOUTH_VOICE])
def test_the_rights(db: Session, team: Actor, role: Role):
    number, other = an_item(db, team), somebody(db, role)
    if role is Role.YOUNG_PERSON:
        with pytest.raises(NotAllowed):
            library_items(db, other)
    else:
        assert library_item(db, other, number).title == "A panel pack"
    if role is not Role.MANAGER:
        with pytest.raises(NotAllowed):
            an_item(db, other, title="Another")
    for step in (publish_item, back_to_draft):
        with pytest.raises(NotAllowed):
            step(db, other, number)
    with pytest.raises(NotAllowed):
        library_items(db, the_public())


def test_what_is_published_says_enough(db: Session, team: Actor):
    number = an_item(db, team)
    only = library_item(db, team, number).formats[0].id
    for said, field in (
        ({"about": ""}, "about"), ({"managers": False}, "managers"),
        ({"made_with": ""}, "made_with"), ({"review_on": None}, "review_on"),
    ):  # fmt: skip
        change_library_item(db, team, number, plan=a_plan(team, **said))
        with pytest.raises(Invalid) as refused:
            publish_item(db, team, number)
        assert refused.value.field == field
    change_library_item(db, team, number, plan=a_plan(team))
    remove_format(db, team, only)
    with pytest.raises(Invalid, match="file or a link"):
        publish_item(db, team, number)

    keep_link(db, team, number, form=AUDIO, link=LINK)
    publish_item(db, team, number)
    with pytest.raises(Refused, match="Add another format first"):
        remove_format(db, team, library_item(db, team, number).formats[0].id)
    with pytest.raises(Invalid):
        change_library_item(db, team, number, plan=a_plan(team, about=""))
    learned = an_item(db, team, title="Learned", kind=LibraryKind.LEARNED, made_with="")
    publish_item(db, team, learned)


def test_it_is_withdrawn_with_a_reason_put_back_and_taken_back(db: Session, team: Actor):
    number = an_item(db, team)
    for early in (lambda: withdraw_item(db, team, number, reason="Old."),
                  lambda: back_to_draft(db, team, number)):  # fmt: skip
        with pytest.raises(Refused):
            early()
    publish_item(db, team, number)
    with pytest.raises(Refused):
        publish_item(db, team, number)
    with pytest.raises(Invalid, match="Say why"):
        withdraw_item(db, team, number, reason=" ")
    withdraw_item(db, team, number, reason="It is old.")
    with pytest.raises(Refused, match="Put it back first"):
        change_library_item(db, team, number, plan=a_plan(team, about="More."))
    assert library_item(db, team, number).why_withdrawn == "It is old."
    publish_item(db, team, number)
    back_to_draft(db, team, number)

    assert library_item(db, team, number).state is LibraryState.DRAFT
    did = [row.did for row in history_of_library_item(db, team, number)]
    assert did == [
        "made something in the library a draft again", "published something in the library",
        "withdrew something from the library, with a reason", "published something in the library",
        "put a file or a link into the library", "added something to the library",
    ]  # fmt: skip


def test_nothing_is_let_out_that_its_page_has_not_shown(db: Session, team: Actor, manager: Actor):
    number = an_item(db, manager)
    seen = library_item(db, team, number).shown
    change_library_item(db, manager, number, plan=a_plan(manager, about="Other words."))
    with pytest.raises(ChangedMeanwhile) as told:
        publish_item(db, team, number, opened=seen)
    assert told.value.now == {"about": "Other words."}

    seen = library_item(db, team, number).shown
    later = replace(manager, at=manager.at + DAY)
    keep_link(db, later, number, form=STANDARD, link="https://example.org/other")
    with pytest.raises(ChangedMeanwhile):
        publish_item(db, team, number, opened=seen)
    publish_item(db, team, number, opened=library_item(db, team, number).shown)


def test_two_editors_do_not_replace_each_others_file_unseen(
    db: Session, team: Actor, manager: Actor
):
    number = an_item(db, team)
    seen = {"formats": library_item(db, team, number).shown["formats"]}
    keep_file(db, replace(manager, at=manager.at + DAY), number, form=STANDARD, file=PDF,
              ending="pdf", opened=seen)  # fmt: skip
    for stale in (
        lambda: keep_file(db, team, number, form=STANDARD, file=PDF, ending="pdf", opened=seen),
        lambda: keep_link(db, team, number, form=STANDARD, link=LINK, opened=seen),
    ):
        with pytest.raises(ChangedMeanwhile):
            stale()
    (only,) = library_item(db, team, number).formats
    assert (only.ending, only.link) == ("pdf", "")
    assert library_file(db, team, only.id).file == PDF
    keep_link(db, team, number, form=STANDARD, link=LINK)
    with pytest.raises(NotFound):
        library_file(db, team, only.id)


def test_a_file_that_was_not_checked_or_is_too_large_is_not_kept(db: Session, team: Actor):
    number = an_item(db, team)
    for file, ending in ((PDF, "exe"), (b"", "pdf"), (bytes(5_000_001), "pdf")):
        with pytest.raises(Invalid):
            keep_file(db, team, number, form=AUDIO, file=file, ending=ending)
    with pytest.raises(NotFound):
        remove_format(db, team, 999)


@pytest.mark.parametrize("link", [
    "", "javascript:alert(1)", "http://example.org", "https://", "https://here", "//example.org",
    "https://a@example.org", "https://example.org/ x", 'https://example.org/"><script>',
    "data:text/html,x", "https://example.org\\@evil", "https://example.org:x", "HTTPS:example.org",
    "https://exаmple.org", "https://[", "https://example.org/" + "a" * 500,
])  # fmt: skip
def test_only_a_whole_https_link_is_kept(link: str):
    with pytest.raises(Invalid):
        checked_link(link)
    assert checked_link(f" {LINK} ") == LINK


def test_no_surname_is_kept_of_who_made_it(team: Actor):
    for said in ("Jordan Smith", "Westmarch Voices and Sarah O’Brien", "Amy Zebrowska"):
        with pytest.raises(Invalid, match="looks like a first name and a surname"):
            a_plan(team, made_with=said).checked()
    for said in ("Sky, Remi and four parents", "Young people of Maple House", "Jordan", ""):
        assert a_plan(team, made_with=said).checked().made_with == said


@pytest.mark.parametrize("missing", ["title", "kind", "complete", "keeper_id"])
def test_what_every_draft_says(team: Actor, missing: str):
    with pytest.raises(Invalid) as refused:
        a_plan(team, **{missing: "" if missing == "title" else None}).checked()
    assert refused.value.field == missing


def test_a_title_is_used_once_and_a_keeper_keeps(db: Session, team: Actor):
    number = an_item(db, team)
    with pytest.raises(Invalid) as refused:
        an_item(db, team)
    assert refused.value.field == "title"
    member = a_person(db, Role.BOARD_MEMBER)
    with pytest.raises(Invalid, match="Choose a manager"):
        change_library_item(db, team, number, plan=a_plan(team, keeper_id=member.id))
    with pytest.raises(Invalid, match="not before today"):
        change_library_item(db, team, number, plan=a_plan(team, review_on=TODAY - DAY))


def test_what_belongs_together_is_told_from_both_sides(db: Session, team: Actor):
    one, two = an_item(db, team), an_item(db, team, title="Another")
    relate_items(db, team, two, others={one})
    assert related_items(db, team, one) == {two: "Another"}
    assert related_items(db, team, two) == {one: "A panel pack"}
    relate_items(db, team, one, others=())
    assert related_items(db, team, two) == {}
    with pytest.raises(Invalid):
        relate_items(db, team, one, others={one})
    with pytest.raises(NotFound):
        relate_items(db, team, one, others={999})
    assert titles(db, team) == {one: "A panel pack", two: "Another"}


def test_the_table_keeps_the_gate_itself(db: Session, team: Actor):
    number = an_item(db, team, review_on=None)
    for values in ({"state": LibraryState.PUBLISHED},
                   {"state": LibraryState.WITHDRAWN, "review_on": TODAY}):  # fmt: skip
        with unrecorded(db), pytest.raises(IntegrityError), db.begin_nested():
            db.execute(sa.update(LibraryItem).where(LibraryItem.id == number).values(**values))


def waits(db: Session, who: Actor) -> list[tuple[WorkKind, bool]]:
    mine = {WorkKind.LIBRARY_REVIEW, WorkKind.NO_LIBRARY_KEEPER}
    return [(row.kind, row.late) for row in turns(db, who) if row.kind in mine]


def test_my_work_has_reviews_and_what_nobody_keeps(db: Session, team: Actor, manager: Actor):
    number = an_item(db, manager)
    assert waits(db, manager) == []
    publish_item(db, team, number)
    assert waits(db, manager) == [(WorkKind.LIBRARY_REVIEW, False)]
    later = replace(manager, at=manager.at + DAY)
    assert waits(db, later) == [(WorkKind.LIBRARY_REVIEW, True)]
    assert library_item(db, later, number).overdue
    change_library_item(db, team, number, plan=a_plan(manager, review_on=TODAY + 30 * DAY))
    assert waits(db, manager) == waits(db, team) == []

    with unrecorded(db):
        db.get_one(Person, manager.id).disabled_at = manager.at
    assert waits(db, team) == [(WorkKind.NO_LIBRARY_KEEPER, False)]
    assert library_item(db, team, number).keeper_named.endswith("(has left)")
    plan = library_item(db, team, number).plan
    change_library_item(db, team, number, plan=replace(plan, about="More."))
    change_library_item(db, team, number, plan=replace(plan, keeper_id=team.id))
    assert waits(db, team) == []


def test_it_is_found_by_its_words_and_listed_by_kind_and_state(db: Session, team: Actor):
    number = an_item(db, team, about="For panels with teapots.")
    (one,) = search(db, somebody(db, Role.BOARD_MEMBER), "teapots")
    assert [(hit.kind, hit.id) for hit in one.hits] == [(FoundKind.LIBRARY, number)]
    assert library_items(db, team, kind=LibraryKind.GUIDANCE) == []
    assert [row.id for row in library_items(db, team, state=LibraryState.DRAFT)] == [number]
    assert LibraryPlan(title="x").audiences == []
