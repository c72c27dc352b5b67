"""Rows of the sheets about opportunities, who joins them, and outcomes, as commands."""

import sqlalchemy as sa

from coprod_data.commands.opportunities import (
    open_opportunity,
    review_opportunity,
    reword_opportunity,
    start_working,
    suggest_opportunity,
)
from coprod_data.commands.opportunities_endings import (
    close_opportunity,
    decline_opportunity,
    park_opportunity,
)
from coprod_data.commands.opportunities_joining import (
    confirm_match,
    invite_member,
    invite_young_person,
    offer_to_join,
    reply_to_invitation,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, text, the, value
from coprod_data.files.seed_council import Council, Steps, form_id
from coprod_data.models import Invitation
from coprod_data.permissions import Actor
from coprod_data.rules.opportunity_wording import TEXTS, Wording
from coprod_data.vocabulary.opportunities import InvitationReply

REPLIES = {"yes": InvitationReply.YES, "not this time": InvitationReply.NOT_THIS_TIME}
OPPORTUNITY = the("opportunity")
PASS_TO = "pass to "  # noqa: S105 - not a password


def _wording(_council: Council, row: Row) -> Wording:
    said = {name: row[name] or "" for name in TEXTS if name != "title"}
    return Wording(title=row["opportunity"], **said)


def _suggest(council: Council, actor: Actor, row: Row) -> None:
    card, gap = row["report_card"], row["audit_gap"]
    entries = row["entries"] or ()
    opportunity_id = suggest_opportunity(
        council.db,
        actor,
        theme_id=council.number(row, "theme"),
        wording=_wording(council, row),
        entry_ids=[council.number_of(row, "entries", "entry", entry) for entry in entries],
        report_card_id=council.number(row, "report_card", "report card") if card else None,
        audit_answer_id=council.number(row, "audit_gap", "audit gap") if gap else None,
        form_id=form_id(row["words_as"] or row["opportunity"]),
    )
    council.name("opportunity", row["opportunity"], opportunity_id)
    council.name_words(row)


def _review(council: Council, actor: Actor, row: Row) -> None:
    """Record the meeting on the day of this row of the group that `who` names, which looks again on
    `review_on`.
    """
    if row["review_on"] is None:
        raise row.refused("review_on", "say on which day to look again.")
    met = f"{row['who']} {row['on'].date()}"
    meeting_id = council.number_of(row, "who", "meeting", met)
    number = council.number(row, "opportunity")
    review_opportunity(council.db, actor, number, meeting_id=meeting_id, review_on=row["review_on"])


def _reply(council: Council, actor: Actor, row: Row) -> None:
    answer = row["who"] or ""
    passed_to_id = None
    if answer.startswith(PASS_TO):
        reply = InvitationReply.PASS_TO
        passed_to_id = council.number_of(row, "who", "person", answer.removeprefix(PASS_TO))
    elif answer in REPLIES:
        reply = REPLIES[answer]
    else:
        raise row.refused("who", f'"{answer}" is not yes, not this time, or pass to and a name.')
    reply_to_invitation(
        council.db,
        actor,
        _invitation(council, row, "by"),
        reply=reply,
        reason=row["words"] or "",
        passed_to_id=passed_to_id,
    )


def _invitation(council: Council, row: Row, column: str) -> int:
    """Return the invitation of the member whom a cell names. Raises SheetRefused."""
    invitation_id = council.db.scalar(
        sa.select(Invitation.id).where(
            Invitation.opportunity_id == council.number(row, "opportunity"),
            Invitation.person_id == council.number(row, column, "person"),
        )
    )
    if invitation_id is None:
        raise row.refused(column, "nobody asked them, and they did not offer.")
    return invitation_id


STEPS: Steps = {
    ("opportunities", "suggest"): _suggest,
    ("opportunities", "reword"): call(reword_opportunity, OPPORTUNITY, wording=_wording),
    ("opportunity_steps", "review"): _review,
    ("opportunity_steps", "open"): call(open_opportunity, OPPORTUNITY),
    ("opportunity_steps", "invite"): call(invite_member, OPPORTUNITY, the("who", "person")),
    ("opportunity_steps", "reply"): _reply,
    ("opportunity_steps", "offer"): call(offer_to_join, OPPORTUNITY),
    ("opportunity_steps", "invite young"): call(
        invite_young_person, OPPORTUNITY, the("who", "person")
    ),
    ("opportunity_steps", "confirm"): call(
        confirm_match,
        lambda council, row: _invitation(council, row, "who"),
        yes=lambda *_: True,
    ),
    ("opportunity_steps", "start"): call(start_working, OPPORTUNITY),
    ("opportunity_steps", "park"): call(
        park_opportunity,
        OPPORTUNITY,
        reason=text("words"),
        review_on=value("review_on", must="say on which day to look again."),
    ),
    ("opportunity_steps", "decline"): call(decline_opportunity, OPPORTUNITY, reason=text("words")),
    ("opportunity_steps", "close"): call(close_opportunity, OPPORTUNITY),
}
