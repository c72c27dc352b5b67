"""What people say about a policy: each comment is read first, and its writer hears what it did."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_code_steps import wait_to_hand_over
from coprod_data.commands.entries_keeping import (
    keep_original,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import known, must_be_as_opened
from coprod_data.models import CardEntry, PolicyComment, PolicyPart, PolicyVersion
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import ONLY_SIGNS, optional_text, required_text, says_something
from coprod_data.scopes.policies import public_version
from coprod_data.store.card_codes import NewCode, spell_stored
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.policies import CommentWay, Disposition, Opinion

CLOSED = "This policy takes no comments now. You can still write to us on the first page."


def send_comment(
    db: Session,
    actor: Actor,
    part_id: int,
    *,
    text: str,
    form_id: str,
    code: NewCode,
    opinion: Opinion | None = None,
    way: CommentWay = CommentWay.PAGE,
) -> tuple[str, bool]:
    """Keep what somebody says about a part of a policy as an entry that the team reads first.

    Returns its card code, and whether the version it is about has been replaced since: it is kept
    all the same. What a worker types, from paper or in a group, has a code to hand over. The same
    form again gives the same code. Raises NotFound, Invalid, Refused, NobodyOnDuty.
    """
    actor.must(
        Permission.ENTRIES_SEND if way is CommentWay.PAGE else Permission.ENTRIES_TYPE
    )  # fmt: skip
    typed = way is not CommentWay.PAGE
    words = required_text(text, "words", "Write something first.")
    if not says_something(words):
        raise Invalid(ONLY_SIGNS, field="words")
    must_have_duty(db, actor)
    version = db.scalar(
        sa.select(PolicyVersion)
        .join(PolicyPart, PolicyPart.version_id == PolicyVersion.id)
        .where(PolicyPart.id == part_id)
    )
    if version is None or version.put_out_at is None:
        raise NotFound("We could not find that part of the policy. Open the page again.")
    newest = db.scalar(sa.select(public_version(version.policy_id)))
    if before := sent_before(db, form_id):
        keys = db.info["keys"]
        spelt = spell_stored(form_id, before.code_key, before.code_words, keys, before.code_hash)
        return spelt, version.id != newest
    if db.scalar(sa.select(PolicyVersion.signed_at).where(PolicyVersion.id == newest)):
        raise Refused(CLOSED)
    entry = keep_original(
        db,
        actor,
        form_id=form_id,
        card=open_card(db, actor, None),
        thinks=words,
        wants="",
        uses=frozenset(),
        language="en",
        kind=EntryKind.POLICY,
        typed_by_id=actor.id if typed else None,
    )
    entry.code_hash, entry.code_key, entry.code_words = code.digest, code.key, code.length
    db.add(PolicyComment(entry_id=entry.id, part_id=part_id, opinion=opinion, way=way))
    if typed:
        wait_to_hand_over(db, actor, entry, form_id)
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return code.words, version.id != newest


def settle_comment(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    disposition: Disposition,
    reason: str,
    changed: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say what became of a comment, and why; its writer reads both with their code.

    `changed` is what changed because of it, for the list of changes. It can be said again; `opened`
    is what the form showed. Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.REPLIES_SEND)
    comment = known(db, PolicyComment, entry_id=entry_id)
    if comment is None:
        raise NotFound("We could not find that comment.")
    said = optional_text(changed, "changed")
    if disposition is not Disposition.NOT_USED and not said:
        raise Invalid("Say what changed because of it.", field="changed")
    said = "" if disposition is Disposition.NOT_USED else said
    now = {"disposition": comment.disposition, "changed": comment.changed}
    must_be_as_opened(now, opened, {"disposition": disposition, "changed": said})
    why = required_text(reason, "reason", "Say why. Its writer reads this.")
    send_reply(db, actor, entry_id, text=why)
    comment.disposition, comment.settled_at = disposition, actor.at
    comment.changed = said
    entry = db.get_one(CardEntry, entry_id)
    record(db, actor, EventKind.POLICY_SETTLED, entry)
