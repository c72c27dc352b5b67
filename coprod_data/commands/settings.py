"""Settings, among them the duty rota, and drafts of long staff texts."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, Draft, PromiseTheme, Setting
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission
from coprod_data.rules.texts import LONGEST, clean, optional_text, required_line
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import DUTY, LABELS, Mode, SettingKey

DRAFT_DAYS = 7
MOST_PINS = 5


def change_setting(db: Session, actor: Actor, key: SettingKey, value: Any) -> None:
    """Change one setting. Safeguarding may also change the duty rota, and the chair the meeting.

    Raises NotAllowed, Invalid.
    """
    actor.must(Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE, Permission.OVERVIEW_PIN)
    _must_change(actor, key)
    value = _checked(db, key, value)
    in_turn(db, f"setting {key}")
    row = db.get(Setting, key)
    if row is None:
        row = Setting(key=key, value=value, changed_at=actor.at)
        db.add(row)
    elif row.value == value:
        return
    else:
        row.value, row.changed_at = value, actor.at
    record(db, actor, EventKind.SETTING_CHANGED, row, setting=key.value)


def settle_mode(db: Session, actor: Actor, mode: Mode) -> None:
    """Set the mode of a new database, which never changes. Raises NotAllowed if it has another
    mode.
    """
    actor.must(Permission.JOBS_RUN)
    row = db.get(Setting, SettingKey.MODE)
    if row is not None:
        if row.value != mode.value:
            raise NotAllowed(
                f"This is a {row.value} database and always will be. "
                f"Use another one for {mode.value} use."
            )
        return
    row = Setting(key=SettingKey.MODE, value=mode.value, changed_at=actor.at)
    db.add(row)
    record(db, actor, EventKind.SETTING_CHANGED, row, setting=SettingKey.MODE.value)


def keep_draft(db: Session, actor: Actor, form: str, subject: str, text: str) -> None:
    """Keep what this person has typed into a form about a subject. Nobody else reads it."""
    actor.must(Permission.DRAFTS_OWN)
    kept = clean(text)[: LONGEST * 2]
    draft = _draft(db, actor, form, subject)
    if draft is None:
        db.add(Draft(person_id=actor.id, form=form, subject=subject, text=kept, saved_at=actor.at))
    else:
        draft.text, draft.saved_at = kept, actor.at


def wipe_draft(db: Session, actor: Actor, form: str, subject: str) -> None:
    """Delete a draft, for example after saving."""
    actor.must(Permission.DRAFTS_OWN)
    db.execute(
        sa.delete(Draft).where(
            Draft.person_id == actor.id, Draft.form == form, Draft.subject == subject
        )
    )


def forget_drafts(db: Session, actor: Actor) -> None:
    """Delete every draft that nobody has touched for seven days."""
    actor.must(Permission.JOBS_RUN)
    db.execute(sa.delete(Draft).where(Draft.saved_at < actor.at - timedelta(days=DRAFT_DAYS)))


def _draft(db: Session, actor: Actor, form: str, subject: str) -> Draft | None:
    return db.scalar(
        sa.select(Draft).where(
            Draft.person_id == actor.id, Draft.form == form, Draft.subject == subject
        )
    )


def _must_change(actor: Actor, key: SettingKey) -> None:
    if key is SettingKey.MODE:
        raise NotAllowed("What a database is for is decided when it first starts.")
    if key in {SettingKey.NEXT_MEETING_THEME, SettingKey.PINNED_ENTRIES}:
        actor.must(Permission.OVERVIEW_PIN)
    elif key is SettingKey.NEXT_MEETING:
        actor.must(Permission.OVERVIEW_PIN, Permission.SETTINGS_CHANGE)
    elif key in DUTY:
        actor.must(Permission.DUTY_CHANGE, Permission.SETTINGS_CHANGE)
    else:
        actor.must(Permission.SETTINGS_CHANGE)


def _checked(db: Session, key: SettingKey, value: Any) -> Any:
    if key.bounds:
        lowest, highest = key.bounds
        if not isinstance(value, int) or not lowest <= value <= highest:
            raise Invalid(f"Give a whole number from {lowest} to {highest}.", field=key.value)
        return value
    if key in LABELS:
        return required_line(
            str(value), key.value, "Write a name. It is shown on every page.", longest=200
        )
    match key:
        case SettingKey.OPPORTUNITY_TIERS:
            if len(value) != 3 or sorted(set(value)) != list(value) or value[0] < 1:
                raise Invalid(
                    "Give three rising numbers of days, for example 14, 28, 56.", field=key.value
                )
            return list(value)
        case SettingKey.NEXT_MEETING:
            if value is not None and not isinstance(value, date):
                raise Invalid("Give the date of the next meeting, or none.", field=key.value)
            return None if value is None else value.isoformat()
        case SettingKey.NEXT_MEETING_THEME:
            if value is not None and db.get(PromiseTheme, value) is None:
                raise Invalid("Choose a theme of The Promise.", field=key.value)
            return value
        case SettingKey.PINNED_ENTRIES:
            pinned = list(dict.fromkeys(value))
            if len(pinned) > MOST_PINS:
                raise Invalid(f"Choose at most {MOST_PINS} to open with.", field=key.value)
            if len(pinned) != _may_be_shown(db, pinned):
                raise Invalid(
                    "Some of these words cannot be shown any more. Reload the page.",
                    field=key.value,
                )
            return pinned
        case _:
            return optional_text(str(value), key.value, 200)


def _may_be_shown(db: Session, entry_ids: list[int]) -> int:
    """Return how many of these are entries whose words may be shown in public."""
    shown = sa.select(sa.func.count(CardEntry.id)).where(
        CardEntry.id.in_(entry_ids),
        CardEntry.kind == EntryKind.WORDS,
        released(ConsentUse.PUBLIC),
    )
    return db.scalar(shown) or 0
