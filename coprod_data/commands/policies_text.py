"""The text of a policy: its versions, their parts, the easy words beside each, and what was cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.policies_rules import (
    open_version,
    parts_of,
    policy_of,
    step_now,
    twin_fault,
)
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import PolicyCut, PolicyPart, PolicyVersion
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.policy_text import LONGEST_PART, cut_from, without_markup
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.policies import easy_is_stale
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.policies import CutState, PolicyStep


@dataclass(frozen=True, kw_only=True)
class PartTyped:
    """What a form says of a part of a policy, and with whom it was tested."""

    heading: str
    text: str
    tested_with: str = ""
    tested_said: str = ""


def start_version(
    db: Session, actor: Actor, policy_id: int, *, written_by: str = "", made_on: date | None = None
) -> int:
    """Start the next version with the parts of the one before. Returns its id.

    The one before stays as it was. Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    before = db.scalar(
        sa.select(PolicyVersion)
        .where(PolicyVersion.policy_id == policy.id)
        .order_by(PolicyVersion.number.desc())
        .limit(1)
    )
    step = step_now(db, policy)
    if before is not None and before.signed_at is None:
        open_version(db, actor, before.id)
    elif before is not None and (step is None or step.place > PolicyStep.SIGNED_OFF.place):
        raise Refused("This policy is signed off. Begin its review first.")
    version = PolicyVersion(
        policy_id=policy.id,
        number=1 if before is None else before.number + 1,
        made_on=made_on or london_day(actor.at),
        written_by=_line(written_by, "written_by"),
        easy_by="" if before is None else before.easy_by,
    )
    db.add(version)
    db.flush()
    for one in () if before is None else parts_of(db, before):
        db.add(
            PolicyPart(
                version_id=version.id,
                part=one.part,
                place=one.place,
                heading=one.heading,
                text=one.text,
                easy=one.easy,
                text_at=1,
                easy_for=0 if easy_is_stale(one) else 1,
            )
        )
    number = version.number
    record(db, actor, EventKind.POLICY_STARTED, policy, policy_version=number)
    return version.id


def write_part(
    db: Session,
    actor: Actor,
    version_id: int,
    typed: PartTyped,
    *,
    part_id: int | None = None,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Write a part of the newest version, or a new one at its end. Returns its id.

    Passages that the new wording leaves out are kept as cut text, and the easy words are out of
    date. Once people read a version its text stays. `opened` is what the form showed. Raises
    NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy, version = open_version(db, actor, version_id)
    values: dict[str, Any] = {
        "heading": required_line(typed.heading, "heading", "Give this part a heading."),
        "text": required_text(
            without_markup(typed.text), "text", "Write the text of this part.", LONGEST_PART
        ),
        "tested_with": _line(typed.tested_with, "tested_with"),
        "tested_said": optional_text(typed.tested_said, "tested_said"),
    }
    if part_id is None:
        _must_be_unread(version)
        numbers = sa.select(sa.func.max(PolicyPart.part)).join(
            PolicyVersion, PolicyVersion.id == PolicyPart.version_id
        )
        part = PolicyPart(
            version_id=version.id,
            part=(db.scalar(numbers.where(PolicyVersion.policy_id == version.policy_id)) or 0) + 1,
            place=max((one.place for one in parts_of(db, version)), default=0) + 1,
            text_at=version.revision + 1,
            **values,
        )
        _twin_changed(version)
        db.add(part)
        record(db, actor, EventKind.POLICY_WRITTEN, policy)
        return part.id
    part = _part(db, version, part_id)
    must_be_as_opened({field: getattr(part, field) for field in values}, opened, values)
    if (part.heading, part.text) != (values["heading"], values["text"]):
        _must_be_unread(version)
        _twin_changed(version)
        part.text_at = version.revision
        _keep_cut(db, part, cut_from(part.text, values["text"]))
    for field, value in values.items():
        setattr(part, field, value)
    record_if_changed(db, actor, EventKind.POLICY_WRITTEN, policy)
    return part.id


def remove_part(db: Session, actor: Actor, part_id: int) -> None:
    """Take a part out of the newest version; its text is kept as cut text. Raises NotFound,
    NotAllowed, Refused.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    part = _any_part(db, part_id)
    policy, version = open_version(db, actor, part.version_id)
    _must_be_unread(version)
    _keep_cut(db, part, [part.text])
    _twin_changed(version)
    db.delete(part)
    record(db, actor, EventKind.POLICY_WRITTEN, policy)


def write_easy(
    db: Session,
    actor: Actor,
    part_id: int,
    *,
    easy: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Write the easy words of a part, for its text as it is now; others must then read them.

    `opened` holds the `easy` and the `text` that the form showed. Raises NotFound, NotAllowed,
    Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    part = _any_part(db, part_id)
    policy, version = open_version(db, actor, part.version_id)
    db.refresh(part)
    said = required_text(without_markup(easy), "easy", "Write the easy words.")
    seen = (opened or {}).get("text", part.text)  # the words are for the text that was read
    must_be_as_opened({"easy": part.easy, "text": part.text}, opened, {"easy": said, "text": seen})
    if part.easy != said:
        version.easy_read_by = ""
    part.easy, part.easy_for = said, part.text_at
    record_if_changed(db, actor, EventKind.POLICY_EASY, policy)


def credit_easy(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    easy_by: str,
    easy_read_by: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say which young people wrote the easy words, by first name or group, and who else read them.

    Nobody reads a twin that is not whole. `opened` is what the form showed. Raises NotFound,
    NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy, version = open_version(db, actor, version_id)
    values = {"easy_by": _line(easy_by, "easy_by"), "easy_read_by": _line(easy_read_by, "read_by")}
    must_be_as_opened({field: getattr(version, field) for field in values}, opened, values)
    if values["easy_read_by"] and values["easy_read_by"].casefold() == values["easy_by"].casefold():
        raise Invalid("Others read it, not those who wrote it.", field="easy_read_by")
    version.easy_by, version.easy_read_by = values["easy_by"], ""
    if values["easy_read_by"]:
        version.easy_read_by = values["easy_read_by"]
        if fault := twin_fault(db, version):
            raise Invalid(fault, field="easy_read_by")
    record_if_changed(db, actor, EventKind.POLICY_EASY, policy)


def put_out_version(db: Session, actor: Actor, version_id: int) -> None:
    """Let the public read this version, and say what they think of it. A second call changes
    nothing. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy, version = open_version(db, actor, version_id)
    step = step_now(db, policy)
    if step is not None and step.place < PolicyStep.CONSULTATION.place:
        raise Refused("People read it once its learning and its draft are done.")
    if not parts_of(db, version):
        raise Refused("This version has no text yet.")
    version.put_out_at = version.put_out_at or actor.at
    record_if_changed(db, actor, EventKind.POLICY_PUT_OUT, policy)


def place_cut(
    db: Session,
    actor: Actor,
    cut_id: int,
    *,
    state: CutState,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say where a cut text goes: it is kept here, or moved to the guidance. `opened` holds the
    `state` that the page showed. Raises NotFound, NotAllowed, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    cut = locked(db, PolicyCut, cut_id, "cut text")
    policy = policy_of(db, actor, db.get_one(PolicyVersion, cut.version_id).policy_id)
    must_be_as_opened({"state": cut.state}, opened, {"state": state})
    cut.state = state
    record_if_changed(db, actor, EventKind.POLICY_WRITTEN, policy)


def _must_be_unread(version: PolicyVersion) -> None:
    """Check that nobody comments on this text while it becomes another. Raises Refused."""
    if version.put_out_at is not None:
        raise Refused("People are reading this version. Start the next one, and change it there.")


def _keep_cut(db: Session, part: PolicyPart, passages: list[str]) -> None:
    for text in passages:
        db.add(PolicyCut(version_id=part.version_id, heading=part.heading, text=text))


def _twin_changed(version: PolicyVersion) -> None:
    """Count a change of the text: whoever read the twin read another one."""
    version.revision += 1
    version.easy_read_by = ""


def _part(db: Session, version: PolicyVersion, part_id: int) -> PolicyPart:
    part = _any_part(db, part_id)
    if part.version_id != version.id:
        raise NotFound("We could not find that part. Reload the page.")
    return part


def _any_part(db: Session, part_id: int) -> PolicyPart:
    part = db.get(PolicyPart, part_id, populate_existing=True)
    if part is None:
        raise NotFound("We could not find that part. Reload the page.")
    return part


def _line(text: str, field: str) -> str:
    return " ".join(optional_text(text, field, 160).split())
