"""Rows of the sheets about outcomes, their signatures, and young people's views, as commands."""

import sqlalchemy as sa

from coprod_data.commands.actions_views import give_view
from coprod_data.commands.outcomes import co_sign, propose_outcome, say_not_yet
from coprod_data.commands.outcomes_recorded import (
    know_signatory,
    record_signature,
    witness_signature,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, each, text, the
from coprod_data.files.seed_council import CARD, Council, Steps, form_id
from coprod_data.models import CoSignature
from coprod_data.permissions import Actor
from coprod_data.scopes.outcomes import by_code
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.outcomes import Side

NEWEST = the("opportunity", "outcome")  # the newest outcome proposed for the opportunity


def _say_not_yet(council: Council, actor: Actor, row: Row) -> None:
    say_not_yet(
        council.db,
        actor,
        NEWEST(council, row),
        reason=row["words"] or "",
        form_id=form_id(row["words_as"] or "no-words"),
        uses=_uses(row),
    )
    council.name_words(row)


def _uses(row: Row) -> frozenset[ConsentUse]:
    return frozenset({ConsentUse.WORK}) if row["in_work"] else frozenset()


def _write_down(council: Council, actor: Actor, row: Row) -> None:
    who = row["who"] or ""
    if not who.startswith(CARD):
        raise row.refused("who", "name the card that signed on paper, for example card:bin-bags.")
    entry_id = council.number_of(row, "who", "entry", who.removeprefix(CARD))
    record_signature(council.db, actor, NEWEST(council, row), side=Side.YOUNG, entry_id=entry_id)


def _witness(council: Council, actor: Actor, row: Row) -> None:
    signature_id = council.db.scalar(
        sa.select(CoSignature.id).where(
            CoSignature.outcome_id == NEWEST(council, row),
            CoSignature.recorded_by_id.is_not(None),
        )
    )
    if signature_id is None:
        raise row.refused("step", "no signature was written down.")
    witness_signature(council.db, actor, signature_id)


def _known(council: Council, actor: Actor, row: Row) -> None:
    signature_id = council.db.scalar(
        sa.select(CoSignature.id).where(CoSignature.outcome_id == NEWEST(council, row), by_code())
    )
    if signature_id is None:
        raise row.refused("step", "no young person signed with a card code.")
    know_signatory(council.db, actor, signature_id)


def _give_view(council: Council, actor: Actor, row: Row) -> None:
    give_view(
        council.db,
        actor,
        council.number(row, "action"),
        face=row["face"],
        words=row["words"] or "",
        uses=_uses(row),
        form_id=form_id(row["words_as"] or "no-words"),
    )
    council.name_words(row)


STEPS: Steps = {
    ("outcomes", "propose"): call(
        propose_outcome,
        the("opportunity"),
        names="opportunity",
        as_a="outcome",
        you_said=text("you_said"),
        worked_with=text("worked_with"),
        what_changed=text("words"),
        action_ids=each("actions", "action"),
    ),
    ("outcomes", "sign"): call(co_sign, NEWEST),
    ("outcomes", "not yet"): _say_not_yet,
    ("outcomes", "write down"): _write_down,
    ("outcomes", "witness"): _witness,
    ("outcomes", "known"): _known,
    ("young_views", None): _give_view,
}
