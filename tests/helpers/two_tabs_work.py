"""Forms of the work as two people have them open: audits, cards, opportunities, actions."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.audits import answer_standard, open_round
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_ties import tie_entry
from coprod_data.commands.entries_translated import say_translated
from coprod_data.commands.opportunities import review_opportunity, reword_opportunity
from coprod_data.commands.opportunities_endings import (
    decline_opportunity,
    park_opportunity,
    reopen_opportunity,
)
from coprod_data.commands.opportunities_joining import reply_to_invitation
from coprod_data.commands.report_cards import title_report_card
from coprod_data.commands.report_cards_ties import tie_report_card
from coprod_data.models import (
    Action,
    ActionUpdate,
    AuditAnswer,
    AuditReturn,
    AuditStandard,
    Consent,
    Group,
    GroupMeeting,
    Invitation,
    Opportunity,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Role
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.entries import ConsentUse, Hint
from coprod_data.vocabulary.entry_care import Translator
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_report_card,
    a_service,
    acting,
    add,
    an_action,
    an_entry,
    an_opportunity,
    somebody,
)
from tests.helpers.entries_read import read
from tests.helpers.two_tabs import Open, Values, a_subset, a_theme, of_row, word
from tests.helpers.working_together import WORDED, an_invitation

BEFORE = TODAY - timedelta(days=9)


def an_answer(db: Session) -> Open:
    person = a_person(db, Role.MANAGER)
    manager, service = acting(person, Role.MANAGER), a_service(db, person)
    round_id = open_round(
        db, somebody(db, Role.ADMINISTRATOR), title="This year", due_on=TODAY + timedelta(days=30)
    )
    audit_return = db.scalars(sa.select(AuditReturn).filter_by(service_id=service.id)).one()
    standard = db.scalars(sa.select(AuditStandard).filter_by(round_id=round_id)).first()
    assert standard

    def read() -> Values:
        answer = db.scalars(sa.select(AuditAnswer)).one_or_none()
        return {
            "answered": answer is not None,
            "level": answer.level if answer else None,
            "evidence": answer.evidence if answer else "",
            "plan": answer.plan if answer else "",
        }

    def vary(chance: random.Random, name: str) -> Any:
        return chance.choice([None, 0, 1, 2, 3]) if name == "level" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        said = {name: value for name, value in typed.items() if name != "answered"}
        answer_standard(
            db, manager, audit_return.id, standard.id, rater=Rater.SERVICE, **said, opened=opened
        )

    return Open(read, save, vary, ("level", "evidence", "plan"))


def a_title(db: Session) -> Open:
    worker, card = somebody(db, Role.YOUTH_VOICE), a_report_card(db, a_theme(db))
    an_entry(db, card, released=True)

    def save(typed: Values, opened: Values) -> None:
        title_report_card(db, worker, card.id, **typed, opened=opened)

    def read() -> Values:
        return {"title": db.get_one(ReportCard, card.id).title or ""}

    return Open(read, save, word, ("title",))


def _a_tie(db: Session, row: Any, tie: Callable[..., None], theme: PromiseTheme) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    known = [None, *(a_commitment(db, theme).id for _ in range(4))]

    def save(typed: Values, opened: Values) -> None:
        tie(db, worker, row.id, **typed, opened=opened)

    def vary(chance: random.Random, _name: str) -> Any:
        return chance.choice(known)

    return Open(of_row(row, "commitment_id"), save, vary, ("commitment_id",))


def a_card_tie(db: Session) -> Open:
    theme = a_theme(db)
    return _a_tie(db, a_report_card(db, theme), tie_report_card, theme)


def an_entry_tie(db: Session) -> Open:
    theme = a_theme(db)
    entry = an_entry(db, a_report_card(db, theme), released=True)
    return _a_tie(db, entry, tie_entry, theme)


def a_translation(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    hints = [Hint.LANGUAGE.value]
    entry = read(db, worker, a_report_card(db, a_theme(db)), language="Polish", hints=hints)

    def save(typed: Values, opened: Values) -> None:
        say_translated(db, worker, entry.id, **typed, opened=opened)

    def vary(chance: random.Random, _name: Any) -> Translator:
        return chance.choice([*Translator])

    return Open(of_row(entry, "translated"), save, vary, ("translated",))


def an_open_opportunity(db: Session) -> tuple[Actor, Opportunity]:
    person = a_person(db, Role.YOUTH_VOICE)
    made = an_opportunity(db, a_theme(db), person, **WORDED.texts)
    return acting(person, Role.YOUTH_VOICE), made


def a_wording(db: Session) -> Open:
    worker, row = an_open_opportunity(db)

    def save(typed: Values, opened: Values) -> None:
        reword_opportunity(db, worker, row.id, wording=Wording(**typed), opened=opened)

    return Open(lambda: Wording.of(row).texts, save, word, tuple(WORDED.texts))


def a_reason(db: Session, *, park: bool) -> Open:
    worker, row = an_open_opportunity(db)
    chance = random.Random(7)  # noqa: S311

    def save(typed: Values, opened: Values) -> None:
        if row.reason and chance.random() < 0.3:
            reopen_opportunity(db, worker, row.id, opened=opened)
        elif park:
            day = TODAY + timedelta(days=9)
            park_opportunity(db, worker, row.id, **typed, review_on=day, opened=opened)
        else:
            decline_opportunity(db, worker, row.id, **typed, opened=opened)

    return Open(lambda: {"reason": row.reason or ""}, save, word, ("reason",))


def a_review(db: Session) -> Open:
    worker, row = an_open_opportunity(db)
    group = add(db, Group(name="Action Group", kind=GroupKind.ACTION))
    met = [add(db, GroupMeeting(group_id=group.id, met_on=day)).id for day in (TODAY, BEFORE)]

    def save(typed: Values, opened: Values) -> None:
        review_opportunity(db, worker, row.id, **typed, opened=opened)

    def vary(chance: random.Random, name: str) -> Any:
        if name == "meeting_id":
            return chance.choice(met)
        return TODAY + timedelta(days=chance.randint(1, 90))

    def now() -> Values:
        return {"meeting_id": row.reviewed_meeting_id, "review_on": row.review_on}

    review_opportunity(db, worker, row.id, meeting_id=met[0], review_on=TODAY + timedelta(days=7))
    return Open(now, save, vary, ("meeting_id", "review_on"))


def some_uses(db: Session) -> Open:
    entry = an_entry(db, a_report_card(db, a_theme(db)))
    author = Actor(
        kind=somebody(db).kind.CARD_CODE, at=NOW, recorded_at=NOW, entry_id=entry.id
    )  # fmt: skip

    def read() -> Values:
        live = sa.select(Consent.use).filter_by(entry_id=entry.id, withdrawn_at=None)
        return {"uses": frozenset(db.scalars(live))}

    def save(typed: Values, opened: Values) -> None:
        change_consent(db, author, entry.id, uses=typed["uses"], opened=opened["uses"])

    def vary(chance: random.Random, _name: Any) -> frozenset[ConsentUse]:
        return a_subset(chance, (ConsentUse.BOARD, ConsentUse.WORK))

    return Open(read, save, vary, ("uses",), frozenset({"uses"}))


def an_owned_action(db: Session) -> tuple[Actor, Action]:
    owner = a_person(db, Role.MANAGER)
    commitment = a_commitment(db, a_theme(db))
    action = an_action(db, commitment, owner, a_service(db), stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    return acting(owner, Role.MANAGER), action


def newest(db: Session, action: Action) -> int:
    ids = sa.select(sa.func.max(ActionUpdate.id)).filter_by(action_id=action.id)
    return db.scalar(ids) or 0


def an_update(db: Session) -> Open:
    owner, action = an_owned_action(db)

    def read() -> Values:
        return {
            "update": newest(db, action),
            "stage": action.stage,
            "rag": action.rag,
            "rag_reason": action.rag_reason,
        }

    def save(typed: Values, opened: Values) -> None:
        said = {name: value for name, value in typed.items() if name != "update"}
        update_action(
            db, owner, action.id, text="It goes on.", **said, opened={"update": opened["update"]}
        )

    def vary(chance: random.Random, name: str) -> Any:
        return chance.choice([Rag.AMBER, Rag.RED]) if name == "rag" else word(chance, name)

    return Open(read, save, vary, ("rag", "rag_reason"))


def a_stop(
    db: Session, decide: Callable[..., object], stage: Stage = Stage.IN_PROGRESS,
    *, by_owner: bool = False,
) -> Open:  # fmt: skip
    """A decision about an action, or a proposal of one, beside its owner's updates."""
    owner, action = an_owned_action(db)
    action.stage, action.rag = stage, None
    db.flush()
    who = owner if by_owner else somebody(db, Role.CHAIR)
    chance = random.Random(3)  # noqa: S311

    def save(_typed: Values, opened: Values) -> None:
        seen = {"update": opened["update"]}
        if chance.random() < 0.7:
            rag = Rag.RED if action.stage is Stage.IN_PROGRESS else None
            update_action(
                db, owner, action.id, stage=action.stage, rag=rag, rag_reason="Late.",
                text="Still going on.", opened=seen,
            )  # fmt: skip
        else:
            decide(db, who, action.id, reason="No money.", opened=seen)

    def read() -> Values:
        return {"update": newest(db, action), "stage": action.stage, "rag": action.rag}

    return Open(read, save, lambda _chance, _name: None, ())


def a_reply(db: Session) -> Open:
    _, row = an_open_opportunity(db)
    member = somebody(db, Role.BOARD_MEMBER)
    invitation = db.get_one(Invitation, an_invitation(db, row, member).id)

    def save(typed: Values, opened: Values) -> None:
        reply_to_invitation(
            db, member, invitation.id, reply=typed["reply"] or InvitationReply.YES,
            reason=typed["reason"], opened={"reply": opened["reply"]},
        )  # fmt: skip

    def vary(chance: random.Random, name: str) -> Any:
        if name == "reply":
            return chance.choice([InvitationReply.YES, InvitationReply.NOT_THIS_TIME])
        return word(chance, name)

    return Open(of_row(invitation, "reply", "reason"), save, vary, ("reply", "reason"))
