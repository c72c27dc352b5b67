"""Rows of the sheets about policies, how people were asked, and what they said, as commands."""

from typing import Any

import sqlalchemy as sa

from coprod_data.commands.entries_comments import send_comment, settle_comment
from coprod_data.commands.policies import PolicyTyped, add_policy, change_policy, take_step
from coprod_data.commands.policies_asking import ActivityTyped, add_activity
from coprod_data.commands.policies_boards import (
    SeenTyped,
    promise_of_policy,
    show_to_board,
    sign_off,
)
from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    place_cut,
    put_out_version,
    remove_part,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, text, the
from coprod_data.files.seed_council import Council, Steps, form_id
from coprod_data.models import PolicyCut, PolicyDone, PolicyPart, PolicyVersion
from coprod_data.permissions import Actor
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.policies import CutState, PolicyStep, PresentKind, Worked

POLICY = the("policy")
TEXTS = (
    "purpose", "audiences", "partners", "co_producers", "definitions", "defined_with", "next_with",
    "what_changed",
)  # fmt: skip


def _typed(council: Council, row: Row) -> PolicyTyped:
    return PolicyTyped(
        title=row["policy"],
        owner_id=council.number(row, "leads", "person"),
        target_pages=row["pages"] or 1,
        next_by=row["next_by"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        review_on=row["review"],
        **{name: row[name] or "" for name in TEXTS},
    )


def _add(council: Council, actor: Actor, row: Row) -> None:
    number = add_policy(council.db, actor, _typed(council, row))
    council.name("policy", row["policy"], number)


def _change(council: Council, actor: Actor, row: Row) -> None:
    change_policy(council.db, actor, council.number(row, "policy"), _typed(council, row))


def _take(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "policy")
    taken = set(council.db.scalars(sa.select(PolicyDone.step).filter_by(policy_id=number)))
    step = next(step for step in PolicyStep if step not in taken)
    take_step(council.db, actor, number, step, why_skipped=row["why"] or "")


def _newest(council: Council, row: Row) -> int:
    mine = PolicyVersion.policy_id == council.number(row, "policy")
    newest = sa.select(sa.func.max(PolicyVersion.id)).where(mine)
    return council.db.scalar(newest) or 0


def _part_named(council: Council, row: Row, version_id: int) -> int | None:
    named = sa.select(PolicyPart.id).filter_by(version_id=version_id, heading=row["part"])
    return council.db.scalar(named)


def _of_newest(council: Council, row: Row) -> int:
    part = _part_named(council, row, _newest(council, row))
    if part is None:
        raise row.refused("part", "the newest version has no such part.")
    return part


def _part(council: Council, actor: Actor, row: Row) -> None:
    typed = PartTyped(
        heading=row["part"] or "",
        text=row["words"] or "",
        tested_with=row["tested_with"] or "",
        tested_said=row["tested_said"] or "",
    )
    version = _newest(council, row)
    part = _part_named(council, row, version)
    write_part(council.db, actor, version, typed, part_id=part)


def _guidance(council: Council, actor: Actor, row: Row) -> None:
    mine = sa.select(PolicyCut.id).filter_by(version_id=_newest(council, row))
    for number in council.db.scalars(mine).all():
        place_cut(council.db, actor, number, state=CutState.GUIDANCE)


def _seen(row: Row) -> SeenTyped:
    present = frozenset(PresentKind(one) for one in row["present"] or ())
    return SeenTyped(
        body=row["body"] or "", seen_on=row["seen"], present=present, said=row["words"] or ""
    )


def _see(council: Council, actor: Actor, row: Row) -> None:
    show_to_board(council.db, actor, _newest(council, row), _seen(row))


def _sign(council: Council, actor: Actor, row: Row) -> None:
    sign_off(council.db, actor, _newest(council, row), _seen(row), ours=bool(row["ours"]))


def _activity(council: Council, actor: Actor, row: Row) -> None:
    said: dict[str, Any] = {
        name: row[name] or "" for name in ("audience", "question", "heard", "source")
    }
    typed = ActivityTyped(
        title=row["activity"],
        kind=row["kind"],
        channel=row["channel"],
        held_on=row["held"],
        reached=row["reached"],
        replies=row["replies"],
        worked=row["worked"] or Worked.UNKNOWN,
        **said,
    )
    add_activity(council.db, actor, council.number(row, "policy"), typed)


def _send(council: Council, actor: Actor, row: Row) -> None:
    key = form_id(row["words_as"] or "")
    send_comment(
        council.db,
        actor,
        _of_newest(council, row),
        text=row["words"] or "",
        form_id=key,
        code=new_code(key, council.db.info["keys"]),
        opinion=row["opinion"],
        way=row["way"],
    )
    council.name_words(row)


def _settle(council: Council, actor: Actor, row: Row) -> None:
    settle_comment(
        council.db,
        actor,
        council.number(row, "words_as", "entry"),
        disposition=row["disposition"],
        reason=row["words"] or "",
        changed=row["changed"] or "",
    )


STEPS: Steps = {
    ("policies", "add"): _add,
    ("policies", "change"): _change,
    ("policies", "take"): _take,
    ("policies", "skip"): _take,
    ("policies", "version"): call(start_version, POLICY, written_by=text("words")),
    ("policies", "part"): _part,
    ("policies", "cut"): call(remove_part, _of_newest),
    ("policies", "guidance"): _guidance,
    ("policies", "easy"): call(write_easy, _of_newest, easy=text("words")),
    ("policies", "credit"): call(
        credit_easy, _newest, easy_by=text("easy_by"), easy_read_by=text("read_by")
    ),
    ("policies", "put out"): call(put_out_version, _newest),
    ("policies", "see"): _see,
    ("policies", "sign off"): _sign,
    ("policies", "commit"): call(
        promise_of_policy,
        POLICY,
        wording=text("words"),
        will_see=text("will_see"),
        commitment_id=the("commitment"),
    ),
    ("policy_activities", None): _activity,
    ("policy_comments", "send"): _send,
    ("policy_comments", "settle"): _settle,
}
