"""What goes from beside the log once its time is over; the events themselves stay.

An event holds no words, so it proves for ever what it covers. Texts of staff beside events are
erased, and an account that was closed long ago loses its name: its events read "A former worker".
"""

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import EventText, Learner, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.people import A_YOUNG_PERSON, ever_young
from coprod_data.scopes.retention import NAMELESS, old_learners, old_names, old_texts, over_before
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.retention import FORMER, Kept

AT_ONCE = 500


def forget_old_log(db: Session, actor: Actor) -> Counter[Kept]:
    """Erase some texts beside events, and names of closed accounts, whose time is over.

    Returns how many of each; nothing once none is left. One event says so for all of them.
    """
    actor.must(Permission.JOBS_RUN)
    before = over_before(db, actor.at)
    old = sa.select(EventText.id).where(old_texts(before)).order_by(EventText.id).limit(AT_ONCE)
    gone = sa.update(EventText).where(EventText.id.in_(old)).values(text=None, salt=None)
    texts = len(db.scalars(gone.returning(EventText.id)).all())
    closed = sa.select(Person, ever_young()).where(old_names(before)).order_by(Person.id)
    people = db.execute(closed.limit(AT_ONCE).with_for_update(of=Person)).all()
    for person, young in people:
        person.name = A_YOUNG_PERSON if young else FORMER
        person.username, person.job = f"{NAMELESS}{person.id}", ""
        person.work_email = person.password_hash = None
    left = db.scalars(sa.select(Learner).where(old_learners(before)).limit(AT_ONCE)).all()
    for learner in left:
        learner.name = FORMER
    erased = +Counter({Kept.TEXTS: texts, Kept.NAMES: len(people) + len(left)})
    if erased:
        owe_wiping(db, actor.at)
        facts: dict[str, Any] = {kept.value: count for kept, count in erased.items()}
        record(db, actor, EventKind.RETENTION_RAN, None, **facts)
    return erased
