"""Who may open the raw words of an entry now, and so who may type over them."""

import re

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import GONE, entry_of, open_hold
from coprod_data.commands.entries_second_rules import must_be_asked
from coprod_data.models import CardEntry, SafeguardingHold
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission
from coprod_data.scopes.duty import is_away
from coprod_data.scopes.entries_sealed import why_sealed
from coprod_data.scopes.one_person import same_person


def entry_to_open(
    db: Session, actor: Actor, entry_id: int
) -> tuple[CardEntry, SafeguardingHold | None]:
    """Return an entry whose raw words this person may open now, and the hold on it if there is one.

    Words that are held, or taken back unread, open for safeguarding only; what waits for a second
    person also for those of safeguarding who may be it. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id, taken_back=True)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team reads it.")
    hold = open_hold(db, entry)
    if hold is not None or entry.kept_unread:
        if not actor.may(Permission.ENTRIES_READ_HELD):
            raise NotAllowed(why_sealed(db, actor, entry))
    elif not actor.may(Permission.ENTRIES_READ_RAW):
        must_be_asked(db, actor, entry)
    return entry, hold


def opened_by_safeguarding(db: Session, actor: Actor, hold: SafeguardingHold) -> None:
    """Note the first opening of a hold by somebody of safeguarding who is not away."""
    if hold.first_read_at is None and not is_away(db, actor.id, actor.at):
        hold.first_read_at, hold.first_read_by_id = actor.at, actor.id


def must_open_for_draft(db: Session, actor: Actor, subject: str) -> None:
    """Go on only for somebody who may open the entry that a draft is over. Raises as opening does.

    `subject` is "<entry id>:<field>".
    """
    number = subject.partition(":")[0]
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise NotFound(GONE)
    entry_to_open(db, actor, int(number))
