"""Words on hold are not on the list of texts to reword, for those who may not read them."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.models import CardEntry, Opportunity, ReportCard, Rewording
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.entries_quoted import FOR_SAFEGUARDING, text_to_reword, texts_to_reword
from coprod_data.vocabulary.rewordings import TextEnd
from tests.helpers.builders import holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import later, let_out
from tests.helpers.quoting import BOTH, OURS, QUOTE, waiting

OTHER = "nobody ever said sorry to me"


def shown(db: Session, actor: Actor, number: int) -> str:
    return "".join(piece for piece, _ in text_to_reword(db, actor, number).pieces)


@pytest.mark.parametrize("held_first", [True, False])
def test_words_on_hold_are_hidden_whoever_elses_words_the_text_waits_for(
    db: Session, worker: Actor, card: ReportCard, quoted: CardEntry, quoting: Opportunity,
    held_first: bool,
):  # fmt: skip
    both = f"{QUOTE} And {OTHER}."
    other = let_out(db, worker, card, thinks=OTHER, wants=None, consents=BOTH)
    with unrecorded(db):
        quoting.help_wanted = both
    steps = [
        lambda: hold_entry(db, worker, quoted.id),
        lambda: withdraw_entry(db, holding_the_code(other), other.id),
    ]
    for step in steps if held_first else reversed(steps):
        step()

    reader = somebody(db, Role.YOUTH_VOICE, Role.SAFEGUARDING)
    for row in texts_to_reword(db, worker):
        assert "bin-bags" not in shown(db, worker, row.id)
        assert FOR_SAFEGUARDING in shown(db, worker, row.id)
        assert shown(db, reader, row.id) == both
    assert len(texts_to_reword(db, worker)) == 2


def test_nobody_puts_back_what_they_cannot_read_and_anybody_can_reword_it(
    db: Session, worker: Actor, quoted: CardEntry, quoting: Opportunity
):
    hold_entry(db, worker, quoted.id)
    number = waiting(db, worker)
    row = db.scalars(sa.select(Rewording)).one()
    with unrecorded(db):
        row.text, row.spans = "They put my stuff somewhere.", [[0, 17]]
    opened = text_to_reword(db, worker, number)
    assert (opened.on_hold, opened.back) == (True, frozenset())
    for ending in (TextEnd.NOT_THEIRS, TextEnd.OUT_AGAIN):
        with pytest.raises(Refused, match="for safeguarding"):
            put_text_back(db, worker, number, ending=ending)

    reword_text(db, later(worker), number, text=OURS)

    assert quoting.help_wanted == OURS
