"""The Board's counts of what was done together, and of what is not."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.commands.outcomes import co_sign, propose_outcome, say_not_yet
from coprod_data.models import EntryMeant, ReportCard
from coprod_data.permissions import Actor, Role
from coprod_data.queries.overview import numbers, waits
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import NOW, a_person, acting, add, an_entry, somebody
from tests.helpers.working_together import TOLD, Work


def counted(db: Session, chair: Actor) -> tuple[int, int, int]:
    """How many outcomes are signed by both, wait for a signature, were sent back."""
    now = numbers(db, chair)
    return now.together, now.to_be_signed, waits(db, chair).disputed.count


def test_what_a_young_person_sent_back_is_counted_until_it_is_proposed_anew(
    db: Session, together: Work, chair: Actor
):
    def proposed(text: str) -> int:
        return propose_outcome(
            db, together.member, together.opportunity.id, **TOLD, what_changed=text
        )

    assert counted(db, chair) == (0, 0, 0)
    first = proposed("Every flat has a heater.")
    assert counted(db, chair) == (0, 1, 0)
    say_not_yet(db, together.author, first)
    assert counted(db, chair) == (0, 0, 1)
    later = acting(a_person(db), Role.CHAIR, at=NOW + timedelta(days=9))
    assert waits(db, later).disputed.longest == 9
    second = proposed("Every flat has a heater that works.")
    assert counted(db, chair) == (0, 1, 0)
    for signer in (together.member, together.author):
        co_sign(db, signer, second)
    assert counted(db, chair) == (1, 0, 0)
    third = proposed("And somebody comes to mend it.")
    assert counted(db, chair) == (1, 1, 0)
    say_not_yet(db, together.author, third)
    assert counted(db, chair) == (1, 0, 1)


def test_what_is_about_one_of_us_is_counted_for_its_readers_only(
    db: Session, card: ReportCard, worker: Actor, member: Actor
):
    colleague = somebody(db, Role.YOUTH_VOICE)
    for said in ({}, {"about_us": AboutUs.SOMEBODY_ELSE}):
        an_entry(db, card, **said)
    add(db, EntryMeant(entry_id=an_entry(db, card).id, person_id=worker.id))

    counted = [waits(db, one).unread.count for one in (member, worker, colleague)]

    assert counted == [1, 2, 3]
