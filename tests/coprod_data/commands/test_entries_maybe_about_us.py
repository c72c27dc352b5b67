"""Whoever may be named by a first name alone leaves it to somebody else, and is never second."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.models import PromiseTheme
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.scopes.second_person import second_people
from coprod_data.vocabulary.entry_care import HoldEnd, WordsTo
from tests.helpers.about_us import call, sent
from tests.helpers.builders import somebody


def test_who_may_be_named_by_a_first_name_leaves_it_to_others_and_never_comes_second(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, lead, "Ruth Alder")
    entry = sent(db, theme, "Amara and Ruth at school are mean")

    for actor, told in ((worker, (True, False)), (second, (False, True))):
        assert [(row.about_me, row.for_me) for row in entries_to_check(db, actor)] == [told]
    other = somebody(db, Role.SAFEGUARDING)
    found = second_people(db, Role.YOUTH_VOICE, at=worker.at, first_id=second.id, entry=entry)
    assert (found & {worker.id, lead.id}, other.id in found) == (set(), True)

    open_to_read(db, second, entry.id)
    hold_entry(db, second, entry.id)
    (mine,), (theirs,) = open_holds(db, lead), open_holds(db, other)
    assert (mine.about_us, mine.left, theirs.left) == (True, True, False)
    ends = {"ending": HoldEnd.POLICE, "words_to": WordsTo.KEPT, "reference": ""}
    for person in (lead, other):
        open_to_read(db, person, entry.id)
    with pytest.raises(NotAllowed, match="may be about you"):
        end_hold(db, replace(lead, proved_at=lead.at), entry.id, **ends)
    assert end_hold(db, replace(other, proved_at=other.at), entry.id, **ends)
