"""Faces are counted once a month, after it has ended; every page reads only what was counted."""

import hmac
from collections import defaultdict
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.commands.event_log import record
from coprod_data.models import (
    Action,
    CardEntry,
    PromiseCommitment,
    PromiseTheme,
    ViewFace,
    ViewMonth,
    ViewVoice,
    YoungView,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.views_counted import (
    Said,
    Seal,
    Shown,
    Subject,
    faces_shown,
    months_due,
    next_month,
    voices_before,
)
from coprod_data.scopes.actions import live
from coprod_data.scopes.entries import account_of
from coprod_data.scopes.promise import lineage
from coprod_data.vocabulary.actions import ViewOf
from coprod_data.vocabulary.events import EventKind

Placed = tuple[dict[int, tuple[int, int]], dict[Subject, set[int]]]


def turn_month(db: Session, actor: Actor) -> int:
    """Count the faces of every month that has ended and is not counted. Returns how many.

    Missed months are made up, oldest first, from the views that are there now. A month that was
    counted stays as it is, so running again changes nothing.
    """
    actor.must(Permission.JOBS_RUN)
    newest = db.scalars(sa.select(ViewMonth).order_by(ViewMonth.month.desc()).limit(1)).first()
    first = db.scalar(sa.select(sa.func.min(YoungView.at)))
    due = months_due(
        newest.month if newest else None,
        london_day(first) if first else None,
        london_day(actor.at),
    )
    if not due:
        return 0
    said, (above, ids) = _said(db), _placed(db)
    seal = _seal(db)
    before = _shown_before(db, newest, ids)
    for subject, one in before.items():
        if not one.voices:  # shown by a release that did not keep them
            there = voices_before(subject, said, above, until=one.counted_to, seal=seal)
            before[subject] = one._replace(voices=there)
    shown = before
    for month in due:
        shown = faces_shown(said, above, shown, until=next_month(month), seal=seal)
        _keep(db, actor, month, shown, ids, voices=month == due[-1])
    return len(due)


def _said(db: Session) -> list[Said]:
    """Return every view, oldest first. One account is one person, each other code is one.

    Not those given with the code of a card that a worker typed: the worker knows it too.
    """
    holder = account_of(YoungView.entry_id)
    typed = sa.select(CardEntry.id).where(CardEntry.typed_by_id.is_not(None))
    rows = db.execute(
        sa.select(
            YoungView.action_id,
            YoungView.entry_id,
            YoungView.face,
            YoungView.at,
            sa.func.coalesce(YoungView.person_id, holder).label("account"),
        )
        .where(sa.or_(YoungView.entry_id.is_(None), YoungView.entry_id.not_in(typed)))
        .order_by(YoungView.id)
    )
    return [
        Said(
            f"card {row.entry_id}" if row.account is None else f"account {row.account}",
            row.action_id,
            row.face,
            london_day(row.at),
        )
        for row in rows
    ]


def _placed(db: Session) -> Placed:
    """Return the commitment and theme of each live action, and the rows that show their faces.

    Actions under earlier wordings count with the commitment in force, and themes of all wordings
    with one name count as one; each wording shows the same face.
    """
    then, own, now = lineage(), aliased(PromiseCommitment), aliased(PromiseCommitment)
    rows = db.execute(
        sa.select(
            Action.id,
            own.id.label("own_id"),
            own.theme_id.label("own_theme_id"),
            now.id.label("now_id"),
            PromiseTheme.id.label("theme_id"),
            PromiseTheme.young_title,
        )
        .join(own, own.id == Action.commitment_id)
        .outerjoin(then, then.c.then_id == own.id)
        .join(now, now.id == sa.func.coalesce(then.c.now_id, own.id))
        .join(PromiseTheme, PromiseTheme.id == now.theme_id)
        .where(live())
        .order_by(Action.id, now.id.desc())
    )
    first: dict[str, int] = {}
    above: dict[int, tuple[int, int]] = {}
    ids: dict[Subject, set[int]] = {}
    for row in rows:
        above[row.id] = (row.now_id, first.setdefault(row.young_title, row.theme_id))
        for of, key, shown in (
            (ViewOf.ACTION, row.id, {row.id}),
            (ViewOf.COMMITMENT, row.now_id, {row.now_id, row.own_id}),
            (ViewOf.THEME, above[row.id][1], {row.theme_id, row.own_theme_id}),
        ):
            ids.setdefault((of, key), set()).update(shown)
    return above, ids


def _shown_before(
    db: Session, newest: ViewMonth | None, ids: dict[Subject, set[int]]
) -> dict[Subject, Shown]:
    if newest is None:
        return {}
    voices: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for voice in db.scalars(sa.select(ViewVoice)):
        voices[voice.view_face_id].add((voice.who, voice.said))
    rows = db.scalars(
        sa.select(ViewFace).where(ViewFace.view_month_id == newest.id).order_by(ViewFace.id)
    )
    shown = {
        (of, id_): Shown(row.face, row.counted_to, frozenset(voices[row.id]))
        for row in rows
        for of in ViewOf
        if (id_ := getattr(row, f"{of.value}_id")) is not None
    }
    return {
        subject: max(found, key=lambda one: one.counted_to)
        for subject, same in ids.items()
        if (found := [shown[subject[0], id_] for id_ in sorted(same) if (subject[0], id_) in shown])
    }


def _keep(
    db: Session,
    actor: Actor,
    month: date,
    shown: dict[Subject, Shown],
    ids: dict[Subject, set[int]],
    *,
    voices: bool,
) -> None:
    db.execute(sa.delete(ViewVoice))
    counted = ViewMonth(month=month, made_at=actor.at)
    db.add(counted)
    db.flush()
    rows = {(subject[0], id_): one for subject, one in shown.items() for id_ in ids[subject]}
    for (of, id_), one in rows.items():
        row = ViewFace(view_month_id=counted.id, face=one.face, counted_to=one.counted_to)
        setattr(row, f"{of.value}_id", id_)
        db.add(row)
        if voices:
            db.flush()
            db.add_all(
                ViewVoice(view_face_id=row.id, who=who, said=said)
                for who, said in sorted(one.voices)
            )
    record(db, actor, EventKind.ACTION_MONTH_COUNTED, None)


def _seal(db: Session) -> Seal:
    key = db.info["keys"].all[0].derive("views")  # the oldest, so that a new key changes no face
    return cache(lambda said: hmac.digest(key, said.encode(), "sha256").hex())
